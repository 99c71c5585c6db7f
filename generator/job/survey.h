/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first pass over all languages: what is translated, what is wrong. Before anything is written. For jobs and commands. */
#pragma once
#include <stdio.h>

#include "job/locale.h"

/* One page (or the interface, or the data files) in one language. */
struct survey_page {
	uint64_t choices;	/* digest of all that was chosen, and of how much of it is there */
	uint64_t heading;	/* of title and description */
	struct tally tally;
	uint8_t share;		/* per cent of its segments shown in this language */
	bool said;		/* something was reported about it; of the last column: about the language */
	uint8_t none[6];	/* job/depend keeps all bytes of it */
};

struct survey {
	struct survey_page *pages;	/* nlanguages x (npages + 1): row by language->index, column by page->index; last: interface and data */
	size_t npages;
	struct tally *totals;		/* one a language */
	bool *published;		/* one a language: it was asked for and has reached publish-from */
	size_t parts;			/* into which the pages of each language are cut, for the workers */
	struct survey_kept *kept;	/* `parts` a language: what was chosen, for survey_chosen; NULL when it is not kept */
	FILE **files;			/* in which that is; one is NULL when it could not be made */
	size_t nfiles;
};

/* What an earlier survey found, where nothing that it read has changed since (job/depend). Rows and columns as above. */
struct survey_past {
	struct survey_page *pages;
	bool *same;		/* one a page and language */
	bool *languages;	/* one a language: all of it is the same, and nothing was reported */
};

/*
 * Reads all catalogs in forked workers. Reports what build says about them and, with audit, what check says besides. only: languages to look
 * at (nlanguages flags), or NULL for all; the others count as untranslated. What w->past has is not read again. Sets w->survey. False when the
 * system failed (reported).
 */
bool survey_run(struct world *w, const bool *only, bool audit, unsigned jobs);
const struct survey_page *survey_page(const struct world *w, const struct language *l, const struct page *p);

/*
 * With w->keep the survey writes what it chose to files without a name (about what the texts take), so that no catalog is read and
 * matched twice. survey_chosen reads a page's part of it into the arena: no entries, no trees, no tally. A page that was not kept is read from
 * its catalog.
 */
struct locale_page *survey_chosen(struct locale *l, const struct page *p, struct arena *a);
/* The same with the choices of title and description alone, for lists of pages; lives as long as the locale. */
const struct locale_page *survey_heading(struct locale *l, const struct page *p);
/* Drops what was kept. */
void survey_forget(struct world *w);
/* Per cent, rounded down: 100 only when all is there, 0 only when nothing is. */
unsigned survey_percent(size_t part, size_t whole);
