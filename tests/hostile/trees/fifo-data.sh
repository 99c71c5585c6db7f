# SPDX-License-Identifier: GPL-3.0-or-later
mkfifo content/data/other.yaml
