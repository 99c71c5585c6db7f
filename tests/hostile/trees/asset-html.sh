# SPDX-License-Identifier: GPL-3.0-or-later
echo '<script>alert(1)</script>' > content/other.html; echo 'A [x](other.html).' >> content/attack.md
