/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which text on a page is which segment. */
#include "job/marks.h"

#include "format/html.h"
#include "format/json.h"

/* What has a catalog of its own: a page, a data file, the interface. */
struct unit {
	const struct page *page;
	struct view key, path, file;
	const struct segment *segments;
	const struct choice *choices;
	size_t n;
	bool read;
	struct view catalog_file;
	const struct match *matches;	/* of this language's own catalog; NULL in the source language */
};

struct mark {
	const struct choice *choice;
	struct unit *unit;
	size_t segment;
};

struct marks {
	struct locale *l;
	struct list list;	/* of struct mark, by number */
	struct list units;	/* of struct unit *, as they were met */
};

void
marks_open(struct locale *l)
{
	struct marks *m = arena_new(l->arena, struct marks);

	*m = (struct marks){ l, LIST_OF(struct mark), LIST_OF(struct unit *) };
	l->marks = m;
}

static bool
holds(const struct choice *choices, size_t n, const struct choice *c)
{
	return choices && (uintptr_t)c >= (uintptr_t)choices && (uintptr_t)c < (uintptr_t)(choices + n);
}

/* The unit a choice of this locale belongs to, as yet without its key. */
static bool
find_unit(const struct marks *m, const struct choice *c, struct unit *u)
{
	const struct locale *l = m->l;
	const struct world *w = l->world;

	*u = (struct unit){ .segments = w->strings.segments, .choices = l->strings.choices, .n = w->strings.nsegments,
		.key = VIEW("interface"), .file = w->strings.file };
	if (holds(u->choices, u->n, c))
		return true;
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct locale_page *lp = l->pages[i];

		if (!lp || !lp->page || !holds(lp->choices, lp->page->nsegments, c))
			continue;
		*u = (struct unit){ .page = lp->page, .key = lp->page->key, .path = lp->page->path, .file = lp->page->file,
			.segments = lp->page->segments, .choices = lp->choices, .n = lp->page->nsegments };
		return true;
	}
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		if (!holds(l->data[i].choices, t->nsegments, c))
			continue;
		*u = (struct unit){ .key = view_join(l->arena, VIEW("data"), t->name), .file = t->file, .segments = t->segments,
			.choices = l->data[i].choices, .n = t->nsegments };
		return true;
	}
	return false;
}

static struct unit *
unit_of(struct marks *m, const struct choice *c)
{
	struct unit found, *u;

	for (size_t i = 0; i < m->units.n; i++) {
		u = *LIST_AT(&m->units, struct unit *, i);
		if (holds(u->choices, u->n, c))
			return u;
	}
	if (!find_unit(m, c, &found))
		return NULL;
	u = arena_new(m->l->arena, struct unit);
	*u = found;
	*(struct unit **)list_push(&m->units, m->l->arena) = u;
	return u;
}

/* The number of a text, the same each time it is shown, or -1: not one of this locale. */
static long
number_of(struct marks *m, const struct choice *c)
{
	struct unit *u;

	for (size_t i = 0; i < m->list.n; i++)
		if (LIST_AT(&m->list, struct mark, i)->choice == c)
			return (long)i;
	u = unit_of(m, c);
	if (!u || u->segments[c - u->choices].source.n == 0)
		return -1;
	*(struct mark *)list_push(&m->list, m->l->arena) = (struct mark){ c, u, (size_t)(c - u->choices) };
	return (long)m->list.n - 1;
}

void
marks_put(struct marks *m, const struct choice *c, struct buf *out)
{
	long n = m ? number_of(m, c) : -1;

	if (n >= 0)
		buf_printf(out, " data-waypost=\"%ld\"", n);
}

struct view
marks_html(struct marks *m, const struct choice *c, struct arena *a)
{
	struct view html;
	struct buf b;

	if (!m || number_of(m, c) < 0)
		return VIEW_NONE;
	buf_init(&b);
	buf_puts(&b, "<" MARKS_TAG);
	marks_put(m, c, &b);
	buf_addc(&b, '>');
	html_text(&b, c->text);
	buf_puts(&b, "</" MARKS_TAG ">");
	html = view_copy(a, view_buf(&b));
	buf_release(&b);
	return html;
}

/* The language's own catalog, matched: what is shown may come from another one. */
static void
read_unit(const struct marks *m, struct unit *u)
{
	const struct language *l = m->l->language;
	struct arena *a = m->l->arena;
	const struct catalog *c;
	struct diags quiet;	/* the build tells what is wrong with it */

	if (u->read)
		return;
	u->read = true;
	if (l->source || (u->page && u->page->only))
		return;
	diags_init(&quiet);
	c = catalog_read(a, &m->l->world->site, l, u->key, u->path, &quiet);
	u->matches = merge_match(a, u->segments, u->n, c, NULL);
	u->catalog_file = view_printf(a, "%.*s/%.*s.yaml", VIEW_ARG(l->dir), VIEW_ARG(u->key));
	diags_release(&quiet);
}

static const char *
state_of(const struct marks *m, const struct unit *u, const struct segment *s, const struct match *match)
{
	struct merge_place at = { &m->l->world->site, m->l->language, u->page, u->key };
	const struct catalog_entry *e = match ? match->entry : NULL;
	struct merge_verdict v;

	if (!match)
		return "source";
	if (!e || (e->target.n == 0 && !e->plural))
		return "missing";
	v = merge_judge(m->l->arena, &at, s, match, NULL);
	if (v.why == WITHHELD_LOCK || v.why == WITHHELD_CRITICAL)
		return "withheld";
	return match->outdated ? "outdated" : state_name(e->state);
}

static void
put_text(struct arena *a, struct json *o, const char *key, struct view text)
{
	if (text.n)
		json_add(a, o, key, json_string(a, text));
}

static void
put_entry(struct arena *a, struct json *o, const struct unit *u, const struct match *match, const struct segment *s)
{
	const struct catalog_entry *e = match ? match->entry : NULL;
	struct place at = e ? e->target_place.line ? e->target_place : e->place : match ? place_file(u->catalog_file) : s->place;

	put_text(a, o, "file", at.file.n ? at.file : u->file);
	json_add(a, o, "line", json_number(a, at.line));
	put_text(a, o, "at", s->place.line ? view_printf(a, "%.*s:%u", VIEW_ARG(s->place.file), s->place.line) : u->file);
	if (!e)
		return;
	put_text(a, o, "target", e->target);
	if (match->outdated)
		put_text(a, o, "was", e->was.n ? e->was : e->source);
	put_text(a, o, "by", e->by);
	put_text(a, o, "reviewed-by", e->reviewed_by);
	put_text(a, o, "on", e->on);
	put_text(a, o, "note", e->note);
}

void
marks_json(struct locale *l, struct buf *out)
{
	struct arena *a = l->arena;
	struct json *all = json_object(a), *texts;
	struct buf b;

	json_add(a, all, "language", json_string(a, l->language->lang->tag));
	texts = json_add(a, all, "texts", json_array(a));
	for (size_t i = 0; i < l->marks->list.n; i++) {
		const struct mark *mark = LIST_AT(&l->marks->list, struct mark, i);
		struct unit *u = mark->unit;
		const struct segment *s = &u->segments[mark->segment];
		struct json *o = json_add(a, texts, NULL, json_object(a));
		const struct match *match;

		read_unit(l->marks, u);
		match = u->matches && !s->neutral ? &u->matches[mark->segment] : NULL;
		put_text(a, o, "key", u->key);
		put_text(a, o, "source", s->source);
		json_add(a, o, "state", json_string(a, view_str(state_of(l->marks, u, s, match))));
		put_entry(a, o, u, match, s);
		if (mark->choice->from != l->language)
			put_text(a, o, "from", mark->choice->from->lang->tag);
	}
	buf_init(&b);
	json_print(all, &b);
	for (size_t i = 0; i < b.n; i++) {
		if (b.p[i] == '<')
			buf_puts(out, "\\u003c");
		else
			buf_addc(out, b.p[i]);
	}
	buf_release(&b);
}
