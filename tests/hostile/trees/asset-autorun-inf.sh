# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/autorun.inf; echo 'A [x](autorun.inf).' >> content/attack.md
