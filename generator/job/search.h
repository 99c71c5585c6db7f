/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search without a server: an index of the pages of one language, for a script that reads it from disk. Format: docs/design.md. For jobs. */
#pragma once
#include "job/locale.h"

/* The page that searches: the first one of all languages with `layout: search`; NULL when the site has none, and then no index is made. */
const struct page *search_page(const struct world *w);
/* Where the index of a language goes, below the output: "ar/search/index.js"; and a part of it: "ar/search/text-0.js". */
struct view search_index_path(struct arena *a, const struct language *l);
struct view search_part_path(struct arena *a, const struct language *l, const char *kind, size_t number);
/* Whether a page is found by search: all that the language has but the search page itself. */
bool search_has(const struct world *w, const struct page *p, const struct language *l);

/* A text, and the language it is in: that of the page, or one that it fell back to. */
struct search_lang {
	struct view tag;
	bool rtl;
};
struct search_block {
	struct view text;		/* one line, trimmed */
	struct search_lang lang;
	bool heading;
};
/* What a result can lead to: the top of a page, or an element with an id and what stands in it (of a heading: below it). */
struct search_target {
	struct view id;			/* empty for the top of the page */
	struct search_block title;	/* of a heading, or of the first one inside the element; may be empty */
	struct list blocks;		/* of struct search_block, in order */
};

/*
 * Reads the HTML of a page's content into targets; list of struct search_target, the top of the page first, the others in the order of their
 * elements. Ids of the theme ("wp-") and of footnotes are none. Texts go to the arena.
 */
struct list search_read(struct arena *a, struct search_lang lang, struct view html);

struct search;

/* Begins an index; everything lives in the arena. */
struct search *search_open(struct arena *a, const struct language *l);
/* Adds a page of the site: its title, description and content (what assemble_content wrote). */
void search_add_page(struct search *s, struct locale *l, const struct page *p, struct view html);
/* The same at another address than its own. */
void search_add_page_as(struct search *s, struct locale *l, const struct page *p, struct view address, struct view html);
/* The same of parts. address is relative to the language's folder; texts are copied. */
void search_add(struct search *s, struct view address, const struct search_block *title, const struct search_block *description,
    struct view html);
/*
 * The files of the index: list of struct search_file. One when all of it is under 300 KB; else a head, and parts of 32 to 128 KB that are loaded
 * on demand. The same pages give the same bytes.
 */
struct search_file {
	struct view path, bytes;
};
struct list search_files(struct search *s);
