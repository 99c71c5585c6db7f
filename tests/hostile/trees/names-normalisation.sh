# SPDX-License-Identifier: GPL-3.0-or-later
cp content/guide.md $'content/caf\u00e9.md'; cp content/guide.md $'content/cafe\u0301.md'
