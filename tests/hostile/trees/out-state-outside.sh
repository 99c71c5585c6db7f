# SPDX-License-Identifier: GPL-3.0-or-later
"$WAYPOST" build -q; printf '../../outside/precious.txt\n/etc/x\nen/../../../../outside/precious.txt\n' >> out/.state; echo More. >> content/guide.md
