# SPDX-License-Identifier: GPL-3.0-or-later
"$WAYPOST" build -q; rm out/.state; ln -s ../../outside/precious.txt out/.state; echo More. >> content/guide.md
