# SPDX-License-Identifier: GPL-3.0-or-later
mkdir out; ln -s ../../outside out/site
