/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole project read once. */
#include "job/load_pages.h"

#include <stdlib.h>

#include "format/charset.h"

enum { TEMPLATE_MAX_BYTES = 1 << 20 };

static bool
load_template(void *self, struct view name, struct view *text, struct view *file)
{
	struct world *w = self;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || name.p[i] == '\\' || name.p[i] == '.')
			return false;
	*file = view_printf(w->arena, "themes/%.*s/%.*s.html", VIEW_ARG(w->site.theme), VIEW_ARG(name));
	return file_read_if(&w->site.root, w->arena, *file, TEMPLATE_MAX_BYTES, text, w->diags) &&
	    charset_text(w->arena, *text, VIEW_NONE, *file, text, w->diags);
}

static struct page *
page_at(const struct world *w, size_t i)
{
	return *LIST_AT(&w->pages, struct page *, i);
}

static struct page *
general(const struct world *w, struct view key)
{
	struct page *p;
	struct view path = view_printf(w->arena, "%.*s.md", VIEW_ARG(key));

	p = map_get(&w->by_path, path);
	return p && !p->only ? p : NULL;
}

/* A page written for one language stands in for the general page of the same key. */
static void
join_versions(struct world *w)
{
	for (size_t i = 0; i < w->pages.n; i++) {
		struct page *p = page_at(w, i), *g, **v;

		if (!p->only || !(g = general(w, p->key)))
			continue;
		v = arena_array(w->arena, g->nversions + 1, sizeof *v);
		if (g->nversions)
			memcpy(v, g->versions, g->nversions * sizeof *v);
		v[g->nversions++] = p;
		g->versions = v;
		p->version = true;
	}
}

/* The index page above a page: of its folder, or of the next folder up that has one. */
static struct page *
find_parent(const struct world *w, const struct page *p)
{
	struct view dir = p->dir;
	bool up = p->section;

	if (p->section && dir.n == 0)
		return NULL;
	for (;;) {
		struct page *g;
		size_t slash = dir.n;

		if (up) {
			while (slash > 0 && dir.p[slash - 1] != '/')
				slash--;
			dir = view_slice(dir, 0, slash ? slash - 1 : 0);
		}
		g = general(w, dir.n ? view_join(w->arena, dir, VIEW("index")) : VIEW("index"));
		if (g && g != p)
			return g;
		if (dir.n == 0)
			return NULL;
		up = true;
	}
}

static int
compare_pages(const void *x, const void *y)
{
	const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return view_cmp(a->path, b->path);
}

static void
find_children(struct world *w)
{
	struct page **all = w->pages.items;

	for (size_t i = 0; i < w->pages.n; i++) {
		all[i]->parent = find_parent(w, all[i]);
		if (all[i]->parent && !all[i]->version)
			all[i]->parent->nchildren++;
	}
	for (size_t i = 0; i < w->pages.n; i++) {
		all[i]->children = arena_array(w->arena, all[i]->nchildren, sizeof *all[i]->children);
		all[i]->nchildren = 0;
	}
	for (size_t i = 0; i < w->pages.n; i++) {
		struct page *up = all[i]->parent;

		if (up && !all[i]->version)
			up->children[up->nchildren++] = all[i];
	}
}

/* Puts a page and those below it into reading order. */
static void
read_in_order(struct world *w, struct page *p, struct page **order, size_t *n)
{
	p->index = *n;
	order[(*n)++] = p;
	for (size_t i = 0; i < p->nchildren; i++)
		read_in_order(w, p->children[i], order, n);
}

static void
order_pages(struct world *w)
{
	struct page **all = w->pages.items, **order = arena_array(w->arena, w->pages.n, sizeof *order);
	struct page *last = NULL;
	size_t n = 0;

	if (w->pages.n)
		qsort(all, w->pages.n, sizeof *all, compare_pages);
	join_versions(w);
	find_children(w);
	w->home = general(w, VIEW("index"));
	if (w->home)
		read_in_order(w, w->home, order, &n);
	for (size_t i = 0; i < w->pages.n; i++)
		if (!all[i]->parent && all[i] != w->home && !all[i]->version)
			read_in_order(w, all[i], order, &n);
	for (size_t i = 0; i < n; i++) {
		if (order[i]->only)
			continue;
		order[i]->previous = last;
		if (last)
			last->next = order[i];
		last = order[i];
	}
	for (size_t i = 0; i < w->pages.n; i++)
		if (all[i]->version) {
			all[i]->index = n;
			order[n++] = all[i];
		}
	w->pages.items = order;
}

static void
find_layouts(struct world *w)
{
	const struct prog *page = template_get(&w->templates, VIEW("page"));
	const struct prog *section = template_get(&w->templates, VIEW("section"));
	const struct prog *home = template_get(&w->templates, VIEW("home"));

	w->chooser = template_get(&w->templates, VIEW("chooser"));
	w->layouts = arena_array(w->arena, w->pages.n, sizeof *w->layouts);
	if (!page)
		diag(w->diags, layout_missing,
		    place_file(view_printf(w->arena, "themes/%.*s", VIEW_ARG(w->site.theme))), VIEW("page"));
	for (size_t i = 0; i < w->pages.n; i++) {
		struct page *p = page_at(w, i);
		const struct prog *l = p == w->home && home ? home : p->section && section ? section : page;

		if (p->layout.n) {
			l = template_get(&w->templates, p->layout);
			if (!l) {
				diag(w->diags, layout_missing, place_at(p->file, 1, 1, 0), p->layout);
				l = page;
			}
		}
		w->layouts[p->index] = l;
	}
}

/* What every page is told about some pages: looked for once. */
static void
find_special(struct world *w)
{
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = page_at(w, i);

		/* ISO 8601: the order of its bytes is that of time */
		if (view_cmp(p->as_of, w->newest) > 0)
			w->newest = p->as_of;
		if (!w->desk && !p->only && view_is(p->layout, "desk"))
			w->desk = p;
		if (!w->search && !p->only && view_is(p->layout, "search"))
			w->search = p;
	}
}

/* Interface words that templates name and strings.yaml does not have. */
static void
check_strings(struct world *w)
{
	struct list names = template_strings(&w->templates, w->arena);

	for (size_t i = 0; i < names.n; i++) {
		struct view key = *LIST_AT(&names, struct view, i);

		if (!strings_find(&w->strings, key))
			diag(w->diags, string_missing, place_file(w->strings.file), key);
	}
}

static void
check_sources(struct world *w)
{
	const struct data *t = data_find(&w->data, "sources");

	for (size_t i = 0; i < w->pages.n; i++) {
		struct page *p = page_at(w, i);

		for (size_t k = 0; k < p->sources.n; k++) {
			struct view id = *LIST_AT(&p->sources, struct view, k);

			if (!t || data_row(t, "id", id) < 0)
				diag(w->diags, source_missing, p->sources_place, id);
		}
	}
}

/* Why a data file cannot be a calendar, or NULL. */
static const char *
no_calendar(const struct data *t)
{
	size_t begins = t ? data_field(t, VIEW("begins")) : 0;
	struct date d;

	if (!t)
		return "there is no such data file";
	if (data_field(t, VIEW("title")) == t->nfields)
		return "it has no field 'title'";
	for (size_t i = 0; begins < t->nfields && i < t->nitems; i++)
		if (date_read(t->cells[i * t->nfields + begins].text, &d) && d.day)
			return NULL;
	return "no item has a day in 'begins'";
}

/* A calendar names each computed day with a word of the theme. */
static void
check_calendar(struct world *w, struct page *p)
{
	const struct data *t = data_find(&w->data, p->calendar.p);
	const char *why = no_calendar(t);

	if (why) {
		diag(w->diags, calendar_data, p->calendar_place, p->calendar, view_str(why));
		p->calendar = VIEW_NONE;
		return;
	}
	if (p->as_of.n == 0)
		diag(w->diags, calendar_date, p->calendar_place);
	for (size_t i = 0; i < t->sums.n; i++) {
		struct view field = t->fields[LIST_AT(&t->sums, struct data_sum, i)->to].name;
		struct view key = view_printf(w->arena, "calendar-%.*s", VIEW_ARG(field));

		if (!strings_find(&w->strings, key))
			diag(w->diags, string_missing, place_file(w->strings.file), key);
	}
}

/* All that no page is asked for. */
static void
load_rest(struct world *w)
{
	static const char *const used[] = { "page", "section", "home", "chooser" };

	w->data = data_load(w->arena, &w->site, w->diags);
	w->assets = asset_load(w->arena, &w->site, w->diags);
	links_load(&w->links, w->arena, &w->site, w->diags);
	exceptions_load(&w->exceptions, w->arena, &w->site, w->diags);
	for (size_t i = 0; i < sizeof used / sizeof *used; i++)	/* what find_layouts asks for */
		template_get(&w->templates, view_str(used[i]));
}

bool
world_load(struct world *w, struct arena *a, struct view root, struct diags *d)
{
	return world_load_by(w, a, root, 1, NULL, d);
}

bool
world_load_by(struct world *w, struct arena *a, struct view root, unsigned jobs, const struct load_past *past, struct diags *d)
{
	*w = (struct world){ .arena = a, .diags = d, .light = past, .pages = LIST_OF(struct page *) };
	if (!site_load(&w->site, a, root, d))
		return false;
	map_init(&w->by_path, a);
	template_set_init(&w->templates, a, d, load_template, w);
	strings_load(&w->strings, a, &w->site, d);
	load_pages(w, jobs, load_rest);
	order_pages(w);
	w->site.exceptions = &w->exceptions;
	data_resolve(&w->data, &w->pages, &w->by_path, a, d);
	links_resolve(&w->pages, NULL, &w->by_path, &w->assets, a, d);
	find_layouts(w);
	find_special(w);
	check_strings(w);
	check_sources(w);
	for (size_t i = 0; i < w->pages.n; i++)
		if (page_at(w, i)->calendar.n)
			check_calendar(w, page_at(w, i));
	return true;
}

void
world_leave(struct world *w, struct work_late *late)
{
	*late = w->late;
	w->late.n = 0;
	site_close(&w->site);
}

void
world_close(struct world *w)
{
	struct work_late late;

	world_leave(w, &late);
	work_wait(&late);
}
