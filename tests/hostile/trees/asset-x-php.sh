# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.php; echo 'A [x](x.php).' >> content/attack.md
