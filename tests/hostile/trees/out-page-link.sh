# SPDX-License-Identifier: GPL-3.0-or-later
"$WAYPOST" build -q; rm out/site/fr/guide.html; ln -s ../../../../outside/precious.txt out/site/fr/guide.html; touch content/guide.md; echo More. >> content/guide.md
