/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first pass over all languages. */
#include "job/survey.h"

#include <errno.h>

#include "base/work.h"
#include "job/survey_kept.h"

struct pass {
	struct world *w;
	const bool *only;
	bool audit;
	bool ok;
};

unsigned
survey_percent(size_t part, size_t whole)
{
	if (whole == 0 || part == whole)
		return 100;
	return (unsigned)(part == 0 ? 0 : part * 100 / whole == 0 ? 1 : part * 100 / whole);
}

static void
put_page(struct buf *result, const struct locale_page *p)
{
	struct survey_page s = { p->tally, (uint8_t)survey_percent(p->shown, p->segments) };

	buf_add(result, &s, sizeof s);
}

/* In the child: everything about one language. */
static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	struct pass *pass = self;
	struct world *w = pass->w;
	struct locale_page rest = { 0 };
	struct kept_writer keeper;
	uint64_t index_at = 0;
	struct arena arena;
	struct locale l;
	struct diags d;

	(void)work;
	arena_init(&arena);
	diags_init(&d);
	if (!pass->only || pass->only[index]) {
		locale_open(&l, &arena, w, w->site.languages[index], pass->audit, &d);
		kept_begin(&keeper, w, w->survey->kept ? w->survey->kept[index].file : NULL);
		for (size_t i = 0; i < w->pages.n; i++) {
			const struct page *p = *LIST_AT(&w->pages, struct page *, i);
			struct arena_mark mark = arena_mark(&arena);
			const struct locale_page *lp = locale_has(p, l.language) && !p->version ? locale_page(&l, p) : &rest;

			put_page(result, lp);
			kept_page(&keeper, lp);
			locale_forget(&l, p);
			arena_rewind(&arena, mark);
		}
		index_at = kept_end(&keeper);
		tally_sum(&rest.tally, &l.strings.tally);
		for (size_t i = 0; i < w->data.n; i++)
			tally_sum(&rest.tally, &l.data[i].tally);
		put_page(result, &rest);
		buf_add(result, &index_at, sizeof index_at);
		if (!l.language->source)
			locale_strays(&l);
		exceptions_unused(w->site.exceptions, l.language, &d);
	}
	diags_pack(&d, result);
	diags_release(&d);
	arena_release(&arena);
}

static void
done(void *self, size_t index, struct view result)
{
	struct pass *pass = self;
	struct survey *s = pass->w->survey;
	size_t n = (s->npages + 1) * sizeof *s->pages;
	uint64_t index_at;

	if (!pass->only || pass->only[index]) {
		if (result.n < n + sizeof index_at)
			bug("a survey result is too short");
		memcpy(&s->pages[index * (s->npages + 1)], result.p, n);
		memcpy(&index_at, result.p + n, sizeof index_at);
		if (s->kept)
			s->kept[index].index_at = index_at;
		result = view_slice(result, n + sizeof index_at, result.n);
	}
	if (!diags_unpack(pass->w->diags, result))
		bug("a survey result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct pass *pass = self;
	const struct language *l = pass->w->site.languages[index];

	(void)item;
	if (strcmp(why, "memory") == 0)
		diag(pass->w->diags, memory, place_file(l->dir));
	else
		diag(pass->w->diags, work_died, place_file(l->dir), view_str(why));
	pass->ok = false;
}

static void
add_up(struct world *w, const bool *only)
{
	struct survey *s = w->survey;

	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		for (size_t i = 0; i <= s->npages; i++)
			tally_sum(&s->totals[k], &s->pages[k * (s->npages + 1) + i].tally);
		s->published[k] = (!only || only[k]) && (l->source || tally_share(&s->totals[k]) >= l->publish_from);
	}
}

bool
survey_run(struct world *w, const bool *only, bool audit, unsigned jobs)
{
	struct pass pass = { w, only, audit, true };
	struct work_plan plan = { .jobs = jobs, .units = w->site.nlanguages, .self = &pass, .unit = unit, .done = done,
		.lost = lost };
	struct survey *s = arena_new(w->arena, struct survey);

	s->npages = w->pages.n;
	s->pages = arena_array(w->arena, w->site.nlanguages * (s->npages + 1), sizeof *s->pages);
	s->totals = arena_array(w->arena, w->site.nlanguages, sizeof *s->totals);
	s->published = arena_array(w->arena, w->site.nlanguages, sizeof *s->published);
	w->survey = s;
	if (w->keep)
		s->kept = kept_open(w->arena, w->site.nlanguages);
	if (!work_run(&plan)) {
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
		return false;
	}
	add_up(w, only);
	return pass.ok;
}

const struct survey_page *
survey_page(const struct world *w, const struct language *l, const struct page *p)
{
	return &w->survey->pages[l->index * (w->survey->npages + 1) + p->index];
}
