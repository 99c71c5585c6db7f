# SPDX-License-Identifier: GPL-3.0-or-later
mkdir content/other.md; cp content/guide.md content/other.md/deep.md
