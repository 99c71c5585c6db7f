# SPDX-License-Identifier: GPL-3.0-or-later
printf '\211PNG\r\n\032\n\0\0\0\rIHDR\377\377\377\377\377\377\377\377\010\0\0\0\0' > content/map.png
