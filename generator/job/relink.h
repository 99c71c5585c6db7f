/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that we wrote, with other addresses in it: for books, where not every page and file is. For jobs. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

struct arena;

enum relink_kind { RELINK_LINK, RELINK_IMAGE, RELINK_STYLE };

struct relink {
	/* What an address becomes (in the arena or borrowed), as it stands in the attribute. Empty: a link loses its tag and keeps its words, a picture
	 * or a style sheet is left out. */
	struct view (*address)(void *self, enum relink_kind kind, struct view address);
	void *self;
};

/* Appends html (attributes in double quotes, no '>' in them) with the addresses of its <a>, <img> and <link> changed. */
void relink_html(const struct relink *r, struct view html, struct buf *out);
/*
 * The path below the top that an address on a page leads to; *fragment gets '#' and what follows. Empty: it leads to the page itself, to another
 * place of the world, or above the top; *remote tells that.
 */
struct view relink_path(struct arena *a, struct view page, struct view address, struct view *fragment, bool *remote);
