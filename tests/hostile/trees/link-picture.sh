# SPDX-License-Identifier: GPL-3.0-or-later
rm content/map.png; ln -s ../../outside/precious.txt content/map.png
