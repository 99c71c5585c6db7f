# SPDX-License-Identifier: GPL-3.0-or-later
rm themes/default/things.html; ln -s ../../../outside/precious.txt themes/default/things.html
