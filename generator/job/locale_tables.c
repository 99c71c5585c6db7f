/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files in one language. */
#include "job/locale_tables.h"

#include <stdlib.h>

#include "format/html.h"

struct row {
	struct value value;
	struct view sort;
	size_t at;
};

/* Text that belongs to no language: a symbol, an address. Isolated, so that right-to-left text around it cannot reorder it. */
static struct value
isolated(struct locale *l, struct view text)
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

static struct value
cell_value(struct locale *l, const struct data_field *f, const struct data_cell *c, const struct locale_page *texts)
{
	struct lang *lang = l->language->lang;
	const struct language *source = l->world->site.source;
	struct view out;

	if (f->type == DATA_BOOL)
		return value_bool(c->truth);
	if (c->text.n == 0)
		return value_none();
	if (c->segment >= 0)
		return in_language(texts->choices[c->segment].text, texts->choices[c->segment].from, l->language);
	switch (f->type) {
	case DATA_COUNTRY:
		if (lang_country(lang, l->arena, c->text, &out))
			return value_text(out);
		return lang_country(source->lang, l->arena, c->text, &out) ? in_language(out, source, l->language) :
		    value_text(c->text);
	case DATA_DATE:
		return lang_date(lang, l->arena, c->text, &out) ? value_text(out) : value_text(c->text);
	case DATA_NUMBER: {
		double n = strtod(c->text.p, NULL);

		return value_number(l->arena, n, lang_number(lang, l->arena, n, 6));
	}
	case DATA_CODE:
		return isolated(l, c->text);
	case DATA_URL:
		return value_text(links_for(&l->world->links, l->language, c->text));
	default:
		return in_language(c->text, source, l->language);
	}
}

static struct value
list_value(struct locale *l, const struct data_field *f, const struct data_cell *c, const struct locale_page *texts)
{
	struct value list = value_list();

	for (size_t i = 0; i < c->texts.n; i++) {
		struct data_cell one = { .text = *LIST_AT(&c->texts, struct view, i), .segment = -1 };

		value_push(&list, l->arena, cell_value(l, f, &one, texts));
	}
	return list;
}

static struct value
row_value(struct locale *l, const struct data *t, size_t row, const struct locale_page *texts, struct view *sort)
{
	struct value map = value_map();

	for (size_t k = 0; k < t->nfields; k++) {
		const struct data_field *f = &t->fields[k];
		const struct data_cell *c = &t->cells[row * t->nfields + k];
		struct value v = c->texts.n ? list_value(l, f, c, texts) : cell_value(l, f, c, texts);

		if ((int)k == t->sort)
			*sort = f->type == DATA_DATE || f->type == DATA_CODE ? c->text :
			    lang_sort_key(l->language->lang, l->arena, v.plain);
		value_set_view(&map, l->arena, f->name, v);
		if (f->type == DATA_CODE && c->text.n)
			value_set_view(&map, l->arena, view_printf(l->arena, "%.*s-%.*s", VIEW_ARG(f->name),
			    VIEW_ARG(c->text)), value_bool(true));
	}
	return map;
}

static int
compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	int c = view_cmp(a->sort, b->sort);

	return c ? c : (a->at > b->at) - (a->at < b->at);
}

void
tables_make(struct locale *l)
{
	const struct list *data = &l->world->data;

	l->tables = arena_array(l->arena, data->n, sizeof *l->tables);
	for (size_t i = 0; i < data->n; i++) {
		const struct data *t = *LIST_AT(data, struct data *, i);
		struct row *rows = arena_array(l->arena, t->nitems, sizeof *rows);

		for (size_t k = 0; k < t->nitems; k++) {
			rows[k].at = k;
			rows[k].value = row_value(l, t, k, &l->data[i], &rows[k].sort);
		}
		if (t->sort >= 0 && t->nitems)
			qsort(rows, t->nitems, sizeof *rows, compare);
		l->tables[i] = value_list();
		for (size_t k = 0; k < t->nitems; k++)
			value_push(&l->tables[i], l->arena, rows[k].value);
	}
}
