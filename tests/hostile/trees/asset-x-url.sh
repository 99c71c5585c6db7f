# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.url; echo 'A [x](x.url).' >> content/attack.md
