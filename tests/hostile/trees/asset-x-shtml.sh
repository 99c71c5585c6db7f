# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.shtml; echo 'A [x](x.shtml).' >> content/attack.md
