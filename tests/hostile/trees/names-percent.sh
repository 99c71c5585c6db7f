# SPDX-License-Identifier: GPL-3.0-or-later
cp content/guide.md 'content/%2e%2e%2fx.md'
