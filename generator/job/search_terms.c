/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts become terms: words where a script has them, pairs of clusters where it has not. search.js does the same with what a reader types. */
#include "job/search_parts.h"

#include "base/utf8.h"

const char *const search_prefixes[] = { "\xD9\x88\xD8\xA7\xD9\x84", "\xD8\xA8\xD8\xA7\xD9\x84", "\xD9\x83\xD8\xA7\xD9\x84",
	"\xD9\x81\xD8\xA7\xD9\x84", "\xD9\x84\xD9\x84", "\xD8\xA7\xD9\x84", NULL };

enum { STEM_MIN = 3 };	/* letters that must remain behind an article */

/* A run of characters of one sort: a word, or clusters. */
struct run {
	struct search *s;
	size_t target;
	enum search_field field;
	struct buf word;
	size_t letters;		/* of the word, in UTF-16 */
	struct buf unit, before;	/* the cluster under way, and the one before it */
	bool joins;		/* the next letter still belongs to the cluster */
};

const struct lang_folded *
search_fold(struct search *s, uint32_t c)
{
	size_t row = c / SEARCH_CHARS, at = c % SEARCH_CHARS;

	if (!s->chars[row]) {
		s->chars[row] = arena_array(s->arena, SEARCH_CHARS, sizeof **s->chars);
		s->seen[row] = arena_array(s->arena, SEARCH_CHARS, sizeof **s->seen);
	}
	if (!s->seen[row][at]) {
		uint32_t lower = lang_search_lower(c);

		s->seen[row][at] = true;
		lang_search_char(c, &s->chars[row][at]);
		if (lower != c)
			search_fold(s, lower);
	}
	return &s->chars[row][at];
}

bool
search_seen(const struct search *s, uint32_t c)
{
	return s->seen[c / SEARCH_CHARS] && s->seen[c / SEARCH_CHARS][c % SEARCH_CHARS];
}

static void
add(struct search *s, struct view text, size_t target, enum search_field field)
{
	struct search_term *t = map_get(&s->terms, text);
	struct search_post *p;

	if (!t) {
		t = arena_new(s->arena, struct search_term);
		t->text = view_copy(s->arena, text);
		t->posts = LIST_OF(struct search_post);
		map_set(&s->terms, t->text, t);
	}
	p = t->posts.n ? LIST_AT(&t->posts, struct search_post, t->posts.n - 1) : NULL;
	if (!p || p->target != target) {
		p = list_push(&t->posts, s->arena);
		p->target = (uint32_t)target;
		p->field = field;
	}
	p->count++;
	if (field > p->field)
		p->field = field;
}

/* A word without an Arabic article before it, if enough remains. */
static struct view
stem(struct view word)
{
	for (size_t i = 0; search_prefixes[i]; i++) {
		size_t n = strlen(search_prefixes[i]);

		if (view_starts(word, search_prefixes[i]) && utf8_count(view_slice(word, n, word.n)) >= STEM_MIN)
			return view_slice(word, n, word.n);
	}
	return word;
}

static void
end_word(struct run *r)
{
	if (r->word.n)
		add(r->s, stem(view_buf(&r->word)), r->target, r->field);
	buf_clear(&r->word);
	r->letters = 0;
}

/* The cluster under way is whole: a pair with the one before. */
static void
end_unit(struct run *r)
{
	if (r->unit.n && r->before.n) {
		buf_addv(&r->before, view_buf(&r->unit));
		add(r->s, view_buf(&r->before), r->target, r->field);
	}
	if (r->unit.n) {
		buf_clear(&r->before);
		buf_addv(&r->before, view_buf(&r->unit));
	}
	buf_clear(&r->unit);
	r->joins = false;
}

/* The last cluster of a run has no pair of its own. */
static void
end_units(struct run *r)
{
	end_unit(r);
	if (r->before.n)
		add(r->s, view_buf(&r->before), r->target, r->field);
	buf_clear(&r->before);
}

static void
put_word(struct run *r, const struct lang_folded *f)
{
	end_units(r);
	if (r->letters < SEARCH_WORD)
		buf_add(&r->word, f->text, f->n);
	for (size_t at = 0; at < f->n;)
		r->letters += utf8_next(view_of(f->text, f->n), &at) > 0xFFFF ? 2 : 1;
}

static void
put_unit(struct run *r, const struct lang_folded *f)
{
	bool begins = f->kind == LANG_SEARCH_UNIT || f->kind == LANG_SEARCH_LEAD;

	end_word(r);
	if (begins && !r->joins)
		end_unit(r);
	buf_add(&r->unit, f->text, f->n);
	r->joins = f->kind == LANG_SEARCH_LEAD || f->kind == LANG_SEARCH_JOIN;
}

void
search_terms(struct search *s, struct view text, size_t target, enum search_field field)
{
	struct run r = { .s = s, .target = target, .field = field };

	buf_init(&r.word);
	buf_init(&r.unit);
	buf_init(&r.before);
	for (size_t at = 0; at < text.n;) {
		const struct lang_folded *f = search_fold(s, utf8_next(text, &at));

		if (f->kind == LANG_SEARCH_GAP) {
			end_word(&r);
			end_units(&r);
		} else if (f->kind == LANG_SEARCH_WORD) {
			put_word(&r, f);
		} else if (f->kind != LANG_SEARCH_DROP) {
			put_unit(&r, f);
		}
	}
	end_word(&r);
	end_units(&r);
	buf_release(&r.before);
	buf_release(&r.unit);
	buf_release(&r.word);
}
