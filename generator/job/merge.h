/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which translation belongs to which segment, and what a reader is shown. For jobs and commands. */
#pragma once
#include <stdbool.h>

#include "model/catalog.h"
#include "model/page.h"

/* A segment in one language, by identity of the source text (design.md section 4). */
struct match {
	const struct catalog_entry *entry;	/* NULL: nothing there */
	bool outdated;		/* entry has `was`, or was matched by similarity: the source has changed since */
	bool moved;		/* the source stands under unused: or at another place; still exact */
};

/*
 * Matches a catalog to segments: 1 exact source (and context), repeated ones in order; 2 in the gaps between exact matches, in order, the
 * most similar pair of at least 0.6 (Dice over word bigrams; characters where a script has no spaces; short strings of fewer than three
 * words only exactly): then outdated. Returns nsegments matches in the arena; used[i] (if not NULL, catalog->n of them) says
 * which entries found a segment. catalog may be NULL. The same result every time.
 */
struct match *merge_match(struct arena *a, const struct segment *segments, size_t nsegments,
    const struct catalog *catalog, bool *used);

/* What is shown for a segment in a language. */
struct choice {
	struct view text;		/* normal form */
	const struct language *from;	/* language of the text */
	const struct catalog_entry *entry;	/* NULL for the source text */
	const struct md_node *tree;	/* canonical inlines; NULL when plain or not yet read */
	bool outdated;
};

/* Why a language's own target is not shown. */
enum withheld {
	WITHHELD_NOT, WITHHELD_MISSING, WITHHELD_STATE, WITHHELD_CRITICAL, WITHHELD_LOCK
};

/*
 * Whether a match may be shown: publishable state, not outdated where critical, locks kept. *tree is its canonical tree unless it is
 * plain; *fault and *what say which lock.
 */
enum withheld merge_withheld(struct arena *a, const struct site *site, const struct page *page,
    const struct segment *s, const struct match *m, const struct md_node *source_tree, const struct md_node **tree,
    enum segment_fault *fault, struct view *what);
