/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One language ready to be written: its catalogs matched, every segment of every page chosen along the chain. For jobs and commands. */
#pragma once
#include "job/load.h"
#include "job/merge.h"
#include "job/tally.h"

/* A page in this language. */
struct locale_page {
	const struct page *page;	/* the skeleton: the general page, or the version written for this language */
	struct choice *choices;		/* one a segment */
	struct tally tally;		/* of this language's own catalog */
	/* What a reader of the page meets: its own segments with words, and those of the rows of data that its partial lines show. */
	size_t segments;
	size_t shown;			/* of these: the text is in this language */
	size_t machine, outdated;	/* of those shown */
};

struct locale {
	struct arena *arena;		/* of this language; private parts live here */
	const struct world *world;
	struct language *language;
	struct diags *diags;
	struct locale_page **pages;	/* by page->index; NULL until locale_page */
	struct locale_page strings;	/* interface words; choices as for a page */
	struct locale_page *data;	/* one a data file, in the order of world->data */
	struct catalog *interface;
	bool audit;			/* report what check reports besides */
	bool places;			/* it is asked where in its catalog a text stands; set behind locale_open */
	struct survey_index *index;	/* private to job/survey */
	struct marks *marks;		/* of the preview: which text is which segment (job/marks); NULL in all that is published */
	struct tables *tables;		/* private to job/assemble: data as templates see it; NULL until then */
	struct frame *frame;		/* private to job/assemble: what is the same on all pages; NULL until then */
	uint64_t reads;			/* what job/assemble was asked for that not every page shows: see below; cleared by who wants to know */
};

/* Data file i is LOCALE_READS_FILE << i; one that has no bit left counts as all. */
#define LOCALE_READS_COUNTS ((uint64_t)1)	/* how far everything is translated */
#define LOCALE_READS_ALL_DATA ((uint64_t)2)
#define LOCALE_READS_CONTENT ((uint64_t)4)	/* of other pages */
#define LOCALE_READS_FILE ((uint64_t)8)
enum { LOCALE_READS_FILES = 61 };

static inline void
locale_reads_file(struct locale *l, size_t file)
{
	l->reads |= file < LOCALE_READS_FILES ? LOCALE_READS_FILE << file : LOCALE_READS_ALL_DATA;
}

/*
 * Prepares a language: interface words and data. Reports what is wrong in their catalogs. Catalogs of pages are read when
 * locale_page asks; everything lives in the arena.
 */
void locale_open(struct locale *l, struct arena *a, const struct world *w, struct language *language, bool audit,
    struct diags *d);
/* A page in this language; made once. Reports what is wrong in the page's catalog. p must not be a page of another language. */
struct locale_page *locale_page(struct locale *l, const struct page *p);
/* What is translated for a page in this language: the page, or the version written for the language. */
const struct page *locale_skeleton(const struct page *p, const struct language *l);
/*
 * The inlines of a chosen text that is not plain: c->tree, or read anew into the arena. p is the skeleton.
 */
const struct md_node *locale_tree(const struct page *p, const struct segment *s, const struct choice *c, struct arena *a);
/* Forgets a page that locale_page made, before its memory goes. */
void locale_forget(struct locale *l, const struct page *p);
/* Whether a page has a catalog in a language: neither it nor a version of it is written in one. */
bool locale_translated(const struct page *p, const struct language *l);
/* Whether a page exists in a language: a general page does, a page of one language only there. */
bool locale_has(const struct page *p, const struct language *l);
/* Files below translations/<tag>/ that belong to no page, data file or theme are reported. */
void locale_strays(struct locale *l);
