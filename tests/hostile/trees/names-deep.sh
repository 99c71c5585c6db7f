# SPDX-License-Identifier: GPL-3.0-or-later
d=content/$(printf 'a/%.0s' {1..40}); mkdir -p $d; cp content/guide.md $d/x.md
