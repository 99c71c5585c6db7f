/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers for charts. */
#include "job/assemble_counts.h"

#include <stdlib.h>

#include "job/assemble_tables.h"

/* One bar: a year, or a code. */
struct entry {
	struct view key;
	size_t n;
};

/* Digits with a point, at most `decimals` behind it and no final zeros: what style sheets and drawings read. */
static struct value
plain(struct arena *a, double n, int decimals)
{
	struct view text = view_printf(a, "%.*f", decimals, n);

	while (decimals > 0 && text.n && text.p[text.n - 1] == '0')
		text.n--;
	if (decimals > 0 && text.n && text.p[text.n - 1] == '.')
		text.n--;
	return value_number(a, n, text);
}

/* One entry a year, from the first to the last. */
static struct list
count_years(const struct data *t, const struct data_count *c, struct arena *a)
{
	struct list entries = LIST_OF(struct entry);
	int first = 0, last = 0;
	struct date d;

	for (int pass = 0; pass < 2; pass++) {
		for (int year = first; pass == 1 && first && year <= last; year++)
			((struct entry *)list_push(&entries, a))->key = view_printf(a, "%04d", year);
		for (size_t i = 0; i < t->nitems; i++) {
			if (!data_fits(t, i, &c->where) || !date_read(t->cells[i * t->nfields + c->field].text, &d))
				continue;
			if (pass == 1)
				LIST_AT(&entries, struct entry, d.year - first)->n++;
			if (pass == 0 && (!first || d.year < first))
				first = d.year;
			if (pass == 0 && d.year > last)
				last = d.year;
		}
	}
	return entries;
}

static void
count_code(struct list *entries, struct view key, struct arena *a)
{
	struct entry *e;

	if (key.n == 0)
		return;
	for (size_t i = 0; i < entries->n; i++) {
		e = LIST_AT(entries, struct entry, i);
		if (view_eq(e->key, key)) {
			e->n++;
			return;
		}
	}
	e = list_push(entries, a);
	*e = (struct entry){ key, 1 };
}

/* One entry a value, in order of first appearance. */
static struct list
count_codes(const struct data *t, const struct data_count *c, struct arena *a)
{
	struct list entries = LIST_OF(struct entry);

	for (size_t i = 0; i < t->nitems; i++) {
		const struct data_cell *cell = &t->cells[i * t->nfields + c->field];

		if (!data_fits(t, i, &c->where))
			continue;
		count_code(&entries, cell->text, a);
		for (size_t k = 0; k < cell->texts.n; k++)
			count_code(&entries, *LIST_AT(&cell->texts, struct view, k), a);
	}
	return entries;
}

static struct value
entry_value(struct locale *l, const struct entry *e, bool year, size_t sum, size_t most)
{
	struct lang *lang = l->language->lang;
	struct arena *a = l->arena;
	struct value v = value_map();
	long n = strtol(view_copy(a, e->key).p, NULL, 10);
	size_t tenths = most ? (sum * 2000 + most) / (2 * most) : 0;

	value_set(&v, a, "key", value_text(e->key));
	value_set(&v, a, "label", year ? value_text(lang_ungrouped(lang, a, (double)n)) : tables_isolated(l, e->key));
	value_set(&v, a, "value", value_number(a, (double)sum, lang_number(lang, a, (double)sum, 0)));
	value_set(&v, a, "value-number", plain(a, (double)sum, 0));
	value_set(&v, a, "share", plain(a, (double)tenths / 10, 1));
	if (year)
		value_set(&v, a, "fifth", value_bool(n % 5 == 0));
	else
		value_set_view(&v, a, view_printf(a, "key-%.*s", VIEW_ARG(e->key)), value_bool(true));
	return v;
}

static struct value
count_value(struct locale *l, const struct data *t, const struct data_count *c)
{
	bool year = t->fields[c->field].type == DATA_DATE;
	struct list entries = year ? count_years(t, c, l->arena) : count_codes(t, c, l->arena);
	struct value list = value_list();
	size_t most = 0, sum = 0;

	for (size_t i = 0; i < entries.n; i++) {
		sum = LIST_AT(&entries, struct entry, i)->n + (c->running ? sum : 0);
		most = sum > most ? sum : most;
	}
	sum = 0;
	for (size_t i = 0; i < entries.n; i++) {
		const struct entry *e = LIST_AT(&entries, struct entry, i);
		struct value v;

		sum = e->n + (c->running ? sum : 0);
		v = entry_value(l, e, year, sum, most);
		value_set(&v, l->arena, "at", plain(l->arena, (double)i * 100 / (double)entries.n, 3));
		value_set(&v, l->arena, "width", plain(l->arena, 100 / (double)entries.n, 3));
		value_set(&v, l->arena, "first", value_bool(i == 0));
		value_set(&v, l->arena, "last", value_bool(i + 1 == entries.n));
		value_push(&list, l->arena, v);
	}
	return list;
}

struct value
counts_make(struct locale *l)
{
	struct value map = value_map();

	for (size_t i = 0; i < l->world->data.n; i++) {
		const struct data *t = *LIST_AT(&l->world->data, struct data *, i);

		for (size_t k = 0; k < t->counts.n; k++) {
			const struct data_count *c = LIST_AT(&t->counts, struct data_count, k);
			struct value list;

			if (value_get(&map, c->name, value_hash(c->name)))
				continue;
			list = count_value(l, t, c);
			value_set_view(&map, l->arena, c->name, list);
			value_set_view(&map, l->arena, view_printf(l->arena, "has-%.*s", VIEW_ARG(c->name)),
			    value_bool(list.n > 0));
		}
	}
	return map;
}
