/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In a worker: pages, with what belongs to them, and search indexes. */
#include "job/produce_parts.h"

#include "job/assemble.h"
#include "job/calendar.h"
#include "job/desk.h"
#include "job/feed.h"
#include "job/search.h"

static void
count(struct produce_counts *c, enum file_written how)
{
	c->written += how == FILE_WRITTEN;
	c->unchanged += how == FILE_UNCHANGED;
	c->failed += how == FILE_FAILED;
	c->broken += how == FILE_FAILED;
}

/* Begins a product; false when the one that is there may stay. */
bool
produce_begin(struct produce_writer *wr, struct view path)
{
	wr->locale->reads = 0;
	wr->said = wr->diags->list.n;
	return !depend_fresh(wr->pass->p->depend, path);
}

/* A product about which there is something to say is made again each time, so that it is said each time. */
static void
end(struct produce_writer *wr, struct view path, enum file_written how, const struct file_stamp *s)
{
	count(wr->counts, how);
	if (how != FILE_FAILED && wr->diags->list.n == wr->said)
		depend_made(wr->pass->p->depend, wr->pass->out, path, how, s, wr->locale->reads, &wr->made);
}

void
produce_put(struct produce_writer *wr, struct view path, struct view bytes)
{
	struct file_stamp s;
	enum file_written how = output_write_stamp(wr->pass->out, path, bytes, &s, wr->diags);

	end(wr, path, how, &s);
}

/* The data of the translation desk for one unit of it, or for the list of units. */
static void
write_desk(struct produce_writer *wr, size_t unit, struct arena *item)
{
	const struct world *w = wr->pass->p->world;
	struct locale *l = wr->locale;
	bool list = unit == desk_units(w);
	struct buf json, script;
	struct view path;

	if (!wr->pass->desk || l->language->source || (!list && !desk_has(w, l->language, unit)))
		return;
	path = list ? desk_overview_path(item, l->language) : desk_path(w, item, l->language, unit);
	if (!produce_begin(wr, path))
		return;
	buf_init(&json);
	buf_init(&script);
	if (list)
		desk_overview(l, item, &json);
	else
		desk_unit(l, unit, item, &json);
	desk_script(view_buf(&json), &script);
	produce_put(wr, path, view_buf(&script));
	buf_release(&script);
	buf_release(&json);
}

static void
write_calendar(struct produce_writer *wr, const struct page *p, struct arena *item)
{
	struct view path;
	struct buf ics;

	if (!p->calendar.n)
		return;
	path = calendar_path(item, wr->locale->language, p);
	if (!produce_begin(wr, path))
		return;
	buf_init(&ics);
	calendar_write(wr->locale, p, item, &ics);
	produce_put(wr, path, view_buf(&ics));
	buf_release(&ics);
}

static void
write_card(struct produce_writer *wr, struct arena *item)
{
	const struct locale *l = wr->locale;
	struct view path = assemble_card(item, l->language);
	struct arena_mark mark = arena_mark(item);
	struct buf png;

	if (!l->world->cards || !l->world->cards[l->language->index] || !produce_begin(wr, path))
		return;
	buf_init(&png);
	fonts_card(wr->pass->fonts, l, item, &png);
	produce_put(wr, path, view_buf(&png));
	buf_release(&png);
	arena_rewind(item, mark);
}

static void
write_feed(struct produce_writer *wr, struct arena *item)
{
	struct view path = assemble_feed(item, wr->locale->language);
	struct buf xml;

	if (!wr->locale->world->site.base_url.n || !produce_begin(wr, path))
		return;
	buf_init(&xml);
	if (feed_write(wr->locale, wr->pass->p->plan, item, &xml))
		produce_put(wr, path, view_buf(&xml));
	else
		depend_made(wr->pass->p->depend, wr->pass->out, path, FILE_UNCHANGED, NULL, 0, &wr->made);
	buf_release(&xml);
}

/* The texts of a page that stays, from where it is published. */
static bool
read_texts(const struct produce_pass *pass, struct fonts_texts *texts, struct view path, struct arena *item)
{
	struct diags quiet;
	struct view html;
	bool ok;

	if (!pass->gather)
		return true;
	diags_init(&quiet);
	ok = file_read_if(&pass->out->root, item, view_join(item, VIEW("site"), path), PRODUCE_PAGE_MAX_BYTES, &html, &quiet);
	if (ok)
		fonts_texts_page(texts, html);
	diags_release(&quiet);
	return ok;
}

static void
write_page(struct produce_writer *wr, const struct page *p, struct fonts_texts *texts, struct arena *item, struct buf *html)
{
	struct view path = assemble_path(item, wr->locale->language, p);

	if (!produce_begin(wr, path) && read_texts(wr->pass, texts, path, item))
		return;
	buf_clear(html);
	if (assemble_page(wr->locale, p, item, html, wr->diags)) {
		fonts_texts_page(texts, view_buf(html));
		produce_put(wr, path, view_buf(html));
	} else {
		wr->counts->failed++;
	}
}

/* Of another part: nothing is written. */
static void
look_at_page(struct produce_writer *wr, const struct page *p, struct fonts_texts *texts, struct arena *item, struct buf *html)
{
	buf_clear(html);
	if (assemble_page(wr->locale, p, item, html, wr->locale->diags))
		fonts_texts_page(texts, view_buf(html));
}

void
produce_pages(struct produce_writer *wr, struct work *work, const struct produce_unit *u, struct fonts_texts *texts)
{
	struct produce_pass *pass = wr->pass;
	const struct world *w = pass->p->world;
	struct arena item;
	struct buf html;

	arena_init(&item);
	buf_init(&html);
	for (size_t i = u->from; i < u->to; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct arena_mark mark = arena_mark(&item);

		if (!depend_touches(pass->p->depend, i) || pass->p->plan->left_out[i] || !locale_has(p, u->language) ||
		    !work_item(work, u->language->index * w->pages.n + i))
			continue;
		if (u->look) {
			look_at_page(wr, p, texts, &item, &html);
			arena_rewind(&item, mark);
			continue;
		}
		write_page(wr, p, texts, &item, &html);
		write_calendar(wr, p, &item);
		write_desk(wr, i, &item);
		arena_rewind(&item, mark);
	}
	for (size_t i = w->pages.n; u->from == 0 && !u->look && i <= desk_units(w); i++)
		write_desk(wr, i, &item);
	if (u->from == 0 && !u->look) {
		write_feed(wr, &item);
		write_card(wr, &item);
	}
	buf_release(&html);
	arena_release(&item);
}

void
produce_search(struct produce_writer *wr, struct work *work, const struct produce_unit *u, struct buf *paths)
{
	struct produce_pass *pass = wr->pass;
	struct locale *l = wr->locale;
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

		count(wr->counts, output_write(pass->out, f->path, f->bytes, wr->diags));
		buf_printf(paths, "%.*s\n", VIEW_ARG(f->path));
	}
	arena_release(&item);
}

