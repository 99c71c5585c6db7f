/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a data file: what its fields are, and what is made of them. */
#include "model/data_head.h"

#include "base/arena.h"
#include "model/data_check.h"

static const char *const type_names[] = { "text", "country", "date", "number", "code", "url", "bool", "ref", "page" };

/* The field a line of the head names, or NULL after a message. A file without items has nothing to compare with. */
static struct data_field *
named_field(struct reading *r, struct view name, struct place place)
{
	int i = data_column(r, name);

	if (i >= 0)
		return &r->t->fields[i];
	if (r->t->nitems)
		diag(r->d, data_field, place, name);
	return NULL;
}

static struct place
key_place(const struct reading *r, const struct yaml *y)
{
	return place_at(r->t->file, y->key_line, y->key_col, (unsigned)y->key.n);
}

/* "ref general-comments.number": the part behind the blank, or the empty view. */
static struct view
read_ref(struct view type)
{
	struct view ref = view_starts(type, "ref ") ? view_trim(view_slice(type, 4, type.n)) : VIEW_NONE;
	size_t dot = view_find(ref, '.');

	return dot > 0 && dot + 1 < ref.n && view_find(ref, ' ') == ref.n ? ref : VIEW_NONE;
}

static void
read_types(struct reading *r, const struct yaml *root)
{
	const size_t n = sizeof type_names / sizeof *type_names;

	for (const struct yaml *y = data_lines(r, root, "types", "lines of the form 'field: type'"); y; y = y->next) {
		struct data_field *f = named_field(r, y->key, key_place(r, y));
		struct view ref = y->kind == YAML_SCALAR ? read_ref(y->text) : VIEW_NONE;
		size_t type = ref.n ? DATA_REF : 0;

		while (type < n && !ref.n && !(y->kind == YAML_SCALAR && view_is(y->text, type_names[type])))
			type++;
		if (type == n || (type == DATA_REF && !ref.n)) {
			data_wrong(r, y, y->key, "text, country, date, number, code, url, bool, page or 'ref file.field'");
		} else if (f) {
			f->type = (enum data_type)type;
			f->ref = ref;
			f->place = yaml_place(y, r->t->file);
		}
	}
}

static void
read_translatable(struct reading *r, const struct yaml *root)
{
	struct list names = site_scalars(root, "translatable", r->arena, r->t->file, r->d);

	for (size_t i = 0; i < names.n; i++) {
		const struct yaml *y = *LIST_AT(&names, const struct yaml *, i);
		struct data_field *f = named_field(r, y->text, yaml_place(y, r->t->file));

		if (f && f->type != DATA_TEXT)
			data_wrong(r, y, y->text, "of type text to be translatable");
		else if (f)
			f->translatable = true;
	}
}

/* The next word; empty at the end. */
static struct view
next_word(struct view *text)
{
	struct view word;

	while (view_cut(text, ' ', &word))
		if (word.n)
			return word;
	return VIEW_NONE;
}

static bool
read_unit(struct view word, enum date_unit *unit)
{
	static const char *const names[] = { "days", "weeks", "months", "years" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (view_is(word, names[i]) || view_eq(word, view_slice(view_str(names[i]), 0, strlen(names[i]) - 1))) {
			*unit = (enum date_unit)i;
			return true;
		}
	}
	return false;
}

/* "begins - 21 days" */
static bool
read_sum(struct view text, struct view *from, struct data_sum *sum)
{
	struct view sign, n;

	*from = next_word(&text);
	sign = next_word(&text);
	n = next_word(&text);
	if ((!view_is(sign, "+") && !view_is(sign, "-")) || n.n == 0 || n.n > 5)
		return false;
	for (size_t i = 0; i < n.n; i++) {
		if (n.p[i] < '0' || n.p[i] > '9')
			return false;
		sum->n = sum->n * 10 + (n.p[i] - '0');
	}
	if (sign.p[0] == '-')
		sum->n = -sum->n;
	return read_unit(next_word(&text), &sum->unit) && next_word(&text).n == 0;
}

/* The fields of `compute:` stand behind those that items have, in the order of their lines. */
static void
read_compute(struct reading *r, const struct yaml *root)
{
	for (size_t i = r->written; i < r->t->nfields; i++)
		r->t->fields[i].type = DATA_DATE;
	for (const struct yaml *y = data_lines(r, root, "compute", NULL); y; y = y->next) {
		struct view text = y->kind == YAML_SCALAR ? y->text : VIEW_NONE, from;
		struct data_sum sum = { .to = (size_t)data_column(r, y->key) };
		const struct data_field *f;

		if (sum.to < r->written) {
			diag(r->d, data_compute_twice, key_place(r, y), y->key);
			continue;
		}
		if (!read_sum(text, &from, &sum)) {
			diag(r->d, data_compute, yaml_place(y, r->t->file), text);
			continue;
		}
		f = named_field(r, from, yaml_place(y, r->t->file));
		sum.from = f ? (size_t)(f - r->t->fields) : 0;
		if (f && (f->type != DATA_DATE || (sum.from >= r->written && sum.from >= sum.to)))
			data_wrong(r, y, from, "a date, written or computed above");
		else if (f)
			*(struct data_sum *)list_push(&r->t->sums, r->arena) = sum;
	}
}

/* One entry of `counts:`; false after a message. */
static bool
read_count(struct reading *r, const struct yaml *y, struct data_count *c)
{
	static const char *const known[] = { "name", "of", "where", "running", NULL };
	struct view file = r->t->file, of = yaml_text(y, "of", file, r->d), where = yaml_text(y, "where", file, r->d);
	const struct data_field *f;

	yaml_known(y, known, file, r->d);
	c->name = yaml_text(y, "name", file, r->d);
	c->running = yaml_bool(y, "running", false, file, r->d);
	c->place = yaml_place(y, file);
	if (c->name.n == 0 || of.n == 0) {
		data_wrong(r, y, VIEW("counts"), "a list of entries with 'name' and 'of'");
		return false;
	}
	f = named_field(r, of, yaml_place(yaml_get(y, "of"), file));
	if (!f)
		return false;
	c->field = (size_t)(f - r->t->fields);
	if (f->type != DATA_DATE && f->type != DATA_CODE) {
		data_wrong(r, yaml_get(y, "of"), of, "of type date or code to be counted");
		return false;
	}
	c->where = LIST_OF(struct page_where);
	if (where.n && !page_wheres(r->arena, where, &c->where)) {
		diag(r->d, data_where, yaml_place(yaml_get(y, "where"), file), where);
		return false;
	}
	for (size_t i = 0; i < c->where.n; i++) {
		struct page_where *w = LIST_AT(&c->where, struct page_where, i);

		f = named_field(r, w->field, yaml_place(yaml_get(y, "where"), file));
		if (!f)
			return false;
		w->column = (size_t)(f - r->t->fields);
	}
	return true;
}

static void
read_counts(struct reading *r, const struct yaml *root)
{
	const struct yaml *counts = yaml_get(root, "counts");

	if (!counts || (counts->kind == YAML_SCALAR && counts->text.n == 0))
		return;
	if (counts->kind != YAML_LIST) {
		data_wrong(r, counts, counts->key, "a list of entries with 'name' and 'of'");
		return;
	}
	for (const struct yaml *y = counts->child; y; y = y->next) {
		struct data_count c = { 0 };

		if (y->kind != YAML_MAP)
			data_wrong(r, y, VIEW("counts"), "a list of entries with 'name' and 'of'");
		else if (read_count(r, y, &c))
			*(struct data_count *)list_push(&r->t->counts, r->arena) = c;
	}
}

void
data_head(struct reading *r, const struct yaml *root)
{
	static const char *const known[] = { "translatable", "types", "sort", "compute", "counts", "items", NULL };
	struct view sort = yaml_text(root, "sort", r->t->file, r->d);

	r->t->sums = LIST_OF(struct data_sum);
	r->t->counts = LIST_OF(struct data_count);
	yaml_known(root, known, r->t->file, r->d);
	read_types(r, root);
	read_compute(r, root);
	data_guess_bools(r->t, root);
	read_translatable(r, root);
	r->t->sort = -1;
	if (sort.n && named_field(r, sort, yaml_place(yaml_get(root, "sort"), r->t->file)))
		r->t->sort = data_column(r, sort);
	read_counts(r, root);
}

void
data_compute(struct data *t, struct arena *a)
{
	for (size_t i = 0; i < t->sums.n; i++) {
		const struct data_sum *s = LIST_AT(&t->sums, struct data_sum, i);

		for (size_t row = 0; row < t->nitems; row++) {
			const struct data_cell *from = &t->cells[row * t->nfields + s->from];
			struct date d;

			if (date_read(from->text, &d) && date_add(&d, s->n, s->unit))
				t->cells[row * t->nfields + s->to].text = date_text(a, d);
		}
	}
}
