/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog read side by side with its page. Private to model/catalog. */
#pragma once
#include "model/catalog.h"
#include "model/page.h"

/*
 * Fills c->entries and c->of_segment from the bytes of a file in the form that our tools write, which has the texts of the page, each at most
 * once, in the page's order, and nothing below unused. False, and c as it was, for everything else: catalog_read is the reader of record, and
 * what is taken here must come to the same (tests/unit/catalog.c compares). Texts borrow from bytes; what there would be to report is never taken.
 */
bool catalog_beside(struct arena *a, struct catalog *c, struct view bytes, const struct language *l, const struct page *p);
