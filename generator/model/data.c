/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files: content/data/<name>.yaml. The lines above the items are read in data_head.c, what is in a cell is checked in data_check.c. */
#include "model/data.h"

#include "base/arena.h"
#include "base/map.h"
#include "format/charset.h"
#include "model/data_check.h"
#include "model/data_head.h"

int
data_column(const struct reading *r, struct view name)
{
	const char *p = map_get(&r->columns, name);

	return p ? (int)(p - r->ones) : -1;
}

void
data_wrong(struct reading *r, const struct yaml *y, struct view name, const char *what)
{
	diag(r->d, yaml_type, yaml_place(y, r->t->file), name, view_str(what));
}

const struct yaml *
data_lines(struct reading *r, const struct yaml *root, const char *key, const char *form)
{
	const struct yaml *y = yaml_get(root, key);

	if (!y || (y->kind == YAML_SCALAR && y->text.n == 0))
		return NULL;
	if (y->kind == YAML_MAP)
		return y->child;
	if (form)
		data_wrong(r, y, y->key, form);
	return NULL;
}

/* The union of the keys of all items, in order of first appearance, then what is computed. Items that are not maps are reported. */
static void
find_fields(struct reading *r, const struct yaml *items, const struct yaml *computed)
{
	struct data *t = r->t;
	size_t keys = 0;

	for (const struct yaml *item = items; item; item = item->next) {
		if (item->kind != YAML_MAP) {
			data_wrong(r, item, VIEW("items"), "a list of entries with fields, '- name: value'");
			continue;
		}
		t->nitems++;
		for (const struct yaml *y = item->child; y; y = y->next)
			keys++;
	}
	for (const struct yaml *y = computed; y; y = y->next)
		keys++;
	r->ones = arena_alloc(r->arena, keys + 1);
	map_init(&r->columns, r->arena);
	for (const struct yaml *item = items; item; item = item->next) {
		for (const struct yaml *y = item->kind == YAML_MAP ? item->child : NULL; y; y = y->next)
			map_add(&r->columns, y->key, r->ones + r->columns.n);
	}
	r->written = r->columns.n;
	for (const struct yaml *y = computed; y; y = y->next)
		map_add(&r->columns, y->key, r->ones + r->columns.n);
	t->nfields = r->columns.n;
	t->fields = arena_array(r->arena, t->nfields, sizeof *t->fields);
	for (size_t i = 0; i < t->nfields; i++)
		t->fields[i].name = r->columns.entries[i].key;
	t->cells = arena_array(r->arena, t->nitems * t->nfields, sizeof *t->cells);
}

static void
read_list(struct reading *r, struct data_cell *cell, const struct yaml *y)
{
	struct list places = LIST_OF(struct place);

	for (const struct yaml *one = y->child; one; one = one->next) {
		if (one->kind == YAML_SCALAR) {
			*(struct view *)list_push(&cell->texts, r->arena) = view_trim(one->text);
			*(struct place *)list_push(&places, r->arena) = yaml_place(one, r->t->file);
		} else {
			data_wrong(r, one, y->key, "a text or a list of texts");
		}
	}
	cell->places = places.items;
}

static void
read_cell(struct reading *r, int column, struct data_cell *cell, const struct yaml *y)
{
	cell->place = yaml_place(y, r->t->file);
	cell->texts = LIST_OF(struct view);
	if (y->kind == YAML_SCALAR) {
		cell->text = view_trim(y->text);
	} else if (y->kind == YAML_LIST) {
		r->t->fields[column].list = true;
		read_list(r, cell, y);
	} else {
		data_wrong(r, y, y->key, "a text or a list of texts");
	}
}

static void
read_cells(struct reading *r, const struct yaml *items)
{
	struct data *t = r->t;
	struct data_cell *row = t->cells;

	for (size_t i = 0; i < t->nitems * t->nfields; i++)
		t->cells[i].segment = -1;
	for (const struct yaml *item = items; item; item = item->next) {
		if (item->kind != YAML_MAP)
			continue;
		for (const struct yaml *y = item->child; y; y = y->next)
			read_cell(r, data_column(r, y->key), &row[data_column(r, y->key)], y);
		row += t->nfields;
	}
}

/* The segment of a text, which is new or stands above already; -1 for an empty one. */
static int
make_segment(struct reading *r, struct map *seen, struct view text, struct place place)
{
	struct data *t = r->t;
	struct segment *s = &t->segments[t->nsegments], *first;

	if (text.n == 0)
		return -1;
	s->source = segment_normal(r->arena, text);
	first = map_add(seen, s->source, s);
	if (first != s)
		return (int)(first - t->segments);
	s->place = place;
	s->role = SEGMENT_DATA;
	s->plain = true;
	s->words = lang_words(r->site->source->lang, s->source);
	return (int)t->nsegments++;
}

/* Translatable cells become segments, each text once. */
static void
make_segments(struct reading *r)
{
	struct data *t = r->t;
	struct map seen;
	size_t n = 0;

	for (size_t i = 0; i < t->nitems * t->nfields; i++)
		n += t->fields[i % t->nfields].translatable ? 1 + t->cells[i].texts.n : 0;
	map_init(&seen, r->arena);
	t->segments = arena_array(r->arena, n + 1, sizeof *t->segments);
	for (size_t i = 0; i < t->nitems * t->nfields; i++) {
		struct data_cell *cell = &t->cells[i];

		if (!t->fields[i % t->nfields].translatable)
			continue;
		cell->segment = make_segment(r, &seen, cell->text, cell->place);
		if (cell->texts.n)
			cell->segments = arena_array(r->arena, cell->texts.n, sizeof *cell->segments);
		for (size_t k = 0; k < cell->texts.n; k++)
			cell->segments[k] = make_segment(r, &seen, *LIST_AT(&cell->texts, struct view, k), cell->places[k]);
	}
}

static struct data *
read_data(struct arena *a, const struct site *site, struct view name, struct view file, struct diags *d)
{
	struct data *t = arena_new(a, struct data);
	struct reading r = { .arena = a, .site = site, .d = d, .t = t };
	struct view text;
	const struct yaml *root = site_yaml(site, a, file, VIEW_NONE, true, &text, d), *items;

	if (!root || !text_bidi(text, file, d) || !yaml_bidi(root, file, d))
		return NULL;
	t->name = name;
	t->file = file;
	items = yaml_get(root, "items");
	if (items && items->kind != YAML_LIST) {
		if (items->kind != YAML_SCALAR || items->text.n)
			data_wrong(&r, items, items->key, "a list of entries with fields, '- name: value'");
		items = NULL;
	}
	items = items ? items->child : NULL;
	find_fields(&r, items, data_lines(&r, root, "compute", "lines of the form 'field: begins - 21 days'"));
	read_cells(&r, items);
	data_head(&r, root);
	data_check(t, a, site, d);
	data_compute(t, a);
	make_segments(&r);
	return t;
}

struct list
data_load(struct arena *a, const struct site *site, struct diags *d)
{
	struct list out = LIST_OF(struct data *), entries;

	if (!file_list(&site->root, a, VIEW("content/data"), &entries, d))
		return out;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view file = view_join(a, VIEW("content/data"), e->name);
		struct data *t;

		if (!view_ends(e->name, ".yaml") || e->kind == FILE_FOLDER)
			continue;
		t = read_data(a, site, view_slice(e->name, 0, e->name.n - strlen(".yaml")), file, d);
		if (t)
			*(struct data **)list_push(&out, a) = t;
	}
	return out;
}

const struct data *
data_find(const struct list *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct data *t = *LIST_AT(all, struct data *, i);

		if (view_is(t->name, name))
			return t;
	}
	return NULL;
}

size_t
data_field(const struct data *t, struct view name)
{
	size_t i = 0;

	while (i < t->nfields && !view_eq(t->fields[i].name, name))
		i++;
	return i;
}

long
data_row(const struct data *t, const char *field, struct view text)
{
	size_t f = data_field(t, view_str(field));

	for (size_t i = 0; f < t->nfields && i < t->nitems; i++) {
		if (view_eq(t->cells[i * t->nfields + f].text, text))
			return (long)i;
	}
	return -1;
}

const struct data_cell *
data_at(const struct data *t, size_t row, const char *field)
{
	size_t f = data_field(t, view_str(field));

	return f < t->nfields && row < t->nitems ? &t->cells[row * t->nfields + f] : NULL;
}

static bool
has_text(const struct data_cell *c, struct view text)
{
	for (size_t i = 0; i < c->texts.n; i++) {
		if (view_eq(*LIST_AT(&c->texts, struct view, i), text))
			return true;
	}
	return view_eq(c->text, text);
}

bool
data_fits(const struct data *t, size_t row, const struct list *where)
{
	for (size_t i = 0; i < where->n; i++) {
		const struct page_where *w = LIST_AT(where, struct page_where, i);

		if (!has_text(&t->cells[row * t->nfields + w->column], w->value))
			return false;
	}
	return true;
}
