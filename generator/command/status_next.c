/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost status --next: the texts to translate first. For command/status only. */
#include "command/status_next.h"

#include <stdlib.h>

#include "command/report.h"
#include "format/json.h"
#include "job/locale.h"

/* A text that has no current translation. */
struct todo {
	const struct segment *segment;	/* where it stands first */
	struct view catalog;		/* key of the catalog to write it in */
	bool outdated;
	size_t pages;			/* on which it is seen */
	size_t weight;
	size_t order;
};

struct search {
	const struct world *w;
	struct language *l;
	struct arena *arena;
	struct list todos;	/* of struct todo * */
	struct map by_source;	/* to struct todo * */
};

static void
add_todo(struct search *s, const struct segment *g, struct view catalog, bool outdated, size_t pages, size_t weight)
{
	struct todo *t = map_get(&s->by_source, g->source);

	if (!t) {
		t = arena_new(s->arena, struct todo);
		*t = (struct todo){ .segment = g, .catalog = catalog, .outdated = outdated, .order = s->todos.n };
		map_set(&s->by_source, g->source, t);
		*(struct todo **)list_push(&s->todos, s->arena) = t;
	}
	t->pages = t->pages + pages < s->w->pages.n ? t->pages + pages : s->w->pages.n;
	t->weight += weight;
}

/* All segments of a page, a data file or the theme. */
static void
add_unit(struct search *s, const struct segment *segments, size_t n, struct view key, struct view path, size_t pages,
    size_t weight)
{
	struct diags quiet;
	const struct catalog *c;
	struct match *m;

	diags_init(&quiet);
	c = catalog_read(s->arena, &s->w->site, s->l, key, path, &quiet);
	m = merge_match(s->arena, segments, n, c, c ? arena_array(s->arena, c->n, sizeof(bool)) : NULL);
	for (size_t i = 0; i < n; i++) {
		enum tally_kind k = tally_kind(&m[i]);
		bool everywhere = segments[i].role == SEGMENT_TITLE;
		size_t all = s->w->pages.n;

		if (segments[i].words && (k == TALLY_MISSING || k == TALLY_OUTDATED))
			add_todo(s, &segments[i], key, k == TALLY_OUTDATED, everywhere ? all : pages,
			    everywhere && weight < all ? all : weight);
	}
	diags_release(&quiet);
}

static bool
has_version(const struct page *p, const struct language *l)
{
	for (size_t i = 0; i < p->nversions; i++)
		if (p->versions[i]->only == l)
			return true;
	return p->only != NULL;
}

static int
compare(const void *x, const void *y)
{
	const struct todo *a = *(struct todo *const *)x, *b = *(struct todo *const *)y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->segment->critical != b->segment->critical)
		return a->segment->critical ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
find_todos(struct search *s, const struct page *only)
{
	const struct world *w = s->w;

	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (has_version(p, s->l) || (only && only != p))
			continue;
		add_unit(s, p->segments, p->nsegments, p->key, p->path, 1, p == w->home ? 1 + w->pages.n / 2 : 1);
	}
	if (!only)
		add_unit(s, w->strings.segments, w->strings.nsegments, VIEW("interface"), VIEW_NONE, w->pages.n,
		    w->pages.n);
	for (size_t i = 0; i < w->data.n && !only; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		add_unit(s, t->segments, t->nsegments, view_join(s->arena, VIEW("data"), t->name), VIEW_NONE, 1, 1);
	}
	if (s->todos.n)
		qsort(s->todos.items, s->todos.n, sizeof(struct todo *), compare);
}

static struct view
catalog_of(const struct search *s, const struct todo *t)
{
	return view_printf(s->arena, "%.*s/%.*s.yaml", VIEW_ARG(s->l->dir), VIEW_ARG(t->catalog));
}

static const char *
state_of(const struct todo *t)
{
	return tally_name(t->outdated ? TALLY_OUTDATED : TALLY_MISSING);
}

static void
print_text(const struct search *s, const struct messages *m, size_t n, struct buf *b)
{
	for (size_t i = 0; i < n; i++) {
		const struct todo *t = *LIST_AT(&s->todos, struct todo *, i);

		words_count(b, m, todo, t->pages, NUMBER(t->pages), view_printf(s->arena, "%.*s:%u", VIEW_ARG(t->segment->place.file),
		    t->segment->place.line), words_state(m, view_str(state_of(t))), catalog_of(s, t));
		buf_puts(b, "\n    ");
		report_isolated(b, t->segment->source);
		buf_addc(b, '\n');
	}
}

static void
print_json(const struct search *s, size_t n, struct buf *b)
{
	struct arena *a = s->arena;
	struct json *list = json_array(a);

	for (size_t i = 0; i < n; i++) {
		const struct todo *t = *LIST_AT(&s->todos, struct todo *, i);
		struct json *o = json_add(a, list, NULL, json_object(a));

		json_add(a, o, "file", json_string(a, t->segment->place.file));
		json_add(a, o, "line", json_number(a, t->segment->place.line));
		json_add(a, o, "column", json_number(a, t->segment->place.col));
		json_add(a, o, "state", json_string(a, view_str(state_of(t))));
		json_add(a, o, "pages", json_number(a, (double)t->pages));
		json_add(a, o, "catalog", json_string(a, catalog_of(s, t)));
		json_add(a, o, "source", json_string(a, t->segment->source));
	}
	json_print(list, b);
}

static void
put_csv(struct buf *b, struct view v)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, v.p[i]);
	}
	buf_addc(b, '"');
}

static void
print_csv(const struct search *s, size_t n, struct buf *b)
{
	buf_puts(b, "file,line,state,pages,catalog,source\n");
	for (size_t i = 0; i < n; i++) {
		const struct todo *t = *LIST_AT(&s->todos, struct todo *, i);

		put_csv(b, t->segment->place.file);
		buf_printf(b, ",%u,%s,%zu,", t->segment->place.line, state_of(t), t->pages);
		put_csv(b, catalog_of(s, t));
		buf_addc(b, ',');
		put_csv(b, t->segment->source);
		buf_addc(b, '\n');
	}
}

void
status_next(const struct options *o, const struct world *w, struct language *l, const struct page *page)
{
	struct search s = { .w = w, .l = l, .arena = w->arena, .todos = LIST_OF(struct todo *) };
	struct buf b;
	size_t n;

	map_init(&s.by_source, s.arena);
	find_todos(&s, page);
	n = s.todos.n < NEXT_MAX ? s.todos.n : NEXT_MAX;
	buf_init(&b);
	if (o->format == FORMAT_JSON) {
		print_json(&s, n, &b);
	} else if (o->format == FORMAT_CSV) {
		print_csv(&s, n, &b);
	} else {
		print_text(&s, o->messages, n, &b);
		if (n == 0)
			words_put(&b, o->messages, todo_none, VIEW_NONE);
		else if (s.todos.n > n)
			words_put(&b, o->messages, more_texts, NUMBER(s.todos.n - n));
		if (n == 0 || s.todos.n > n)
			buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
}
