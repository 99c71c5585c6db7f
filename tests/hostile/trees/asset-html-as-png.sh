# SPDX-License-Identifier: GPL-3.0-or-later
echo '<script>alert(1)</script>' > content/map.png
