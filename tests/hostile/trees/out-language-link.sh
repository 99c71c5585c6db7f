# SPDX-License-Identifier: GPL-3.0-or-later
"$WAYPOST" build -q; rm -r out/site/fr; ln -s ../../../outside out/site/fr
