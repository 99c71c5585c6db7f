/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass: every product written. */
#include "job/produce_parts.h"

#include "job/assemble.h"
#include "job/calendar.h"
#include "job/desk.h"
#include "job/feed.h"
#include "job/search.h"
#include "job/sitemap.h"
#include "job/survey.h"

enum { CPU_SECONDS = 10, RANGE_MIN = 64, UNITS_A_JOB = 8, LAST_FINER = 4 };

void
produce_add(struct produce_pass *pass, const struct produce_counts *c)
{
	pass->p->written += c->written;
	pass->p->unchanged += c->unchanged;
	pass->p->failed += c->failed;
	pass->broken |= c->broken > 0;
}

static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	struct produce_pass *pass = self;
	const struct produce_unit *u = &pass->units[index];
	struct fonts_texts *texts = fonts_texts_open(pass->fonts);
	struct produce_counts c = { 0 };
	struct diags d, quiet;
	struct arena arena;
	struct locale l;
	struct buf paths;
	struct produce_writer wr = { .pass = pass, .locale = &l, .counts = &c, .diags = &d };

	arena_init(&arena);
	buf_init(&paths);
	buf_init(&wr.made);
	diags_init(&d);
	diags_init(&quiet);	/* the survey has reported what is wrong with the catalogs */
	locale_open(&l, &arena, pass->p->world, u->language, false, &quiet);
	if (u->search) {
		produce_search(&wr, work, u, &paths);
	} else {
		fonts_texts_strings(texts, &l);
		produce_pages(&wr, work, u, texts);
	}
	c.paths = paths.n;
	c.made = wr.made.n;
	buf_add(result, &c, sizeof c);
	buf_addv(result, view_buf(&paths));
	buf_addv(result, view_buf(&wr.made));
	fonts_texts_close(texts, result);
	diags_pack(&d, result);
	diags_release(&quiet);
	diags_release(&d);
	buf_release(&wr.made);
	buf_release(&paths);
	arena_release(&arena);
}

static void
done(void *self, size_t index, struct view result)
{
	struct produce_pass *pass = self;
	struct world *w = pass->p->world;
	struct view paths, rest, path;
	struct produce_counts c;

	if (result.n < sizeof c)
		bug("a result is too short");
	memcpy(&c, result.p, sizeof c);
	produce_add(pass, &c);
	result = view_slice(result, sizeof c, result.n);
	paths = rest = view_copy(w->arena, view_slice(result, 0, c.paths));
	while (view_cut(&rest, '\n', &path))
		if (path.n && pass->units[index].search)
			plan_add(pass->p->plan, w, path, search_page(w)->file);
	if (pass->units[index].search && c.failed == 0)
		depend_made_search(pass->p->depend, pass->units[index].language, paths);
	depend_take(pass->p->depend, view_slice(result, c.paths, c.paths + c.made));
	result = view_slice(result, c.paths + c.made, result.n);
	fonts_take(pass->fonts, &result);
	if (!diags_unpack(w->diags, result))
		bug("a result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct produce_pass *pass = self;
	struct world *w = pass->p->world;
	struct view tag = pass->units[index].language->lang->tag;
	struct place place = PLACE_NONE;

	/* a page that took too long is not in the index either; that was said */
	if (pass->units[index].search && item != (size_t)WORK_NO_ITEM && strcmp(why, "time") == 0)
		return;
	pass->p->failed++;
	if (item != (size_t)WORK_NO_ITEM)
		place = place_file((*LIST_AT(&w->pages, struct page *, item % w->pages.n))->file);
	if (item != (size_t)WORK_NO_ITEM && !pass->units[index].search)
		output_drop(pass->out, assemble_path(w->arena, pass->units[index].language, *LIST_AT(&w->pages, struct page *, item % w->pages.n)));
	if (item != (size_t)WORK_NO_ITEM && strcmp(why, "time") == 0)
		diag(w->diags, page_timeout, place, VIEW("10"), tag);
	else if (strcmp(why, "memory") == 0)
		diag(w->diags, memory, place);
	else
		diag(w->diags, work_died, place, view_str(why));
	pass->broken |= item == (size_t)WORK_NO_ITEM || strcmp(why, "memory") == 0;
}

/* In the parent, beside the workers. */
static void
meanwhile(void *self)
{
	struct produce_pass *pass = self;

	pass->rested = true;
	depend_ahead(pass->p->depend);
	produce_rest(pass);
}

static void
tick(void *self, size_t begun, size_t all)
{
	struct produce_pass *pass = self;

	if (pass->p->progress)
		pass->p->progress(pass->p->self, begun, all);
}

/* Published, and of this part; the part that makes the fonts reads the others, too. */
static bool
is_wanted(const struct produce_pass *pass, const struct language *l)
{
	const struct plan *p = pass->p->plan;

	return p->languages[l->index] && (plan_mine_language(p, l) || (plan_mine_shared(p) && pass->p->world->fonts));
}

/* Whether anything of a range of pages is to be made, or read for fonts. */
static bool
has_work(const struct produce_pass *pass, const struct produce_unit *u)
{
	const struct world *w = pass->p->world;
	const struct depend *x = pass->p->depend;
	struct arena_mark mark;
	bool work = !x || pass->gather, desk = pass->desk;

	if (!work && depend_fresh_language(x, u->language))
		return false;
	mark = arena_mark(w->arena);

	for (size_t i = u->from; i < u->to && !work; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (!depend_touches(x, i) || pass->p->plan->left_out[i] || !locale_has(p, u->language))
			continue;
		work = !depend_fresh(x, assemble_path(w->arena, u->language, p)) ||
		    (p->calendar.n && !depend_fresh(x, calendar_path(w->arena, u->language, p))) ||
		    (desk && desk_has(w, u->language, i) && !depend_fresh(x, desk_path(w, w->arena, u->language, i)));
	}
	for (size_t i = w->pages.n; u->from == 0 && desk && i < desk_units(w) && !work; i++)
		work = desk_has(w, u->language, i) && !depend_fresh(x, desk_path(w, w->arena, u->language, i));
	if (u->from == 0 && !work)
		work = (desk && !u->language->source && !depend_fresh(x, desk_overview_path(w->arena, u->language))) ||
		    (w->site.base_url.n && !depend_fresh(x, assemble_feed(w->arena, u->language))) ||
		    (w->cards && w->cards[u->language->index] && !depend_fresh(x, assemble_card(w->arena, u->language)));
	arena_rewind(w->arena, mark);
	return work;
}

static void
add_unit(struct produce_pass *pass, const struct produce_unit *u)
{
	if (u->search ? !depend_fresh_search(pass->p->depend, u->language) : has_work(pass, u))
		pass->units[pass->nunits++] = *u;
}

/* The pages of a language, in parts. */
static void
add_ranges(struct produce_pass *pass, struct language *l, size_t parts)
{
	size_t n = pass->p->world->pages.n;

	for (size_t i = 0; i < parts; i++)
		add_unit(pass, &(struct produce_unit){ l, n * i / parts, n * (i + 1) / parts, false, !plan_mine_language(pass->p->plan, l) });
}

/*
 * Languages, cut into ranges of pages where there are fewer of them than workers could use. The last are cut finer: whoever is done first waits for
 * others as long as a unit takes at most.
 */
static void
make_units(struct produce_pass *pass)
{
	const struct world *w = pass->p->world;
	size_t npublished = 0, jobs = pass->p->jobs, wanted = UNITS_A_JOB * jobs, most = w->pages.n / RANGE_MIN + 1, parts, left;

	for (size_t k = 0; k < w->site.nlanguages; k++)
		npublished += is_wanted(pass, w->site.languages[k]);
	parts = npublished && npublished < wanted ? (wanted + npublished - 1) / npublished : 1;
	if (parts > most)
		parts = most;
	pass->units = arena_array(w->arena, npublished * (parts * LAST_FINER + 1), sizeof *pass->units);
	left = npublished;
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		size_t finer = parts * LAST_FINER < most ? parts * LAST_FINER : most;

		if (is_wanted(pass, w->site.languages[k]))
			add_ranges(pass, w->site.languages[k], jobs > 1 && left-- <= jobs ? finer : parts);
	}
	for (size_t k = 0; search_page(w) && k < w->site.nlanguages; k++)
		if (pass->p->plan->languages[k] && plan_mine_language(pass->p->plan, w->site.languages[k]))
			add_unit(pass, &(struct produce_unit){ w->site.languages[k], 0, 0, true, false });
}

static void
plan_desk(struct world *w, struct plan *p)
{
	const struct page *desk = desk_page(w);

	for (size_t k = 0; desk && k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		if (l->source || !p->languages[k])
			continue;
		plan_add(p, w, desk_overview_path(w->arena, l), desk->file);
		for (size_t i = 0; i < desk_units(w); i++)
			if (desk_has(w, l, i))
				plan_add(p, w, desk_path(w, w->arena, l, i), desk_file(w, i));
	}
}

/* All products but pages and files published as they are. */
static void
plan_rest(struct produce_pass *pass)
{
	struct world *w = pass->p->world;
	struct plan *plan = pass->p->plan;

	if (w->site.base_url.n) {
		sitemap_plan(w, plan);
		feed_plan(w, plan);
	}
	plan_desk(w, plan);
	pass->fonts = fonts_open(w, plan);
	if (w->site.base_url.n)
		fonts_cards_open(pass->fonts, plan);
	plan_cut(plan);
}

bool
produce_run(struct produce *p)
{
	struct world *w = p->world;
	struct output out;
	struct produce_pass pass = { .p = p, .out = &out };
	struct work_plan plan = { .jobs = p->jobs, .items = w->site.nlanguages * w->pages.n * (search_page(w) ? 2 : 1),
		.cpu_seconds = CPU_SECONDS, .self = &pass, .unit = unit, .done = done, .lost = lost, .meanwhile = meanwhile,
		.late = &w->late, .tick = tick };
	bool ok;

	if (p->plan->logged)
		pass.fonts = fonts_none(w);
	else
		plan_rest(&pass);
	if (!output_open(&out, w->arena, p->out, p->plan, w->diags)) {
		fonts_close(pass.fonts);
		return false;
	}
	if (p->plan->logged && !depend_alone(p->depend, &out)) {
		fonts_close(pass.fonts);
		plan_list(p->plan, w);
		plan_rest(&pass);
	}
	depend_plan(p->depend, w, p->plan, pass.fonts, &out);
	pass.gather = fonts_any(pass.fonts) && !depend_fresh_fonts(p->depend);
	pass.desk = desk_page(w) != NULL;
	make_units(&pass);
	plan.units = pass.nunits;
	ok = pass.nunits == 0 || work_run(&plan);
	if (!ok)
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
	if (!pass.rested)
		meanwhile(&pass);
	if (plan_mine_shared(p->plan))
		produce_fonts(&pass);
	fonts_close(pass.fonts);
	survey_forget(w);
	p->unchanged += depend_kept(p->depend);
	p->removed = output_close(&out, ok && !pass.broken, w->diags);
	depend_logged(p->depend, &out.log);
	return ok && p->failed == 0;
}
