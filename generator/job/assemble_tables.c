/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files in one language. */
#include "job/assemble_tables.h"

#include <stdlib.h>

#include "format/html.h"
#include "job/assemble.h"
#include "job/assemble_counts.h"
#include "job/marks.h"
#include "job/survey.h"

/* Names that a field has beside its own. */
struct names {
	struct view has, iso;
};

/* A data file in the locale's language. */
struct table {
	const struct data *data;
	const struct locale_page *texts;
	struct names *names;	/* one a field */
	struct value list;	/* rows in order; VALUE_NONE until asked for */
	size_t *order;		/* number of each item's row */
	struct value *bare;	/* rows by number, without the rows their refs lead to; VALUE_NONE until asked for */
};

struct tables {
	struct locale *locale;
	struct table *list;	/* one a data file */
	struct value counts;	/* VALUE_NONE until asked for */
};

struct row {
	struct value value;
	struct view sort;
	size_t at;
};

struct value
tables_isolated(struct locale *l, struct view text)
{
	struct value v = value_text(text);
	struct buf b;

	buf_init(&b);
	buf_puts(&b, "<bdi dir=\"ltr\">");
	html_text(&b, text);
	buf_puts(&b, "</bdi>");
	v.html = view_copy(l->arena, view_buf(&b));
	buf_release(&b);
	return v;
}

static struct value
in_language(struct view text, const struct language *from, const struct language *page)
{
	if (from == page)
		return value_text(text);
	return value_text_in(text, VIEW_NONE, from->lang->tag, from->lang->rtl);
}

/* A text as chosen, marked in the preview. */
static struct value
chosen(struct locale *l, const struct choice *c)
{
	struct view html = marks_html(l->marks, c, l->arena);

	if (html.n)
		return value_text_in(c->text, html, c->from == l->language ? VIEW_NONE : c->from->lang->tag, c->from->lang->rtl);
	return in_language(c->text, c->from, l->language);
}

/* One text of a cell; segment is its segment or -1. */
static struct value
text_value(struct locale *l, const struct table *t, const struct data_field *f, struct view text, int segment)
{
	struct lang *lang = l->language->lang;
	const struct language *source = l->world->site.source;
	struct view out;

	if (text.n == 0)
		return value_none();
	if (segment >= 0)
		return chosen(l, &t->texts->choices[segment]);
	switch (f->type) {
	case DATA_COUNTRY:
		if (lang_country(lang, l->arena, text, &out))
			return value_text(out);
		return lang_country(source->lang, l->arena, text, &out) ? in_language(out, source, l->language) :
		    value_text(text);
	case DATA_DATE:
		return lang_date(lang, l->arena, text, &out) ? value_text(out) : value_text(text);
	case DATA_NUMBER: {
		double n = strtod(text.p, NULL);

		return value_number(l->arena, n, lang_number(lang, l->arena, n, 6));
	}
	case DATA_CODE:
		return tables_isolated(l, text);
	case DATA_URL:
		return value_text(links_for(&l->world->links, l->language, text));
	default:
		return in_language(text, source, l->language);
	}
}

static struct value
make_title(void *self, const void *what)
{
	struct locale *l = self;
	const struct page *p = what;
	const struct choice *c;

	if (!locale_has(p, l->language))
		return in_language(p->segments[PAGE_TITLE].source, p->only, l->language);
	c = &survey_heading(l, p)->choices[PAGE_TITLE];
	return chosen(l, c);
}

/* {title, href, icon} of a page; nothing where it is written for a language that is not published. */
static struct value
page_value(struct locale *l, const struct data_link *link)
{
	const struct page *p = link->page;
	const struct language *in = locale_has(p, l->language) ? l->language : p->only;
	const struct survey *s = l->world->survey;
	struct value v = value_map();
	struct view path = assemble_path(l->arena, in, p);

	if (in != l->language && s && !s->published[in->index])
		return value_none();
	if (link->fragment.n)
		path = view_printf(l->arena, "%.*s#%.*s", VIEW_ARG(path), VIEW_ARG(link->fragment));
	value_set(&v, l->arena, "href", value_path(path));
	value_set(&v, l->arena, "icon", p->icon.n ? value_text(p->icon) : value_none());
	value_set(&v, l->arena, "title", value_later(l->arena, make_title, l, p));
	return v;
}

static struct value *bare_row(struct locale *l, const struct data *data, size_t row);

/* What the links of a cell lead to. In a row that is itself the end of a link, rows are left out: it would never end. */
static struct value
links_value(struct locale *l, const struct data_field *f, const struct data_cell *c, bool bare)
{
	struct value list = value_list();

	for (size_t i = 0; i < c->links.n; i++) {
		const struct data_link *link = LIST_AT(&c->links, struct data_link, i);
		struct value v = f->type == DATA_PAGE ? page_value(l, link) :
		    bare ? value_none() : *bare_row(l, f->target, link->row);

		if (v.kind == VALUE_MAP)
			value_push(&list, l->arena, v);
	}
	if (f->type == DATA_PAGE && c->texts.n == 0)
		return list.n ? list.items[0] : value_none();
	return list;
}

static struct value
cell_value(struct locale *l, const struct table *t, const struct data_field *f, const struct data_cell *c, bool bare)
{
	struct value list = value_list();

	if (f->type == DATA_BOOL)
		return value_bool(c->truth);
	if (f->type == DATA_REF || f->type == DATA_PAGE)
		return links_value(l, f, c, bare);
	if (c->texts.n == 0)
		return text_value(l, t, f, c->text, c->segment);
	for (size_t i = 0; i < c->texts.n; i++)
		value_push(&list, l->arena, text_value(l, t, f, *LIST_AT(&c->texts, struct view, i),
		    c->segments ? c->segments[i] : -1));
	return list;
}

/* status-party: true */
static void
set_code(struct locale *l, struct value *map, const struct data_field *f, struct view code)
{
	if (code.n)
		value_set_view(map, l->arena, view_printf(l->arena, "%.*s-%.*s", VIEW_ARG(f->name), VIEW_ARG(code)),
		    value_bool(true));
}

/* The id of the place where this very row is shown. */
static struct value
anchor(const struct data_cell *c)
{
	const struct data_link *link = c->links.n ? LIST_AT(&c->links, struct data_link, 0) : NULL;

	return link && link->own ? value_text(link->fragment) : value_none();
}

static struct view
sort_key(struct locale *l, const struct data_field *f, const struct data_cell *c, const struct value *v)
{
	if (f->type == DATA_DATE || f->type == DATA_CODE || (v->kind != VALUE_TEXT && v->kind != VALUE_NUMBER))
		return c->text;
	if (v->kind == VALUE_NUMBER)
		return view_printf(l->arena, "%024.6f", v->number + 1e15);
	return lang_sort_key(l->language->lang, l->arena, v->plain);
}

static struct value
row_value(struct locale *l, const struct table *t, size_t row, bool bare, struct view *sort)
{
	struct value map = value_map();

	for (size_t k = 0; k < t->data->nfields; k++) {
		const struct data_field *f = &t->data->fields[k];
		const struct data_cell *c = &t->data->cells[row * t->data->nfields + k];
		struct value v = cell_value(l, t, f, c, bare);

		if ((int)k == t->data->sort)
			*sort = sort_key(l, f, c, &v);
		value_set_view(&map, l->arena, f->name, v);
		if (t->names[k].has.n)
			value_set_view(&map, l->arena, t->names[k].has, value_bool(value_true(&v)));
		if (t->names[k].iso.n)
			value_set_view(&map, l->arena, t->names[k].iso, c->text.n ? value_text(c->text) : value_none());
		if (f->type == DATA_PAGE)
			value_set(&map, l->arena, "anchor", anchor(c));
		if (f->type != DATA_CODE)
			continue;
		set_code(l, &map, f, c->text);
		for (size_t i = 0; i < c->texts.n; i++)
			set_code(l, &map, f, *LIST_AT(&c->texts, struct view, i));
	}
	return map;
}

static struct tables *
tables_of(struct locale *l)
{
	const struct list *data = &l->world->data;

	if (l->tables)
		return l->tables;
	l->tables = arena_new(l->arena, struct tables);
	l->tables->locale = l;
	l->tables->list = arena_array(l->arena, data->n, sizeof *l->tables->list);
	for (size_t i = 0; i < data->n; i++) {
		struct table *t = &l->tables->list[i];

		t->data = *LIST_AT(data, struct data *, i);
		t->texts = &l->data[i];
		t->names = arena_array(l->arena, t->data->nfields, sizeof *t->names);
		for (size_t k = 0; k < t->data->nfields; k++) {
			const struct data_field *f = &t->data->fields[k];

			if (f->list || f->type == DATA_REF || f->type == DATA_PAGE)
				t->names[k].has = view_printf(l->arena, "has-%.*s", VIEW_ARG(f->name));
			if (f->type == DATA_DATE)
				t->names[k].iso = view_printf(l->arena, "%.*s-iso", VIEW_ARG(f->name));
		}
	}
	return l->tables;
}

size_t
tables_file(const struct world *w, const struct data *t)
{
	size_t i = 0;

	while (i < w->data.n && *LIST_AT(&w->data, struct data *, i) != t)
		i++;
	return i;
}

static struct value *
bare_row(struct locale *l, const struct data *data, size_t row)
{
	struct table *t = &tables_of(l)->list[tables_file(l->world, data)];
	struct view sort;

	if (!t->bare)
		t->bare = arena_array(l->arena, data->nitems, sizeof *t->bare);
	if (t->bare[row].kind == VALUE_NONE)
		t->bare[row] = row_value(l, t, row, true, &sort);
	return &t->bare[row];
}

static int
compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int c = view_cmp(a->sort, b->sort);

	return c ? c : (a->at > b->at) - (a->at < b->at);
}

const struct value *
tables_rows(struct locale *l, size_t file)
{
	struct table *t = &tables_of(l)->list[file];
	size_t n = t->data->nitems;
	struct row *rows;

	locale_reads_file(l, file);
	if (t->list.kind != VALUE_NONE)
		return &t->list;
	rows = arena_array(l->arena, n, sizeof *rows);
	for (size_t k = 0; k < n; k++) {
		rows[k].at = k;
		rows[k].value = row_value(l, t, k, false, &rows[k].sort);
	}
	if (t->data->sort >= 0 && n)
		qsort(rows, n, sizeof *rows, compare);
	t->list = value_list();
	t->order = arena_array(l->arena, n, sizeof *t->order);
	for (size_t k = 0; k < n; k++) {
		t->order[k] = rows[k].at;
		value_push(&t->list, l->arena, rows[k].value);
	}
	return &t->list;
}

struct value
tables_where(struct locale *l, size_t file, const struct list *where, struct arena *a)
{
	const struct value *rows = tables_rows(l, file);
	const struct table *t = &tables_of(l)->list[file];
	struct value list = value_list();

	for (size_t i = 0; i < rows->n; i++)
		if (data_fits(t->data, t->order[i], where))
			value_push(&list, a, rows->items[i]);
	return list;
}

const struct value *
tables_counts(struct locale *l)
{
	struct tables *t = tables_of(l);

	l->reads |= LOCALE_READS_ALL_DATA;
	if (t->counts.kind == VALUE_NONE)
		t->counts = counts_make(l);
	return &t->counts;
}
