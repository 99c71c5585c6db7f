/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that many readers would see as boxes. */
#include "base/utf8.h"
#include "job/fonts_parts.h"
#include "job/survey.h"

enum { CODE_POINTS = 0x110000 };

/* One language. */
struct round {
	struct locale *locale;
	const struct fonts *f;
	const struct language *language;
	const struct page *page;	/* NULL: the interface, data */
	const struct fonts_face *face;	/* or NULL */
	bool own;			/* letters of its own script are somebody else's care */
	uint8_t *seen;			/* a bit a code point */
	struct diags *d;
};

static bool
is_drawn(const struct round *r, uint32_t c)
{
	if (lang_common(c) || utf8_is_control(c) || (r->face && font_has(r->face->font, c)))
		return true;
	return r->own && view_eq(lang_script_of(c), r->language->lang->script);
}

/* Where a text of a page stands in its catalog. What the survey kept does not say it, so it is read again, once in a language a character. */
static struct place
place_of(const struct round *r, const struct locale_page *p, const struct segment *segments, size_t i)
{
	const struct choice *c = r->page ? &locale_page(r->locale, r->page)->choices[i] : &p->choices[i];

	return c->entry ? c->entry->target_place : segments[i].place;
}

/* Whether it is the first time in this language. */
static bool
is_first(const struct round *r, uint32_t c)
{
	const uint8_t bit = (uint8_t)(1u << c % 8);
	bool first = !(r->seen[c / 8] & bit);

	r->seen[c / 8] |= bit;
	return first;
}

/* Each character once, where it stands first. */
static void
look_at(struct round *r, struct view text, const struct locale_page *p, const struct segment *segments, size_t i)
{
	size_t at = 0;

	while (at < text.n) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);

		if (c >= 0x80 && is_first(r, c) && !is_drawn(r, c))
			diag(r->d, audit_glyphs, place_of(r, p, segments, i),
			    view_printf(&r->d->arena, "'%.*s' (U+%04X)", VIEW_ARG(view_slice(text, from, at)), (unsigned)c));
	}
}

static void
look_at_unit(struct round *r, const struct segment *segments, size_t n, const struct locale_page *p)
{
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = &p->choices[i];

		if (c->from == r->language)
			look_at(r, c->text, p, segments, i);
	}
}

void
fonts_check(const struct fonts *f, struct locale *l, const struct plan *plan, struct diags *d)
{
	const struct world *w = l->world;
	struct arena item;
	struct round r = { .locale = l, .f = f, .language = l->language, .face = fonts_face_of(f, l->language), .d = d };

	/* the owner wants no font, or the one that is missing was reported */
	r.own = f->face_of[l->language->index] == FONTS_LOST || view_is(l->language->font, "none");
	arena_init(&item);
	r.seen = arena_array(l->arena, CODE_POINTS / 8, 1);
	look_at_unit(&r, w->strings.segments, w->strings.nsegments, &l->strings);
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		look_at_unit(&r, t->segments, t->nsegments, &l->data[i]);
	}
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		const struct locale_page *lp;
		struct arena_mark mark = arena_mark(&item);

		if (plan->left_out[i] || !locale_has(p, l->language))
			continue;
		r.page = p;
		lp = survey_chosen(l, p, &item);
		look_at_unit(&r, lp->page->segments, lp->page->nsegments, lp);
		arena_rewind(&item, mark);
	}
	arena_release(&item);
}
