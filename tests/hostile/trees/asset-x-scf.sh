# SPDX-License-Identifier: GPL-3.0-or-later
echo x > content/x.scf; echo 'A [x](x.scf).' >> content/attack.md
