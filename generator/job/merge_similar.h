/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two texts are, and which of two short lists belong together. For job/merge only. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* A text taken apart: its bigrams as sorted digests. */
struct grams {
	uint64_t *hashes;	/* n of them, ascending; in the arena */
	size_t n;
	bool brief;		/* fewer than three words (a character of a spaceless script counts half): never similar */
};

enum { SIMILAR_ENOUGH = 600, SIMILAR_SAME = 1000, SIMILAR_PAIRS = 10000 };

/* Bigrams of words; where a script has no spaces, of characters. */
struct grams similar_grams(struct arena *a, struct view text);
/* Dice's coefficient over bigrams (Dice 1945), 0..1000; below SIMILAR_ENOUGH for brief texts. */
unsigned similar(const struct grams *a, const struct grams *b);
/*
 * Pairs lefts with rights: in order, none twice, only pairs of at least SIMILAR_ENOUGH, so that the sum is greatest (the alignment of
 * Needleman and Wunsch 1970 with free gaps). pair[i] is the index of the right, or -1. When
 * there are more than SIMILAR_PAIRS pairs, both lists are cut into as many pieces as it takes and paired piece by piece: a text is
 * then compared with its neighbours only.
 */
struct similar_lists {
	const struct grams *left, *right;
	size_t nleft, nright;
	const struct view *left_context, *right_context;	/* only texts of one context may be paired */
	long *pair;						/* nleft of them */
};
void similar_pair(struct arena *a, const struct similar_lists *l);
