/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index while it is made. Private to job/search. */
#pragma once
#include "job/search.h"

/* Where in a target a term stands: the strongest place counts. */
enum search_field { SEARCH_BODY, SEARCH_DESCRIPTION, SEARCH_HEADING, SEARCH_TITLE };

struct search_post {
	uint32_t target, count;
	enum search_field field;
};
struct search_term {
	struct view text;
	struct list posts;	/* of struct search_post, by target */
};

enum { SEARCH_PAGES = 0x1100, SEARCH_CHARS = 256, SEARCH_WORD = 30 };

struct search {
	struct arena *arena;
	const struct language *language;
	struct list langs;	/* of struct search_lang: that of the site's language first */
	struct list targets;	/* of struct search_target; of a page the top comes first, and its id is "/" and the address */
	struct map terms;	/* to struct search_term * */
	struct lang_folded *chars[SEARCH_PAGES];	/* of the code points that occur; SEARCH_CHARS in each row, n or kind not 0 */
	bool *seen[SEARCH_PAGES];
};

/* Beginnings of Arabic words (and, with, as, so, for; the) that are left out of terms: each ends in the article. NULL at the end. */
extern const char *const search_prefixes[];

/* What a character is folded to; remembers that it occurs. */
const struct lang_folded *search_fold(struct search *s, uint32_t c);
bool search_seen(const struct search *s, uint32_t c);
/* Adds the terms of a text to the index, as found in a field of a target. */
void search_terms(struct search *s, struct view text, size_t target, enum search_field field);
/* Number of a language in s->langs. */
size_t search_lang_number(struct search *s, struct search_lang lang);

/* The parts of the index as text: lines end in a tab, groups of lines in a line end. */
void search_put_head(struct search *s, struct buf *out);
