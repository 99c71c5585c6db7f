/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two texts are, and which of two short lists belong together. */
#include "job/merge_similar.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "format/lang.h"

/* Words, or characters of a script without spaces. */
struct tokens {
	struct arena *arena;
	struct list list;	/* of uint64_t */
	size_t halves;		/* two a word, one a character */
};

static void
add_token(struct tokens *t, struct view word, size_t halves)
{
	if (word.n == 0)
		return;
	*(uint64_t *)list_push(&t->list, t->arena) = hash_bytes(word);
	t->halves += halves;
}

static struct tokens
tokens_of(struct arena *a, struct view text)
{
	struct tokens t = { .arena = a, .list = LIST_OF(uint64_t) };
	size_t at = 0, word = 0;

	while (at < text.n) {
		size_t from = at;

		if ((unsigned char)text.p[at] < 0x80) {
			if (text.p[at++] == ' ') {
				add_token(&t, view_slice(text, word, from), 2);
				word = at;
			}
		} else if (lang_spaceless(utf8_next(text, &at))) {
			add_token(&t, view_slice(text, word, from), 2);
			add_token(&t, view_slice(text, from, at), 1);
			word = at;
		}
	}
	add_token(&t, view_slice(text, word, text.n), 2);
	return t;
}

static int
compare_hashes(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;

	return (a > b) - (a < b);
}

struct grams
similar_grams(struct arena *a, struct view text)
{
	struct tokens t = tokens_of(a, text);
	const uint64_t *token = t.list.items;
	struct grams g = { .n = t.list.n ? t.list.n - 1 : 0, .brief = t.halves < 6 };

	if (g.n == 0)
		return g;
	g.hashes = arena_array(a, g.n, sizeof *g.hashes);
	for (size_t i = 0; i < g.n; i++)
		g.hashes[i] = hash_more(token[i], view_of((const char *)&token[i + 1], sizeof token[i + 1]));
	qsort(g.hashes, g.n, sizeof *g.hashes, compare_hashes);
	return g;
}

unsigned
similar(const struct grams *a, const struct grams *b)
{
	size_t most = a->n < b->n ? a->n : b->n, common = 0, i = 0, k = 0;

	if (a->brief || b->brief || most == 0 || 2 * most * SIMILAR_SAME < SIMILAR_ENOUGH * (a->n + b->n))
		return 0;
	while (i < a->n && k < b->n) {
		if (a->hashes[i] == b->hashes[k]) {
			common++;
			i++;
			k++;
		} else if (a->hashes[i] < b->hashes[k]) {
			i++;
		} else {
			k++;
		}
	}
	return (unsigned)(2 * common * SIMILAR_SAME / (a->n + b->n));
}

/* Pairs lefts i0..i1 with rights k0..k1. */
static void
pair_piece(struct arena *a, const struct similar_lists *l, size_t i0, size_t i1, size_t k0, size_t k1)
{
	struct arena_mark mark = arena_mark(a);
	size_t n = i1 - i0, m = k1 - k0, row = m + 1;
	uint32_t *best = arena_array(a, (n + 1) * row, sizeof *best);	/* of the lefts before i, the rights before k */
	uint32_t *alike = arena_array(a, n * m, sizeof *alike);

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < m; k++) {
			uint32_t up = best[i * row + k + 1], across = best[(i + 1) * row + k], with = best[i * row + k];
			unsigned s = !view_eq(l->left_context[i0 + i], l->right_context[k0 + k]) ? 0 :
			    similar(&l->left[i0 + i], &l->right[k0 + k]);

			alike[i * m + k] = s >= SIMILAR_ENOUGH ? s : 0;
			with += alike[i * m + k];
			best[(i + 1) * row + k + 1] = with > up && with > across ? with : up > across ? up : across;
		}
	}
	for (size_t i = n, k = m; i > 0 && k > 0;) {
		uint32_t here = best[i * row + k];

		if (here == best[(i - 1) * row + k]) {
			i--;
		} else if (here == best[i * row + k - 1]) {
			k--;
		} else {
			l->pair[i0 + i - 1] = (long)(k0 + k - 1);
			i--;
			k--;
		}
	}
	arena_rewind(a, mark);
}

void
similar_pair(struct arena *a, const struct similar_lists *l)
{
	size_t n = l->nleft, m = l->nright, pieces = 1;

	for (size_t i = 0; i < n; i++)
		l->pair[i] = -1;
	if (n == 0 || m == 0)
		return;
	while ((n / pieces + 1) * (m / pieces + 1) > SIMILAR_PAIRS && pieces < n && pieces < m)
		pieces++;
	for (size_t i = 0; i < pieces; i++) {
		size_t k0 = i * m / pieces, k1 = (i + 1) * m / pieces;

		if (k1 - k0 > SIMILAR_PAIRS)
			k1 = k0 + SIMILAR_PAIRS;
		pair_piece(a, l, i * n / pieces, (i + 1) * n / pieces, k0, k1);
	}
}
