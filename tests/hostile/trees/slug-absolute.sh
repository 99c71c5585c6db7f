# SPDX-License-Identifier: GPL-3.0-or-later
sed -i 's,^title: The guide,&\nslug: /etc/x,' content/guide.md
