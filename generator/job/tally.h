/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is translated, in words and segments. For jobs and commands. */
#pragma once
#include "job/merge.h"

/* Words of the source text, and segments, by what has become of them. A segment counts once. */
enum tally_kind {
	TALLY_MISSING, TALLY_OUTDATED, TALLY_MACHINE, TALLY_DRAFT, TALLY_TRANSLATED, TALLY_REVIEWED, TALLY_COUNT
};
struct tally {
	uint32_t words[TALLY_COUNT];
	uint32_t segments[TALLY_COUNT];
};

/* "missing", "outdated", ... static. */
const char *tally_name(enum tally_kind k);
enum tally_kind tally_kind(const struct match *m);
/* Adds the segments of one page, data file or theme; those without words are left out. matches NULL: all are reviewed (source). */
void tally_add(struct tally *t, const struct segment *segments, size_t n, const struct match *matches);
void tally_sum(struct tally *t, const struct tally *more);
size_t tally_words(const struct tally *t);
size_t tally_segments(const struct tally *t);
/* Share of words that are there and current: machine, draft, translated and reviewed over all; 1 when there are none. */
double tally_share(const struct tally *t);
