# SPDX-License-Identifier: GPL-3.0-or-later
rm themes/default/things.html; mkfifo themes/default/things.html
