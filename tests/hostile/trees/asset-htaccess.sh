# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/.htaccess; echo 'A [x](.htaccess).' >> content/attack.md
