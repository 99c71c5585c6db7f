# SPDX-License-Identifier: GPL-3.0-or-later
mkdir content/guide; cp content/guide.md content/guide/index.md
