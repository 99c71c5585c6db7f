/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong or suspicious in translations. For commands and the build. */
#pragma once
#include "job/merge.h"
#include "model/data.h"

/* What a set of segments and its catalog are called in messages and how they are read. */
struct audit {
	const struct site *site;
	const struct language *language;
	const struct page *page;	/* NULL for data and interface strings */
	const struct segment *segments;
	size_t nsegments;
	const struct catalog *catalog;	/* NULL: nothing to look at */
	const struct match *matches;	/* nsegments of them */
	const struct list *data;	/* of struct data *: data_find(data, "terms") holds the terms; may be NULL */
	struct view key;		/* of the catalog */
	bool lines;			/* say how the editor may admit what is withheld */
};

/* What build says: each translation that is withheld because of a lock, at the place of its target. */
void audit_withheld(const struct audit *a, struct arena *scratch, struct diags *d);
/*
 * What check says besides: entries that belong to no segment; emphasis marks left as text; numbers that differ in value (any digits); placeholders
 * {like-this} lost, doubled or foreign; target equal to its source (three words or more); target in another script than its language; unbalanced
 * quotation of bidi; host names of mixed scripts; missing alternatives; terms (data/terms.yaml: source, <tag>) not used.
 */
void audit_suspicious(const struct audit *a, const bool *used, struct arena *scratch, struct diags *d);
