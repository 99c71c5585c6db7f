# SPDX-License-Identifier: GPL-3.0-or-later
sed -i 's,^title: The guide,&\nslug: ../../x,' content/guide.md
