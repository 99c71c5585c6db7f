# SPDX-License-Identifier: GPL-3.0-or-later
cp content/guide.md content/$(printf 'x%.0s' {1..200}).md
