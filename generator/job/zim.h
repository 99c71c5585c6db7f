/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An archive for Kiwix, by zimwriterfs. For commands. */
#pragma once
#include "job/edition.h"

#define ZIM_ICON "assets/icon-48.png"

/*
 * Appends a ZIM file of the site of a listed edition: its welcome page is the choice of a language, or the home page of the only one. program is
 * zimwriterfs. False after reporting: the theme has no icon (48 x 48 pixels), or the program failed.
 */
bool zim_write(const struct edition *e, struct view program, struct buf *out, struct diags *d);
/*
 * Puts other numbers in place of the random ones that the program has made up (the UUID of the file and of its search index) and corrects the checksum,
 * so that the same content has the same bytes. False when this is no ZIM file.
 */
bool zim_fix(struct buf *zim);
