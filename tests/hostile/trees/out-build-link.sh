# SPDX-License-Identifier: GPL-3.0-or-later
"$WAYPOST" build -q; ln -s ../../outside out/.build; echo More. >> content/guide.md
