/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pages of a language in one HTML file that needs no other: for phones, which open a file but not those beside it. For commands. */
#pragma once
#include "job/edition.h"

/* What was left out of a file so that it takes no more than was allowed. */
struct single_cut {
	bool fonts, images, search;
	struct list pages;	/* of struct view: "states.html", the longest first */
};

/*
 * Appends the file of a language. While it takes more than max bytes (0: any number), fonts are left out, then pictures, then search, then pages, the
 * longest first, but never the home page; *cut says what was, in the edition's arena. The theme's templates are single and single-page. Pages with the
 * layouts search, desk, coverage and workbook are not in it: without their forms they say nothing. Needs a listed edition and w->survey. False after
 * reporting; what is still too large is for the caller to refuse.
 */
bool single_write(const struct edition *e, struct language *l, uint64_t max, struct single_cut *cut, struct buf *out);
