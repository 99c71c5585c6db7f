/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much is translated, in words and segments. */
#include "job/tally.h"

const char *
tally_name(enum tally_kind k)
{
	static const char *const names[TALLY_COUNT] = { "missing", "outdated", "machine", "draft", "translated",
		"reviewed" };

	return names[k];
}

enum tally_kind
tally_kind(const struct match *m)
{
	static const enum tally_kind kinds[STATE_COUNT] = { [STATE_MACHINE] = TALLY_MACHINE, [STATE_DRAFT] = TALLY_DRAFT,
		[STATE_TRANSLATED] = TALLY_TRANSLATED, [STATE_REVIEWED] = TALLY_REVIEWED };

	if (!m->entry || (m->entry->target.n == 0 && !m->entry->plural))
		return TALLY_MISSING;
	return m->outdated ? TALLY_OUTDATED : kinds[m->entry->state];
}

void
tally_add(struct tally *t, const struct segment *segments, size_t n, const struct match *matches)
{
	for (size_t i = 0; i < n; i++) {
		enum tally_kind k = matches ? tally_kind(&matches[i]) : TALLY_REVIEWED;

		if (segments[i].words == 0)
			continue;
		t->words[k] += (uint32_t)segments[i].words;
		t->segments[k]++;
	}
}

void
tally_sum(struct tally *t, const struct tally *more)
{
	for (int k = 0; k < TALLY_COUNT; k++) {
		t->words[k] += more->words[k];
		t->segments[k] += more->segments[k];
	}
}

size_t
tally_words(const struct tally *t)
{
	size_t n = 0;

	for (int k = 0; k < TALLY_COUNT; k++)
		n += t->words[k];
	return n;
}

size_t
tally_segments(const struct tally *t)
{
	size_t n = 0;

	for (int k = 0; k < TALLY_COUNT; k++)
		n += t->segments[k];
	return n;
}

double
tally_share(const struct tally *t)
{
	size_t all = tally_words(t), there = all - t->words[TALLY_MISSING] - t->words[TALLY_OUTDATED];

	return all ? (double)there / (double)all : 1;
}
