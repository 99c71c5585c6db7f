# SPDX-License-Identifier: GPL-3.0-or-later
ln -s ../../outside/precious.txt content/other.md
