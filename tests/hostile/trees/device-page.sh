# SPDX-License-Identifier: GPL-3.0-or-later
mknod content/other.md c 1 5 2> /dev/null || mkfifo content/other.md
