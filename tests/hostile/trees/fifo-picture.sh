# SPDX-License-Identifier: GPL-3.0-or-later
rm content/map.png; mkfifo content/map.png
