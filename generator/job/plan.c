/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build will write. */
#include "job/plan.h"

#include "job/assemble.h"
#include "job/calendar.h"
#include "job/survey.h"

bool
plan_has(const struct plan *p, struct view path)
{
	return map_get(&p->paths, path) != NULL;
}

void
plan_add(struct plan *p, struct world *w, struct view path, struct view from)
{
	struct view *v = arena_new(w->arena, struct view);

	*v = from;
	map_add(&p->paths, path, v);
}

bool
plan_mine_shared(const struct plan *p)
{
	return p->shard <= 1;
}

bool
plan_mine_language(const struct plan *p, const struct language *l)
{
	size_t before = 0;

	for (size_t k = 0; k < l->index && p->shards; k++)
		before += p->languages[k];
	return p->shards == 0 || before % p->shards == p->shard - 1;
}

bool
plan_mine(const struct plan *p, struct view path)
{
	struct view folder = view_slice(path, 0, view_find(path, '/'));
	const struct world *w = p->world;

	for (size_t k = 0; p->shards && k < w->site.nlanguages && folder.n < path.n; k++)
		if (p->languages[k] && view_eq(w->site.languages[k]->folder, folder))
			return plan_mine_language(p, w->site.languages[k]);
	return plan_mine_shared(p);
}

void
plan_cut(struct plan *p)
{
	struct map all = p->paths;

	if (p->shards == 0)
		return;
	map_init(&p->paths, all.arena);
	for (size_t i = 0; i < all.n; i++)
		if (plan_mine(p, all.entries[i].key))
			map_add(&p->paths, all.entries[i].key, all.entries[i].value);
}

static void
plan_page(struct plan *p, struct world *w, const struct page *page, const struct language *l)
{
	struct view path = assemble_path(w->arena, l, page);
	size_t n = p->paths.n;
	const struct view *other = map_add(&p->paths, path, (void *)(uintptr_t)&page->file);

	if (p->paths.n > n) {
		if (page->calendar.n)
			plan_add(p, w, calendar_path(w->arena, l, page), page->file);
		return;
	}
	if (!p->left_out[page->index])
		diag(w->diags, output_collision, place_at(page->file, 1, 1, 0), path, *other);
	p->left_out[page->index] = true;
}

static void
begin(struct plan *p, struct world *w, const bool *only)
{
	*p = (struct plan){ .world = w };
	p->left_out = arena_array(w->arena, w->pages.n, sizeof *p->left_out);
	p->languages = arena_array(w->arena, w->site.nlanguages, sizeof *p->languages);
	for (size_t k = 0; k < w->site.nlanguages; k++)
		p->languages[k] = w->survey->published[k] && (!only || only[k]);
	for (size_t i = 0; i < w->pages.n; i++)	/* of a version the general page is the product */
		p->left_out[i] = (*LIST_AT(&w->pages, struct page *, i))->version;
}

void
plan_list(struct plan *p, struct world *w)
{
	map_init(&p->paths, w->arena);
	map_room(&p->paths, w->pages.n * w->site.nlanguages + w->assets.n);
	p->logged = 0;
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *page = *LIST_AT(&w->pages, struct page *, i);

		for (size_t k = 0; k < w->site.nlanguages && !page->version; k++)
			if (p->languages[k] && locale_has(page, w->site.languages[k]))
				plan_page(p, w, page, w->site.languages[k]);
	}
	for (size_t i = 0; i < w->assets.n; i++) {
		const struct asset *a = *LIST_AT(&w->assets, struct asset *, i);

		plan_add(p, w, a->out, a->path);
	}
	if (w->chooser)
		plan_add(p, w, VIEW("index.html"), w->site.file);
	if (w->site.base_url.n && template_get(&w->templates, VIEW("not-found")))
		plan_add(p, w, VIEW("404.html"), w->site.file);
}

void
plan_make(struct plan *p, struct world *w, const bool *only)
{
	begin(p, w, only);
	plan_list(p, w);
}

void
plan_again(struct plan *p, struct world *w, const bool *only, const struct map *paths, uint64_t logged)
{
	begin(p, w, only);
	p->paths = *paths;
	p->logged = logged;
}
