# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.exe; echo 'A [x](x.exe).' >> content/attack.md
