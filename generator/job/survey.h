/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first pass over all languages: what is translated, what is wrong. Before anything is written. For jobs and commands. */
#pragma once
#include "job/locale.h"

/* One page (or the interface, or the data files) in one language. */
struct survey_page {
	struct tally tally;
	uint8_t share;		/* per cent of its segments shown in this language */
};

struct survey {
	struct survey_page *pages;	/* nlanguages x (npages + 1): row by language->index, column by page->index; last: interface and data */
	size_t npages;
	struct tally *totals;		/* one a language */
	bool *published;		/* one a language: it has reached publish-from */
};

/*
 * Reads all catalogs in forked workers. Reports what build says about them and, with audit, what check says besides. only: languages to look
 * at (nlanguages flags), or NULL for all; the others count as untranslated. Sets w->survey. False when the system failed (reported).
 */
bool survey_run(struct world *w, const bool *only, bool audit, unsigned jobs);
const struct survey_page *survey_page(const struct world *w, const struct language *l, const struct page *p);
