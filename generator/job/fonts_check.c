/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Characters that many readers would see as boxes. */
#include "base/utf8.h"
#include "job/fonts_parts.h"
#include "job/survey.h"

/* One language. */
struct round {
	const struct fonts *f;
	const struct language *language;
	const struct fonts_face *face;	/* or NULL */
	bool own;			/* letters of its own script are somebody else's care */
	struct arena scratch;
	struct map said;		/* what was reported */
	struct diags *d;
};

static bool
is_drawn(const struct round *r, uint32_t c)
{
	if (lang_common(c) || utf8_is_control(c) || (r->face && font_has(r->face->font, c)))
		return true;
	return r->own && view_eq(lang_script_of(c), r->language->lang->script);
}

/* Each character once in a language, where it stands first. */
static void
look_at(struct round *r, struct view text, struct place place)
{
	size_t at = 0;

	while (at < text.n) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);
		struct view character = view_slice(text, from, at);

		if (c < 0x80 || map_get(&r->said, character) || is_drawn(r, c))
			continue;
		map_set(&r->said, view_copy(&r->scratch, character), r);
		diag(r->d, audit_glyphs, place, view_printf(&r->scratch, "'%.*s' (U+%04X)", VIEW_ARG(character), (unsigned)c));
	}
}

static void
look_at_unit(struct round *r, const struct segment *segments, size_t n, const struct locale_page *p)
{
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = &p->choices[i];

		if (c->from == r->language)
			look_at(r, c->text, c->entry ? c->entry->target_place : segments[i].place);
	}
}

void
fonts_check(const struct fonts *f, struct locale *l, const struct plan *plan, struct diags *d)
{
	const struct world *w = l->world;
	struct round r = { .f = f, .language = l->language, .face = fonts_face_of(f, l->language), .d = d };

	/* the owner wants no font, or the one that is missing was reported */
	r.own = f->face_of[l->language->index] == FONTS_LOST || view_is(l->language->font, "none");
	arena_init(&r.scratch);
	map_init(&r.said, &r.scratch);
	look_at_unit(&r, w->strings.segments, w->strings.nsegments, &l->strings);
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		look_at_unit(&r, t->segments, t->nsegments, &l->data[i]);
	}
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		const struct locale_page *lp;

		if (plan->left_out[i] || !locale_has(p, l->language))
			continue;
		lp = survey_chosen(l, p, &r.scratch);
		look_at_unit(&r, lp->page->segments, lp->page->nsegments, lp);
	}
	arena_release(&r.scratch);
}
