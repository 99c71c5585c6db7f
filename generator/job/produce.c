/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass: every product written. */
#include "job/produce.h"

#include "base/work.h"
#include "job/assemble.h"
#include "job/calendar.h"
#include "job/desk.h"
#include "job/feed.h"
#include "job/fonts.h"
#include "job/output.h"
#include "job/search.h"
#include "job/sitemap.h"
#include "job/survey.h"

enum { CPU_SECONDS = 10, RANGE_MIN = 64 };

/* A range of the pages of one language, or the search index of all of them. */
struct unit {
	struct language *language;
	size_t from, to;
	bool search;
	bool look;		/* of another part: only its texts are wanted, for the fonts */
};

struct pass {
	struct produce *p;
	struct output *out;
	struct fonts *fonts;
	struct unit *units;
	size_t nunits;
	bool broken;		/* something could not be written: nothing is published or removed */
};

/* What comes back from a worker, before its messages. */
struct counts {
	uint64_t written, unchanged, failed, broken;
	uint64_t paths;		/* bytes of the paths that follow: products that were not planned */
};

static void
count(struct counts *c, enum file_written how)
{
	c->written += how == FILE_WRITTEN;
	c->unchanged += how == FILE_UNCHANGED;
	c->failed += how == FILE_FAILED;
	c->broken += how == FILE_FAILED;
}

/* The data of the translation desk for one unit of it, or for the list of units. */
static void
write_desk(struct pass *pass, struct locale *l, size_t unit, struct arena *item, struct counts *c, struct diags *d)
{
	const struct world *w = pass->p->world;
	bool list = unit == desk_units(w);
	struct buf json, script;

	if (!desk_page(w) || l->language->source || (!list && !desk_has(w, l->language, unit)))
		return;
	buf_init(&json);
	buf_init(&script);
	if (list)
		desk_overview(l, item, &json);
	else
		desk_unit(l, unit, item, &json);
	desk_script(view_buf(&json), &script);
	count(c, output_write(pass->out, list ? desk_overview_path(item, l->language) : desk_path(w, item, l->language, unit),
	    view_buf(&script), d));
	buf_release(&script);
	buf_release(&json);
}

static void
write_calendar(struct pass *pass, struct locale *l, const struct page *p, struct arena *item, struct counts *c, struct diags *d)
{
	struct buf ics;

	if (!p->calendar.n)
		return;
	buf_init(&ics);
	calendar_write(l, p, item, &ics);
	count(c, output_write(pass->out, calendar_path(item, l->language, p), view_buf(&ics), d));
	buf_release(&ics);
}

static void
write_feed(struct pass *pass, struct locale *l, struct arena *item, struct counts *c, struct diags *d)
{
	struct buf xml;

	buf_init(&xml);
	if (l->world->site.base_url.n && feed_write(l, pass->p->plan, item, &xml))
		count(c, output_write(pass->out, assemble_feed(item, l->language), view_buf(&xml), d));
	buf_release(&xml);
}

static void
write_card(struct pass *pass, const struct locale *l, struct arena *item, struct counts *c, struct diags *d)
{
	struct arena_mark mark = arena_mark(item);
	struct buf png;

	buf_init(&png);
	if (l->world->cards && l->world->cards[l->language->index]) {
		fonts_card(pass->fonts, l, item, &png);
		count(c, output_write(pass->out, assemble_card(item, l->language), view_buf(&png), d));
	}
	buf_release(&png);
	arena_rewind(item, mark);
}

static void
write_pages(struct pass *pass, struct work *work, const struct unit *u, struct locale *l, struct fonts_texts *texts,
    struct counts *c, struct diags *d)
{
	const struct world *w = pass->p->world;
	struct arena item;
	struct buf html;

	arena_init(&item);
	buf_init(&html);
	for (size_t i = u->from; i < u->to; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(&item);

		if (pass->p->plan->left_out[i] || !locale_has(p, u->language) ||
		    !work_item(work, u->language->index * w->pages.n + i))
			continue;
		buf_clear(&html);
		if (u->look) {
			if (assemble_page(l, p, &item, &html, l->diags))
				fonts_texts_page(texts, view_buf(&html));
			arena_rewind(&item, mark);
			continue;
		}
		if (assemble_page(l, p, &item, &html, d)) {
			fonts_texts_page(texts, view_buf(&html));
			count(c, output_write(pass->out, assemble_path(&item, u->language, p), view_buf(&html), d));
		} else {
			c->failed++;
		}
		write_calendar(pass, l, p, &item, c, d);
		write_desk(pass, l, i, &item, c, d);
		arena_rewind(&item, mark);
	}
	for (size_t i = w->pages.n; u->from == 0 && !u->look && i <= desk_units(w); i++)
		write_desk(pass, l, i, &item, c, d);
	if (u->from == 0 && !u->look) {
		write_feed(pass, l, &item, c, d);
		write_card(pass, l, &item, c, d);
	}
	buf_release(&html);
	arena_release(&item);
}

/* The search index of a language; its paths follow the counts, since only now it is known how many files it takes. */
static void
write_search(struct pass *pass, struct work *work, const struct unit *u, struct locale *l, struct counts *c, struct buf *paths,
    struct diags *d)
{
	const struct world *w = pass->p->world;
	struct search *s = search_open(l->arena, u->language);
	struct arena item;
	struct buf html;
	struct list files;

	arena_init(&item);
	buf_init(&html);
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(&item);

		if (pass->p->plan->left_out[i] || !search_has(w, p, u->language) ||
		    !work_item(work, (w->site.nlanguages + u->language->index) * w->pages.n + i))
			continue;
		buf_clear(&html);
		assemble_content(l, p, &item, &html);
		search_add_page(s, l, p, view_buf(&html));
		arena_rewind(&item, mark);
	}
	buf_release(&html);
	files = search_files(s);
	for (size_t i = 0; i < files.n; i++) {
		const struct search_file *f = LIST_AT(&files, struct search_file, i);

		count(c, output_write(pass->out, f->path, f->bytes, d));
		buf_printf(paths, "%.*s\n", VIEW_ARG(f->path));
	}
	arena_release(&item);
}

static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	struct pass *pass = self;
	const struct unit *u = &pass->units[index];
	struct fonts_texts *texts = fonts_texts_open(pass->fonts);
	struct counts c = { 0 };
	struct diags d, quiet;
	struct arena arena;
	struct locale l;
	struct buf paths;

	arena_init(&arena);
	buf_init(&paths);
	diags_init(&d);
	diags_init(&quiet);	/* the survey has reported what is wrong with the catalogs */
	locale_open(&l, &arena, pass->p->world, u->language, false, &quiet);
	if (u->search) {
		write_search(pass, work, u, &l, &c, &paths, &d);
	} else {
		fonts_texts_strings(texts, &l);
		write_pages(pass, work, u, &l, texts, &c, &d);
	}
	c.paths = paths.n;
	buf_add(result, &c, sizeof c);
	buf_addv(result, view_buf(&paths));
	fonts_texts_close(texts, result);
	diags_pack(&d, result);
	diags_release(&quiet);
	diags_release(&d);
	buf_release(&paths);
	arena_release(&arena);
}

static void
add(struct pass *pass, const struct counts *c)
{
	pass->p->written += c->written;
	pass->p->unchanged += c->unchanged;
	pass->p->failed += c->failed;
	pass->broken |= c->broken > 0;
}

static void
done(void *self, size_t index, struct view result)
{
	struct pass *pass = self;
	struct world *w = pass->p->world;
	struct view paths, path;
	struct counts c;

	if (result.n < sizeof c)
		bug("a result is too short");
	memcpy(&c, result.p, sizeof c);
	add(pass, &c);
	result = view_slice(result, sizeof c, result.n);
	paths = view_copy(w->arena, view_slice(result, 0, c.paths));
	while (view_cut(&paths, '\n', &path))
		if (path.n && pass->units[index].search)
			plan_add(pass->p->plan, w, path, search_page(w)->file);
	result = view_slice(result, c.paths, result.n);
	fonts_take(pass->fonts, &result);
	if (!diags_unpack(w->diags, result))
		bug("a result is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct pass *pass = self;
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

static void
tick(void *self, size_t begun, size_t all)
{
	struct pass *pass = self;

	if (pass->p->progress)
		pass->p->progress(pass->p->self, begun, all);
}

/* Published, and of this part; the part that makes the fonts reads the others, too. */
static bool
is_wanted(const struct pass *pass, const struct language *l)
{
	const struct plan *p = pass->p->plan;

	return p->languages[l->index] && (plan_mine_language(p, l) || (plan_mine_shared(p) && pass->p->world->fonts));
}

/* Languages, cut into ranges of pages where there are fewer of them than workers could use. */
static void
make_units(struct pass *pass)
{
	const struct world *w = pass->p->world;
	size_t npublished = 0, wanted = 2 * (size_t)pass->p->jobs, parts;

	for (size_t k = 0; k < w->site.nlanguages; k++)
		npublished += is_wanted(pass, w->site.languages[k]);
	parts = npublished && npublished < wanted ? (wanted + npublished - 1) / npublished : 1;
	if (parts > w->pages.n / RANGE_MIN + 1)
		parts = w->pages.n / RANGE_MIN + 1;
	pass->units = arena_array(w->arena, npublished * (parts + 1), sizeof *pass->units);
	for (size_t k = 0; k < w->site.nlanguages; k++)
		for (size_t i = 0; i < parts && is_wanted(pass, w->site.languages[k]); i++)
			pass->units[pass->nunits++] = (struct unit){ w->site.languages[k], w->pages.n * i / parts,
				w->pages.n * (i + 1) / parts, false, !plan_mine_language(pass->p->plan, w->site.languages[k]) };
	for (size_t k = 0; search_page(w) && k < w->site.nlanguages; k++)
		if (pass->p->plan->languages[k] && plan_mine_language(pass->p->plan, w->site.languages[k]))
			pass->units[pass->nunits++] = (struct unit){ w->site.languages[k], 0, 0, true, false };
}

/* The names of languages and titles on the chooser are texts for fonts, too. */
static void
take_chooser(struct pass *pass, struct view html)
{
	struct fonts_texts *texts = fonts_texts_open(pass->fonts);
	struct view gathered;
	struct buf b;

	buf_init(&b);
	fonts_texts_page(texts, html);
	fonts_texts_close(texts, &b);
	gathered = view_buf(&b);
	fonts_take(pass->fonts, &gathered);
	buf_release(&b);
}

static void
write_fonts(struct pass *pass)
{
	struct fonts_done done = fonts_write(pass->fonts, pass->out, pass->p->jobs);

	add(pass, &(struct counts){ .written = done.written, .unchanged = done.unchanged, .failed = done.failed });
}

/* Files published as they are, the chooser and the sitemaps: few, so written here. */
static void
write_rest(struct pass *pass)
{
	struct world *w = pass->p->world;
	struct counts c = { 0 };
	struct arena item;
	struct locale l;
	struct diags quiet;
	struct buf html;

	arena_init(&item);
	for (size_t i = 0; i < w->assets.n; i++) {
		const struct asset *a = *LIST_AT(&w->assets, struct asset *, i);
		struct arena_mark mark = arena_mark(&item);
		struct view bytes;

		if (!plan_mine(pass->p->plan, a->out))
			continue;
		if (file_read(&w->site.root, &item, a->path, ASSET_MAX_BYTES, &bytes, w->diags))
			count(&c, output_write(pass->out, a->out, bytes, w->diags));
		else
			c.failed++;
		arena_rewind(&item, mark);
	}
	diags_init(&quiet);
	buf_init(&html);
	locale_open(&l, &item, w, w->site.source, false, &quiet);
	if (plan_has(pass->p->plan, VIEW("index.html")) && assemble_chooser(&l, &item, &html, w->diags)) {
		take_chooser(pass, view_buf(&html));
		count(&c, output_write(pass->out, VIEW("index.html"), view_buf(&html), w->diags));
	}
	buf_clear(&html);
	if (plan_has(pass->p->plan, VIEW("404.html")) && assemble_not_found(&l, &item, &html, w->diags)) {
		take_chooser(pass, view_buf(&html));
		count(&c, output_write(pass->out, VIEW("404.html"), view_buf(&html), w->diags));
	}
	for (size_t k = 0; w->site.base_url.n && k <= w->site.nlanguages; k++) {
		const struct language *lang = k < w->site.nlanguages ? w->site.languages[k] : NULL;

		buf_clear(&html);
		if (plan_has(pass->p->plan, sitemap_path(&item, lang)) && sitemap_write(w, pass->p->plan, lang, &item, &html))
			count(&c, output_write(pass->out, sitemap_path(&item, lang), view_buf(&html), w->diags));
	}
	add(pass, &c);
	buf_release(&html);
	diags_release(&quiet);
	arena_release(&item);
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

bool
produce_run(struct produce *p)
{
	struct world *w = p->world;
	struct output out;
	struct pass pass = { .p = p, .out = &out };
	struct work_plan plan = { .jobs = p->jobs, .items = w->site.nlanguages * w->pages.n * (search_page(w) ? 2 : 1),
		.cpu_seconds = CPU_SECONDS, .self = &pass, .unit = unit, .done = done, .lost = lost, .tick = tick };
	bool ok;

	if (w->site.base_url.n) {
		sitemap_plan(w, p->plan);
		feed_plan(w, p->plan);
	}
	plan_desk(w, p->plan);
	pass.fonts = fonts_open(w, p->plan);
	if (w->site.base_url.n)
		fonts_cards_open(pass.fonts, p->plan);
	plan_cut(p->plan);
	if (!output_open(&out, w->arena, p->out, p->plan, w->diags)) {
		fonts_close(pass.fonts);
		return false;
	}
	make_units(&pass);
	plan.units = pass.nunits;
	ok = work_run(&plan);
	if (!ok)
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
	write_rest(&pass);
	if (plan_mine_shared(p->plan))
		write_fonts(&pass);
	fonts_close(pass.fonts);
	survey_forget(w);
	p->removed = output_close(&out, ok && !pass.broken, w->diags);
	return ok && p->failed == 0;
}
