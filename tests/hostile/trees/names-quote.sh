# SPDX-License-Identifier: GPL-3.0-or-later
cp content/guide.md 'content/x" onload="alert(1).md'
