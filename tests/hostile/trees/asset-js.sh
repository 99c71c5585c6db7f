# SPDX-License-Identifier: GPL-3.0-or-later
echo 'alert(1)' > content/other.js; echo 'A [x](other.js).' >> content/attack.md
