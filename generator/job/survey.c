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
	bool *said;		/* one a language: something was reported */
	struct unit *units;
	size_t nunits;
};

/* A part of the pages of a language. */
struct unit {
	size_t language;	/* by index */
	size_t part;
	size_t from, to;	/* pages */
};

/* Parts cost a look at interface words and data each. */
enum { UNITS_A_JOB = 16, UNITS_MAX = 128, PART_MIN = 64 };

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

/* Interface words, data, and what can be said of a language when all its pages are known. */
static void
survey_rest(struct locale *l, struct buf *result)
{
	const struct world *w = l->world;
	struct locale_page rest = { 0 };

	tally_sum(&rest.tally, &l->strings.tally);
	for (size_t i = 0; i < w->data.n; i++)
		tally_sum(&rest.tally, &l->data[i].tally);
	if (!l->language->source)
		locale_strays(l);
	exceptions_unused(w->site.exceptions, l->language, l->diags);
	put_page(result, &rest, false);
}

static void
survey_pages(struct locale *l, const struct unit *u, struct kept_writer *keeper, struct buf *result)
{
	const struct world *w = l->world;
	const struct locale_page rest = { 0 };
	const size_t row = u->language * (w->pages.n + 1);

	for (size_t i = u->from; i < u->to; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(l->arena);
		const struct locale_page *lp;
		size_t said = l->diags->list.n;

		if (w->past && w->past->same[row + i]) {	/* its parent has it */
			kept_page(keeper, &rest);
			continue;
		}
		lp = locale_has(p, l->language) && !p->version ? locale_page(l, p) : &rest;
		put_page(result, lp, l->diags->list.n > said);
		kept_page(keeper, lp);
		locale_forget(l, p);
		arena_rewind(l->arena, mark);
	}
}

/* In the child: a part of a language; the last one says what is left to say of it. */
static void
unit(void *self, struct work *work, size_t number, struct buf *result)
{
	struct pass *pass = self;
	struct world *w = pass->w;
	const struct survey *s = w->survey;
	const struct unit *u = &pass->units[number];
	struct survey_kept kept = { .file = work_number(work) };
	struct kept_writer keeper;
	struct arena arena;
	struct locale l;
	struct diags d, quiet;
	bool said;

	arena_init(&arena);
	diags_init(&d);
	diags_init(&quiet);
	if (!pass->only || pass->only[u->language]) {
		/* what is wrong with interface words and data is said once */
		locale_open(&l, &arena, w, w->site.languages[u->language], pass->audit, u->part ? &quiet : &d);
		l.diags = &d;
		kept_begin(&keeper, w, s->kept ? s->files[kept.file] : NULL);
		survey_pages(&l, u, &keeper, result);
		kept_end(&keeper, &kept);
		if (u->part + 1 == s->parts)
			survey_rest(&l, result);
		said = d.list.n > 0;
		buf_add(result, &kept, sizeof kept);
		buf_add(result, &said, sizeof said);
	}
	diags_pack(&d, result);
	diags_release(&quiet);
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
	const struct unit *u = &pass->units[number];
	const struct survey_past *past = pass->w->past;
	const size_t row = u->language * (s->npages + 1), rest = u->part + 1 == s->parts;
	struct survey_kept kept;
	bool said = false;

	if (!pass->only || pass->only[u->language]) {
		for (size_t i = u->from; i < u->to + rest; i++)
			if (!past || !past->same[row + i])
				take(&result, &s->pages[row + i], sizeof *s->pages);
		take(&result, &kept, sizeof kept);
		take(&result, &said, sizeof said);
		pass->said[u->language] |= said;
		if (s->kept)
			s->kept[u->language * s->parts + u->part] = kept;
	}
	if (!diags_unpack(pass->w->diags, result))
		bug("a survey result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct pass *pass = self;
	const struct language *l = pass->w->site.languages[pass->units[index].language];

	(void)item;
	if (strcmp(why, "memory") == 0)
		diag(pass->w->diags, memory, place_file(l->dir));
	else
		diag(pass->w->diags, work_died, place_file(l->dir), view_str(why));
	pass->ok = false;
}

static void
add_up(const struct pass *pass)
{
	const struct world *w = pass->w;
	const bool *only = pass->only;
	struct survey *s = w->survey;

	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		s->pages[k * (s->npages + 1) + s->npages].said |= pass->said[k];
		for (size_t i = 0; i <= s->npages; i++)
			tally_sum(&s->totals[k], &s->pages[k * (s->npages + 1) + i].tally);
		s->published[k] = (!only || only[k]) && (l->source || tally_share(&s->totals[k]) >= l->publish_from);
	}
}

/* Workers end together where units are small. What an exception admits is known to be used only by who has seen all pages. */
static size_t
parts_of(const struct pass *pass, unsigned jobs)
{
	const struct world *w = pass->w;
	size_t wanted = UNITS_A_JOB * (size_t)jobs, n = w->site.nlanguages, parts;

	if (jobs < 2 || n == 0 || w->past || pass->audit || (w->site.exceptions && w->site.exceptions->all.n))
		return 1;
	parts = ((wanted < UNITS_MAX ? wanted : UNITS_MAX) + n - 1) / n;
	return parts < w->pages.n / PART_MIN + 1 ? parts : w->pages.n / PART_MIN + 1;
}

/* The languages that are looked at; of the others all is known. */
static void
make_units(struct pass *pass)
{
	struct world *w = pass->w;
	struct survey *s = w->survey;

	pass->units = arena_array(w->arena, w->site.nlanguages * s->parts, sizeof *pass->units);
	for (size_t i = 0; i < s->parts; i++) {
		for (size_t k = 0; k < w->site.nlanguages; k++) {
			if (w->past && w->past->languages[k])
				continue;
			pass->units[pass->nunits++] = (struct unit){ k, i, kept_from(s, i), kept_from(s, i + 1) };
		}
	}
}

bool
survey_run(struct world *w, const bool *only, bool audit, unsigned jobs)
{
	struct pass pass = { .w = w, .only = only, .audit = audit, .ok = true };
	struct work_plan plan = { .jobs = jobs, .self = &pass, .unit = unit, .done = done,
		.lost = lost, .late = &w->late };
	struct survey *s = arena_new(w->arena, struct survey);

	s->npages = w->pages.n;
	/* what was found before is taken over as it stands */
	s->pages = w->past ? w->past->pages : arena_array(w->arena, w->site.nlanguages * (s->npages + 1), sizeof *s->pages);
	s->totals = arena_array(w->arena, w->site.nlanguages, sizeof *s->totals);
	s->published = arena_array(w->arena, w->site.nlanguages, sizeof *s->published);
	w->survey = s;
	s->parts = parts_of(&pass, jobs);
	pass.said = arena_array(w->arena, w->site.nlanguages, sizeof *pass.said);
	if (w->keep)
		s->kept = arena_array(w->arena, w->site.nlanguages * s->parts, sizeof *s->kept);
	make_units(&pass);
	if (s->kept)
		kept_open(s, w->arena, jobs < pass.nunits ? jobs : (unsigned)pass.nunits);
	plan.units = pass.nunits;
	if (pass.nunits && !work_run(&plan)) {
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
		return false;
	}
	add_up(&pass);
	return pass.ok;
}

const struct survey_page *
survey_page(const struct world *w, const struct language *l, const struct page *p)
{
	return &w->survey->pages[l->index * (w->survey->npages + 1) + p->index];
}
