# SPDX-License-Identifier: GPL-3.0-or-later
cp content/guide.md 'content/<img src=x onerror=alert(1)>.md'
