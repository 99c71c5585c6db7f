# SPDX-License-Identifier: GPL-3.0-or-later
echo 'A [x](../../outside/precious.txt) ![x](../../outside/precious.txt).' >> content/attack.md
