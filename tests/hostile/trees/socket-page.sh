# SPDX-License-Identifier: GPL-3.0-or-later
/usr/bin/python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("content/other.md")'
