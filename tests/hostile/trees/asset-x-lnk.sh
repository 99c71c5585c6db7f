# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.lnk; echo 'A [x](x.lnk).' >> content/attack.md
