/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first pass over all languages. */
#include "job/survey.h"

#include <errno.h>

#include "base/hash.h"
#include "base/work.h"
#include "job/survey_kept.h"

struct pass {
	struct world *w;
	const bool *only;
	bool audit;
	bool ok;
	size_t *units;		/* the language of each unit, by index */
	size_t nunits;
};

unsigned
survey_percent(size_t part, size_t whole)
{
	if (whole == 0 || part == whole)
		return 100;
	return (unsigned)(part == 0 ? 0 : part * 100 / whole == 0 ? 1 : part * 100 / whole);
}

/* Of what a reader is shown of segments: text, language, mark. */
static uint64_t
digest_choices(uint64_t digest, const struct choice *choices, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		digest = hash_more(digest + (choices[i].from->index << 1 | choices[i].outdated), choices[i].text);
		digest += i;
	}
	return digest;
}

static void
put_page(struct buf *result, const struct locale_page *p, bool said)
{
	struct survey_page s = { .said = said, .tally = p->tally, .share = (uint8_t)survey_percent(p->shown, p->segments) };
	uint64_t counts[] = { p->segments, p->shown, p->machine, p->outdated };

	if (p->choices) {
		s.heading = digest_choices(1, p->choices, PAGE_BODY);
		s.choices = digest_choices(hash_bytes(view_of((const char *)counts, sizeof counts)), p->choices, p->page->nsegments);
	}

	buf_add(result, &s, sizeof s);
}

/* In the child: everything about one language. */
static void
unit(void *self, struct work *work, size_t number, struct buf *result)
{
	struct pass *pass = self;
	struct world *w = pass->w;
	size_t index = pass->units[number], row = index * (w->pages.n + 1);
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
			const struct locale_page *lp;
			size_t said = d.list.n;

			if (w->past && w->past->same[row + i]) {	/* its parent has it */
				kept_page(&keeper, &rest);
				continue;
			}
			lp = locale_has(p, l.language) && !p->version ? locale_page(&l, p) : &rest;
			put_page(result, lp, d.list.n > said);
			kept_page(&keeper, lp);
			locale_forget(&l, p);
			arena_rewind(&arena, mark);
		}
		index_at = kept_end(&keeper);
		tally_sum(&rest.tally, &l.strings.tally);
		for (size_t i = 0; i < w->data.n; i++)
			tally_sum(&rest.tally, &l.data[i].tally);
		if (!l.language->source)
			locale_strays(&l);
		exceptions_unused(w->site.exceptions, l.language, &d);
		put_page(result, &rest, d.list.n > 0);
		buf_add(result, &index_at, sizeof index_at);
	}
	diags_pack(&d, result);
	diags_release(&d);
	arena_release(&arena);
}

static void
take(struct view *result, void *p, size_t n)
{
	if (result->n < n)
		bug("a survey result is too short");
	memcpy(p, result->p, n);
	*result = view_slice(*result, n, result->n);
}

static void
done(void *self, size_t number, struct view result)
{
	struct pass *pass = self;
	struct survey *s = pass->w->survey;
	size_t index = pass->units[number];
	const struct survey_past *past = pass->w->past;
	size_t row = index * (s->npages + 1);
	uint64_t index_at = 0;

	if (!pass->only || pass->only[index]) {
		for (size_t i = 0; i <= s->npages; i++)
			if (!past || !past->same[row + i])
				take(&result, &s->pages[row + i], sizeof *s->pages);
		take(&result, &index_at, sizeof index_at);
		if (s->kept)
			s->kept[index].index_at = index_at;
	}
	if (!diags_unpack(pass->w->diags, result))
		bug("a survey result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct pass *pass = self;
	const struct language *l = pass->w->site.languages[pass->units[index]];

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

/* The languages that are looked at; of the others all is known. */
static void
make_units(struct pass *pass)
{
	struct world *w = pass->w;
	struct survey *s = w->survey;

	pass->units = arena_array(w->arena, w->site.nlanguages, sizeof *pass->units);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		if (w->past && w->past->languages[k])
			continue;
		pass->units[pass->nunits++] = k;
		if (s->kept)
			kept_open(&s->kept[k], w->arena);
	}
}

bool
survey_run(struct world *w, const bool *only, bool audit, unsigned jobs)
{
	struct pass pass = { .w = w, .only = only, .audit = audit, .ok = true };
	struct work_plan plan = { .jobs = jobs, .self = &pass, .unit = unit, .done = done,
		.lost = lost };
	struct survey *s = arena_new(w->arena, struct survey);

	s->npages = w->pages.n;
	/* what was found before is taken over as it stands */
	s->pages = w->past ? w->past->pages : arena_array(w->arena, w->site.nlanguages * (s->npages + 1), sizeof *s->pages);
	s->totals = arena_array(w->arena, w->site.nlanguages, sizeof *s->totals);
	s->published = arena_array(w->arena, w->site.nlanguages, sizeof *s->published);
	w->survey = s;
	if (w->keep)
		s->kept = arena_array(w->arena, w->site.nlanguages, sizeof *s->kept);
	make_units(&pass);
	plan.units = pass.nunits;
	if (pass.nunits && !work_run(&plan)) {
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
