# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.hta; echo 'A [x](x.hta).' >> content/attack.md
