/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which translation belongs to which segment, and whether it may be shown. */
#include "job/merge.h"

#include "base/hash.h"
#include "job/merge_similar.h"

enum { NONE = UINT32_MAX };

/* Everything merge_match works on; all but `matches` goes when it is done. */
struct merge {
	struct arena *arena;
	const struct segment *segments;
	size_t nsegments;
	const struct catalog *c;
	struct match *matches;
	bool *used;
	/* entries by hash of source and context: open addressing, then the entries of one key in order */
	uint32_t *slots;	/* first entry of a key, + 1 */
	size_t nslots;
	uint32_t *next;		/* of an entry: the next one of its key, or NONE */
	uint32_t *current;	/* of the first entry of a key: the one to be given next, or the last */
	uint32_t *entry_of;	/* of a segment: its exact live entry, when no other segment has it, or NONE */
};

static uint64_t
key_hash(struct view source, struct view context)
{
	uint64_t h = hash_bytes(source);

	return context.n ? hash_more(h, context) : h;
}

/* The slot of a key: that of its first entry, or a free one. */
static uint32_t *
slot_of(const struct merge *m, struct view source, struct view context)
{
	size_t at = (size_t)key_hash(source, context) & (m->nslots - 1);

	while (m->slots[at]) {
		const struct catalog_entry *e = &m->c->entries[m->slots[at] - 1];

		if (view_eq(e->source, source) && view_eq(e->context, context))
			break;
		at = (at + 1) & (m->nslots - 1);
	}
	return &m->slots[at];
}

/* Entries under unused: count only for keys that no live entry has. */
static void
index_entries(struct merge *m)
{
	size_t n = m->c->n;
	uint32_t *last = arena_array(m->arena, n, sizeof *last);

	m->nslots = 8;
	while (m->nslots < 2 * n)
		m->nslots *= 2;
	m->slots = arena_array(m->arena, m->nslots, sizeof *m->slots);
	m->next = arena_array(m->arena, n, sizeof *m->next);
	m->current = arena_array(m->arena, n, sizeof *m->current);
	for (uint32_t i = 0; i < n; i++) {
		const struct catalog_entry *e = &m->c->entries[i];
		uint32_t *slot = slot_of(m, e->source, e->context), first;

		m->next[i] = NONE;
		if (!*slot) {
			*slot = i + 1;
			m->current[i] = last[i] = i;
			continue;
		}
		first = *slot - 1;
		if (e->unused && !m->c->entries[first].unused)
			continue;
		m->next[last[first]] = i;
		last[first] = i;
	}
}

/* Step 1. A text that stands more often on the page than in the catalog gets the last entry again. */
static void
match_exactly(struct merge *m)
{
	for (size_t i = 0; i < m->nsegments; i++) {
		const struct segment *s = &m->segments[i];
		uint32_t *slot = s->source.n ? slot_of(m, s->source, s->context) : NULL, first, e;
		struct match *match = &m->matches[i];

		m->entry_of[i] = NONE;
		if (!slot || !*slot)
			continue;
		first = *slot - 1;
		e = m->current[first];
		if (m->next[e] != NONE)
			m->current[first] = m->next[e];
		match->entry = &m->c->entries[e];
		match->outdated = match->entry->was.n > 0;
		match->moved = match->entry->unused;
		if (!match->entry->unused && !m->used[e])
			m->entry_of[i] = e;
		m->used[e] = true;
	}
}

/*
 * The longest run of exact matches that keep their order (patience sorting): these part the gaps. anchor[] gets their segments;
 * returns how many.
 */
static size_t
find_anchors(struct merge *m, size_t *anchor)
{
	size_t *tail = arena_array(m->arena, m->nsegments, sizeof *tail), n = 0, at;
	size_t *before = arena_array(m->arena, m->nsegments, sizeof *before);

	for (size_t i = 0; i < m->nsegments; i++) {
		size_t lo = 0, hi = n;

		if (m->entry_of[i] == NONE)
			continue;
		if (n > 0 && m->entry_of[tail[n - 1]] < m->entry_of[i])
			lo = hi = n;
		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;

			if (m->entry_of[tail[mid]] < m->entry_of[i])
				lo = mid + 1;
			else
				hi = mid;
		}
		before[i] = lo > 0 ? tail[lo - 1] : i;
		tail[lo] = i;
		n = lo == n ? n + 1 : n;
	}
	at = n ? tail[n - 1] : 0;
	for (size_t k = n; k > 0; k--) {
		anchor[k - 1] = at;
		at = before[at];
	}
	return n;
}

/* One side of a gap: what is still alone, and may be similar to something. */
struct side {
	size_t *index;
	struct grams *grams;
	struct view *context;
	size_t n;
};

static struct side
side_of(struct arena *a, size_t room)
{
	struct side s = { .index = arena_array(a, room, sizeof *s.index) };

	s.grams = arena_array(a, room, sizeof *s.grams);
	s.context = arena_array(a, room, sizeof *s.context);
	return s;
}

static void
side_add(struct side *s, struct arena *a, size_t index, struct view source, struct view context)
{
	struct grams g = similar_grams(a, source);

	if (g.brief)
		return;
	s->index[s->n] = index;
	s->grams[s->n] = g;
	s->context[s->n++] = context;
}

/* Step 2, for the segments i0..i1 and the entries e0..e1. */
static void
match_gap(struct merge *m, size_t i0, size_t i1, size_t e0, size_t e1)
{
	struct arena_mark mark = arena_mark(m->arena);
	struct side left, right;
	struct similar_lists l;

	if (i0 >= i1 || e0 >= e1)
		return;
	left = side_of(m->arena, i1 - i0);
	right = side_of(m->arena, e1 - e0);
	for (size_t e = e0; e < e1; e++)
		if (!m->used[e])
			side_add(&right, m->arena, e, m->c->entries[e].source, m->c->entries[e].context);
	for (size_t i = i0; i < i1 && right.n; i++)
		if (!m->matches[i].entry)
			side_add(&left, m->arena, i, m->segments[i].source, m->segments[i].context);
	l = (struct similar_lists){ .left = left.grams, .right = right.grams, .nleft = left.n, .nright = right.n,
		.left_context = left.context, .right_context = right.context };
	l.pair = arena_array(m->arena, left.n, sizeof *l.pair);
	similar_pair(m->arena, &l);
	for (size_t i = 0; i < left.n; i++) {
		struct match *match = &m->matches[left.index[i]];

		if (l.pair[i] < 0)
			continue;
		match->entry = &m->c->entries[right.index[l.pair[i]]];
		match->outdated = true;
		m->used[right.index[l.pair[i]]] = true;
	}
	arena_rewind(m->arena, mark);
}

static void
match_gaps(struct merge *m)
{
	size_t *anchor = arena_array(m->arena, m->nsegments, sizeof *anchor);
	size_t n = find_anchors(m, anchor), i = 0, e = 0, next = 0;

	for (size_t k = 0; k < m->nsegments; k++) {
		if (next < n && anchor[next] == k)
			next++;
		else if (m->entry_of[k] != NONE)
			m->matches[k].moved = true;
	}
	for (size_t k = 0; k < n; k++) {
		match_gap(m, i, anchor[k], e, m->entry_of[anchor[k]]);
		i = anchor[k] + 1;
		e = m->entry_of[anchor[k]] + 1;
	}
	match_gap(m, i, m->nsegments, e, m->c->nlive);
}

/* A catalog that was read beside the page: each entry is the exact one of its segment, in order. */
static void
match_beside(const struct catalog *c, struct match *matches, size_t nsegments, bool *used)
{
	for (size_t i = 0; i < nsegments; i++)
		matches[i].entry = c->of_segment[i];
	if (used)
		memset(used, true, c->n * sizeof *used);
}

struct match *
merge_match(struct arena *a, const struct segment *segments, size_t nsegments,
    const struct catalog *catalog, bool *used)
{
	struct match *matches = arena_array(a, nsegments, sizeof *matches);
	struct arena_mark mark = arena_mark(a);
	struct merge m = { .arena = a, .segments = segments, .nsegments = nsegments, .c = catalog, .matches = matches,
		.used = used };

	if (!catalog || catalog->n == 0)
		return matches;
	if (catalog->of_segment) {
		match_beside(catalog, matches, nsegments, used);
		return matches;
	}
	if (used)
		memset(used, 0, catalog->n * sizeof *used);
	else
		m.used = arena_array(a, catalog->n, sizeof *m.used);
	m.entry_of = arena_array(a, nsegments, sizeof *m.entry_of);
	index_entries(&m);
	match_exactly(&m);
	match_gaps(&m);
	arena_rewind(a, mark);
	return matches;
}
