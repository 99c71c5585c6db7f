# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/desktop.ini; echo 'A [x](desktop.ini).' >> content/attack.md
