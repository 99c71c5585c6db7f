/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files: content/data/<name>.yaml. What is in a cell is checked in data_check.c. */
#include "model/data.h"

#include "base/arena.h"
#include "base/map.h"
#include "format/yaml.h"
#include "model/data_check.h"

static const char *const type_names[] = { "text", "country", "date", "number", "code", "url", "bool" };

/* State of reading one file. */
struct reading {
	struct arena *arena;
	const struct site *site;
	struct diags *d;
	struct data *t;
	struct map columns;	/* name of a field to its number plus one, as a pointer into ones */
	char *ones;
};

/* Number of the field, or -1. */
static int
column(const struct reading *r, struct view name)
{
	const char *p = map_get(&r->columns, name);

	return p ? (int)(p - r->ones) : -1;
}

static void
wrong_type(struct reading *r, const struct yaml *y, struct view name, const char *what)
{
	diag(r->d, yaml_type, yaml_place(y, r->t->file), name, view_str(what));
}

/* The union of the keys of all items, in order of first appearance. Items that are not maps are reported. */
static void
find_fields(struct reading *r, const struct yaml *items)
{
	struct data *t = r->t;
	size_t keys = 0;

	for (const struct yaml *item = items; item; item = item->next) {
		if (item->kind != YAML_MAP) {
			wrong_type(r, item, VIEW("items"), "a list of entries with fields, '- name: value'");
			continue;
		}
		t->nitems++;
		for (const struct yaml *y = item->child; y; y = y->next)
			keys++;
	}
	r->ones = arena_alloc(r->arena, keys + 1);
	map_init(&r->columns, r->arena);
	for (const struct yaml *item = items; item; item = item->next) {
		for (const struct yaml *y = item->kind == YAML_MAP ? item->child : NULL; y; y = y->next)
			map_add(&r->columns, y->key, r->ones + r->columns.n);
	}
	t->nfields = r->columns.n;
	t->fields = arena_array(r->arena, t->nfields, sizeof *t->fields);
	for (size_t i = 0; i < t->nfields; i++)
		t->fields[i].name = r->columns.entries[i].key;
	t->cells = arena_array(r->arena, t->nitems * t->nfields, sizeof *t->cells);
}

static void
read_cell(struct reading *r, struct data_cell *cell, const struct yaml *y)
{
	cell->place = yaml_place(y, r->t->file);
	cell->texts = LIST_OF(struct view);
	if (y->kind == YAML_SCALAR) {
		cell->text = view_trim(y->text);
		return;
	}
	if (y->kind == YAML_MAP) {
		wrong_type(r, y, y->key, "a text or a list of texts");
		return;
	}
	for (const struct yaml *one = y->child; one; one = one->next) {
		if (one->kind == YAML_SCALAR)
			*(struct view *)list_push(&cell->texts, r->arena) = view_trim(one->text);
		else
			wrong_type(r, one, y->key, "a text or a list of texts");
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
			read_cell(r, &row[column(r, y->key)], y);
		row += t->nfields;
	}
}

/* The field a line of the head names, or NULL after a message. A file without items has nothing to compare with. */
static struct data_field *
named_field(struct reading *r, struct view name, struct place place)
{
	int i = column(r, name);

	if (i >= 0)
		return &r->t->fields[i];
	if (r->t->nitems)
		diag(r->d, data_field, place, name);
	return NULL;
}

static void
read_types(struct reading *r, const struct yaml *root)
{
	const struct yaml *types = yaml_get(root, "types");

	if (!types || (types->kind == YAML_SCALAR && types->text.n == 0))
		return;
	if (types->kind != YAML_MAP) {
		wrong_type(r, types, types->key, "lines of the form 'field: type'");
		return;
	}
	for (const struct yaml *y = types->child; y; y = y->next) {
		struct data_field *f = named_field(r, y->key,
		    place_at(r->t->file, y->key_line, y->key_col, (unsigned)y->key.n));
		size_t type = 0, n = sizeof type_names / sizeof *type_names;

		while (type < n && !(y->kind == YAML_SCALAR && view_is(y->text, type_names[type])))
			type++;
		if (type == n)
			wrong_type(r, y, y->key, "text, country, date, number, code, url or bool");
		else if (f)
			f->type = (enum data_type)type;
	}
}

static void
read_head(struct reading *r, const struct yaml *root)
{
	static const char *const known[] = { "translatable", "types", "sort", "items", NULL };
	struct list names = site_scalars(root, "translatable", r->arena, r->t->file, r->d);
	struct view sort = yaml_text(root, "sort", r->t->file, r->d);

	yaml_known(root, known, r->t->file, r->d);
	read_types(r, root);
	data_guess_bools(r->t, root);
	for (size_t i = 0; i < names.n; i++) {
		const struct yaml *y = *LIST_AT(&names, const struct yaml *, i);
		struct data_field *f = named_field(r, y->text, yaml_place(y, r->t->file));

		if (f && f->type != DATA_TEXT)
			wrong_type(r, y, y->text, "of type text to be translatable");
		else if (f)
			f->translatable = true;
	}
	r->t->sort = -1;
	if (sort.n && named_field(r, sort, yaml_place(yaml_get(root, "sort"), r->t->file)))
		r->t->sort = column(r, sort);
}

/* Translatable cells become segments, each text once. */
static void
make_segments(struct reading *r)
{
	struct data *t = r->t;
	struct map seen;

	map_init(&seen, r->arena);
	t->segments = arena_array(r->arena, t->nitems * t->nfields, sizeof *t->segments);
	for (size_t i = 0; i < t->nitems * t->nfields; i++) {
		struct data_cell *cell = &t->cells[i];
		struct segment *s = &t->segments[t->nsegments], *first;

		if (!t->fields[i % t->nfields].translatable)
			continue;
		if (cell->texts.n)
			diag(r->d, yaml_type, cell->place, t->fields[i % t->nfields].name,
			    VIEW("one text to be translatable"));
		if (cell->text.n == 0)
			continue;
		s->source = segment_normal(r->arena, cell->text);
		first = map_add(&seen, s->source, s);
		cell->segment = (int)(first - t->segments);
		if (first != s)
			continue;
		s->place = cell->place;
		s->role = SEGMENT_DATA;
		s->plain = true;
		s->words = lang_words(r->site->source->lang, s->source);
		t->nsegments++;
	}
}

static struct data *
read_data(struct arena *a, const struct site *site, struct view name, struct view file, struct diags *d)
{
	struct data *t = arena_new(a, struct data);
	struct reading r = { .arena = a, .site = site, .d = d, .t = t };
	struct view text;
	const struct yaml *root = site_yaml(site, a, file, VIEW_NONE, true, &text, d), *items;

	if (!root)
		return NULL;
	t->name = name;
	t->file = file;
	items = yaml_get(root, "items");
	if (items && items->kind != YAML_LIST) {
		if (items->kind != YAML_SCALAR || items->text.n)
			wrong_type(&r, items, items->key, "a list of entries with fields, '- name: value'");
		items = NULL;
	}
	items = items ? items->child : NULL;
	find_fields(&r, items);
	read_cells(&r, items);
	read_head(&r, root);
	data_check(t, a, site, d);
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

static size_t
field_index(const struct data *t, const char *field)
{
	size_t i = 0;

	while (i < t->nfields && !view_is(t->fields[i].name, field))
		i++;
	return i;
}

long
data_row(const struct data *t, const char *field, struct view text)
{
	size_t f = field_index(t, field);

	for (size_t i = 0; f < t->nfields && i < t->nitems; i++) {
		if (view_eq(t->cells[i * t->nfields + f].text, text))
			return (long)i;
	}
	return -1;
}

const struct data_cell *
data_at(const struct data *t, size_t row, const char *field)
{
	size_t f = field_index(t, field);

	return f < t->nfields && row < t->nitems ? &t->cells[row * t->nfields + f] : NULL;
}
