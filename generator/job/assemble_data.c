/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page is told from data files. */
#include "job/assemble_data.h"

#include "job/assemble_frame.h"
#include "job/assemble_tables.h"

static struct value
make_rows(void *self, const void *what)
{
	const struct writing *wr = self;

	return *tables_rows(wr->locale, tables_file(wr->locale->world, what));
}

static struct value
make_counts(void *self, const void *what)
{
	const struct writing *wr = self;

	(void)what;
	return *tables_counts(wr->locale);
}

/* The rows of each data file; those of `but` (NULL: none) are `rows`. */
static struct value
make_data(const struct writing *wr, const struct data *but, struct value rows)
{
	const struct world *w = wr->locale->world;
	struct value data = value_map();

	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		value_set_view(&data, wr->item, t->name, t == but ? rows :
		    value_later(wr->item, make_rows, (void *)(uintptr_t)wr, t));
	}
	return data;
}

static struct value
make_all_data(void *self, const void *what)
{
	(void)what;
	return make_data(self, NULL, value_none());
}

void
data_set(const struct writing *wr, struct value *top)
{
	value_set(top, wr->item, "data", value_each(wr->item, make_all_data, &wr->frame->turn, NULL));
	value_set(top, wr->item, "counts", value_each(wr->item, make_counts, &wr->frame->turn, NULL));
}

void
data_set_where(const struct writing *wr, struct value *top, const struct data *t, const struct list *where)
{
	struct value rows = tables_where(wr->locale, tables_file(wr->locale->world, t), where, wr->item);

	value_set(top, wr->item, "data", make_data(wr, t, rows));
}

static struct value
source_title(const struct writing *wr, const struct data *t, size_t row)
{
	const struct world *w = wr->locale->world;
	const struct data_cell *title = data_at(t, row, "title");

	if (title && title->segment >= 0)
		return context_text(wr, &wr->locale->data[tables_file(w, t)].choices[title->segment]);
	return context_text(wr, &(struct choice){ .text = title ? title->text : VIEW_NONE, .from = w->site.source });
}

void
data_sources(const struct writing *wr, struct value *page, const struct page *p)
{
	const struct data *t = data_find(&wr->locale->world->data, "sources");
	struct value list = value_list();

	if (p->sources.n && t)
		locale_reads_file(wr->locale, tables_file(wr->locale->world, t));
	for (size_t i = 0; t && i < p->sources.n; i++) {
		long row = data_row(t, "id", *LIST_AT(&p->sources, struct view, i));
		const struct data_cell *url;
		struct value v = value_map();
		struct view to;

		if (row < 0)
			continue;
		url = data_at(t, (size_t)row, "url");
		to = url ? links_for(&wr->locale->world->links, wr->locale->language, url->text) : VIEW_NONE;
		value_set(&v, wr->item, "id", value_text(*LIST_AT(&p->sources, struct view, i)));
		value_set(&v, wr->item, "title", source_title(wr, t, (size_t)row));
		value_set(&v, wr->item, "url", to.n ? value_text(to) : value_none());
		value_push(&list, wr->item, v);
	}
	value_set(page, wr->item, "has-sources", value_bool(list.n > 0));
	value_set(page, wr->item, "sources", list);
}
