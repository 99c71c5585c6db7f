/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In the parent: what belongs to no page. */
#include "job/produce_parts.h"

#include "job/assemble.h"
#include "job/sitemap.h"

/* The names of languages and titles on the chooser are texts for fonts, too. */
static void
take_chooser(struct produce_pass *pass, struct view html)
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

void
produce_fonts(struct produce_pass *pass)
{
	size_t said = pass->p->world->diags->list.n;
	struct fonts_done done;

	if (!pass->gather && pass->p->depend)
		return;
	done = fonts_write(pass->fonts, pass->out, pass->p->jobs);
	if (done.failed == 0 && pass->p->world->diags->list.n == said)
		depend_made_fonts(pass->p->depend);
	produce_add(pass, &(struct produce_counts){ .written = done.written, .unchanged = done.unchanged, .failed = done.failed });
}

static void
write_assets(struct produce_writer *wr, struct arena *item)
{
	const struct world *w = wr->pass->p->world;

	for (size_t i = 0; i < w->assets.n; i++) {
		const struct asset *a = *LIST_AT(&w->assets, struct asset *, i);
		struct arena_mark mark = arena_mark(item);
		struct view bytes;

		if (!plan_mine(wr->pass->p->plan, a->out) || !produce_begin(wr, a->out))
			continue;
		if (file_read(&w->site.root, item, a->path, ASSET_MAX_BYTES, &bytes, w->diags))
			produce_put(wr, a->out, bytes);
		else
			wr->counts->failed++;
		arena_rewind(item, mark);
	}
}

/* A page of no language: the chooser, or for addresses that lead nowhere. */
static void
write_single(struct produce_writer *wr, struct view path, bool (*assemble)(struct locale *, struct arena *, struct buf *, struct diags *),
    struct arena *item)
{
	struct produce_pass *pass = wr->pass;
	struct buf html;

	buf_init(&html);
	if (produce_begin(wr, path)) {
		if (assemble(wr->locale, item, &html, wr->diags)) {
			take_chooser(pass, view_buf(&html));
			produce_put(wr, path, view_buf(&html));
		}
	} else if (pass->gather) {
		struct view old;

		if (file_read(&pass->out->root, item, view_join(item, VIEW("site"), path), PRODUCE_PAGE_MAX_BYTES, &old, wr->diags))
			take_chooser(pass, old);
	}
	buf_release(&html);
}

static void
write_sitemaps(struct produce_writer *wr, struct arena *item)
{
	const struct world *w = wr->pass->p->world;
	struct buf xml;

	buf_init(&xml);
	for (size_t k = 0; w->site.base_url.n && k <= w->site.nlanguages; k++) {
		const struct language *lang = k < w->site.nlanguages ? w->site.languages[k] : NULL;
		struct view path = sitemap_path(item, lang);

		buf_clear(&xml);
		if (plan_has(wr->pass->p->plan, path) && produce_begin(wr, path) && sitemap_write(w, wr->pass->p->plan, lang, item, &xml))
			produce_put(wr, path, view_buf(&xml));
	}
	buf_release(&xml);
}

/* Files published as they are, the chooser and the sitemaps: few, so written here. */
void
produce_rest(struct produce_pass *pass)
{
	struct world *w = pass->p->world;
	struct produce_counts c = { 0 };
	struct arena item;
	struct locale l;
	struct diags quiet;
	struct produce_writer wr = { .pass = pass, .locale = &l, .counts = &c, .diags = w->diags };

	arena_init(&item);
	buf_init(&wr.made);
	diags_init(&quiet);
	locale_open(&l, &item, w, w->site.source, false, &quiet);
	write_assets(&wr, &item);
	if (plan_has(pass->p->plan, VIEW("index.html")))
		write_single(&wr, VIEW("index.html"), assemble_chooser, &item);
	if (plan_has(pass->p->plan, VIEW("404.html")))
		write_single(&wr, VIEW("404.html"), assemble_not_found, &item);
	write_sitemaps(&wr, &item);
	depend_take(pass->p->depend, view_buf(&wr.made));
	produce_add(pass, &c);
	buf_release(&wr.made);
	diags_release(&quiet);
	arena_release(&item);
}
