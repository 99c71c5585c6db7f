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
	bool as_is;			/* the text is its own HTML: plain, and nothing in it to escape; false means nothing */
};

/* Why a language's own target is not shown. */
enum withheld {
	WITHHELD_NOT, WITHHELD_MISSING, WITHHELD_STATE, WITHHELD_CRITICAL, WITHHELD_LOCK
};

/* Where the segments stand that are judged. */
struct merge_place {
	const struct site *site;	/* what it publishes, and its exceptions */
	const struct language *language;	/* of the catalog */
	const struct page *page;	/* NULL for data and interface */
	struct view key;		/* of the catalog: "reporting/sessions" */
};

/* What was found of a match. */
struct merge_verdict {
	enum withheld why;
	enum segment_fault fault;	/* WITHHELD_LOCK: which one, */
	struct view what;		/* what differs, */
	unsigned faults;		/* all the faults there are, bits 1 << fault, */
	struct view source, target;	/* and between which texts: of a plural, one form; an outdated target's own source */
	const struct md_node *tree;	/* WITHHELD_NOT: its canonical tree unless it is plain */
	bool admitted;			/* WITHHELD_NOT: by an exception */
};

/*
 * Whether a match may be shown: publishable state, not outdated where critical, locks kept but for what the editor admits
 * (model/exceptions). source_tree is the segment's, or NULL when nobody has read it yet.
 */
struct merge_verdict merge_judge(struct arena *a, const struct merge_place *at, const struct segment *s, const struct match *m,
    const struct md_node *source_tree);
