/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cells and partial lines of pages lead to: rows of data files, and pages. */
#include "base/arena.h"
#include "model/data.h"

/* State of resolving. */
struct resolving {
	struct arena *arena;
	const struct list *all;
	const struct map *by_path;
	struct diags *d;
};

static const struct data *
find(const struct resolving *r, struct view name)
{
	return data_find(r->all, view_copy(r->arena, name).p);
}

/* The other file and its field; false after a message. */
static bool
find_target(const struct resolving *r, struct data_field *f, size_t *column)
{
	size_t dot = f->ref.n;

	while (dot > 0 && f->ref.p[dot - 1] != '.')
		dot--;
	f->target = find(r, view_slice(f->ref, 0, dot - 1));
	if (f->target)
		*column = data_field(f->target, view_slice(f->ref, dot, f->ref.n));
	if (f->target && *column < f->target->nfields)
		return true;
	f->target = NULL;
	diag(r->d, data_ref, f->place, f->ref);
	return false;
}

/* Rows by the text of a field; the first of those that have the same. Values are cells. */
static void
index_rows(const struct resolving *r, const struct data *t, size_t column, struct map *rows)
{
	map_init(rows, r->arena);
	for (size_t i = 0; i < t->nitems; i++) {
		struct data_cell *c = &t->cells[i * t->nfields + column];

		if (c->text.n)
			map_add(rows, c->text, c);
	}
}

static void
link_row(const struct resolving *r, const struct data_field *f, const struct map *rows, struct data_cell *c,
    struct view text, struct place place)
{
	const struct data_cell *found = map_get(rows, text);

	if (text.n == 0)
		return;
	if (found)
		((struct data_link *)list_push(&c->links, r->arena))->row = (size_t)(found - f->target->cells) / f->target->nfields;
	else
		diag(r->d, data_row, place, text, f->target->file);
}

/* An id that is one in HTML, in XML and in addresses as it stands. */
static bool
is_id(struct view id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (i && ((c >= '0' && c <= '9') || c == '-' || c == '_'))))
			return false;
	}
	return id.n > 0;
}

static void
link_page(const struct resolving *r, struct data_cell *c, struct view text, struct place place)
{
	size_t hash = view_find(text, '#');
	const struct page *p = map_get(r->by_path, view_slice(text, 0, hash));
	struct view fragment = view_slice(text, hash + 1, text.n);

	if (text.n == 0)
		return;
	if (!p)
		diag(r->d, data_page, place, text);
	else if (fragment.n && !map_get(&p->ids, fragment) && !is_id(fragment))
		diag(r->d, data_anchor, place, fragment, VIEW("only a-z, A-Z, 0-9, '-' and '_', a letter first"));
	else if (fragment.n && !map_get(&p->ids, fragment))
		diag(r->d, anchor_missing, place, p->path, fragment);
	else
		*(struct data_link *)list_push(&c->links, r->arena) = (struct data_link){ .page = p,
			.fragment = fragment, .own = fragment.n && map_get(&p->ids, fragment) == c };
}

static void
link_field(const struct resolving *r, struct data *t, size_t column)
{
	struct data_field *f = &t->fields[column];
	struct map rows = { 0 };
	size_t at = 0;

	if (f->type != DATA_REF && f->type != DATA_PAGE)
		return;
	if (f->type == DATA_REF && !find_target(r, f, &at))
		return;
	if (f->type == DATA_REF)
		index_rows(r, f->target, at, &rows);
	for (size_t i = 0; i < t->nitems; i++) {
		struct data_cell *c = &t->cells[i * t->nfields + column];
		size_t n = c->texts.n ? c->texts.n : 1;

		c->links = LIST_OF(struct data_link);
		for (size_t k = 0; k < n; k++) {
			struct view text = c->texts.n ? *LIST_AT(&c->texts, struct view, k) : c->text;
			struct place place = c->texts.n ? c->places[k] : c->place;

			if (f->type == DATA_REF)
				link_row(r, f, &rows, c, text, place);
			else
				link_page(r, c, text, place);
		}
	}
}

/* The conditions as a person wrote them. */
static struct view
said(const struct resolving *r, const struct list *where)
{
	struct view out;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < where->n; i++) {
		const struct page_where *w = LIST_AT(where, struct page_where, i);

		buf_printf(&b, "%s%.*s=%.*s", i ? " " : "", VIEW_ARG(w->field), VIEW_ARG(w->value));
	}
	out = view_copy(r->arena, view_buf(&b));
	buf_release(&b);
	return out;
}

/* Finds the fields of a partial line; false after a message. */
static bool
find_columns(const struct resolving *r, struct page_part *part)
{
	if (part->where.n && !part->data) {
		diag(r->d, part_data, part->place, part->name);
		return false;
	}
	for (size_t i = 0; i < part->where.n; i++) {
		struct page_where *w = LIST_AT(&part->where, struct page_where, i);

		w->column = data_field(part->data, w->field);
		if (w->column == part->data->nfields) {
			diag(r->d, part_field, part->place, w->field, part->data->name);
			return false;
		}
	}
	return true;
}

/* A row that p shows: where its own cell names a place on p, that is it. In page->ids the cell stands for it, p for all other places. */
static void
add_place(const struct resolving *r, struct page *p, struct data_cell *c)
{
	size_t hash = view_find(c->text, '#');
	struct view id = view_slice(c->text, hash + 1, c->text.n);
	const void *other;

	if (hash == c->text.n || !view_eq(view_slice(c->text, 0, hash), p->path) || !is_id(id))
		return;
	other = map_get(&p->ids, id);
	if (!other)
		map_set(&p->ids, id, c);
	else if (other != c && other != p)
		diag(r->d, data_anchor, c->place, id, VIEW("another item has it"));
}

/* The rows that a line shows. */
static void
link_part(const struct resolving *r, struct page *p, struct page_part *part)
{
	const struct data *t = part->data = find(r, part->name);
	size_t shown = 0;

	part->dead = !find_columns(r, part);
	for (size_t i = 0; t && !part->dead && i < t->nitems; i++) {
		if (!data_fits(t, i, &part->where))
			continue;
		shown++;
		for (size_t k = 0; k < t->nfields; k++)
			if (t->fields[k].type == DATA_PAGE)
				add_place(r, p, &t->cells[i * t->nfields + k]);
	}
	if (t && part->where.n && !part->dead && shown == 0) {
		diag(r->d, part_empty, part->place, said(r, &part->where), t->name);
		part->dead = true;
	}
}

/* Counts of all files share one name space. */
static void
check_counts(const struct resolving *r)
{
	struct map names;

	map_init(&names, r->arena);
	for (size_t i = 0; i < r->all->n; i++) {
		struct data *t = *LIST_AT(r->all, struct data *, i);

		for (size_t k = 0; k < t->counts.n; k++) {
			struct data_count *c = LIST_AT(&t->counts, struct data_count, k);

			if (map_add(&names, c->name, c) != c)
				diag(r->d, data_count_twice, c->place, c->name);
		}
	}
}

void
data_resolve(const struct list *all, const struct list *pages, const struct map *by_path, struct arena *a,
    struct diags *d)
{
	struct resolving r = { a, all, by_path, d };

	for (size_t i = 0; i < pages->n; i++) {
		struct page *p = *LIST_AT(pages, struct page *, i);

		for (size_t k = 0; k < p->nparts; k++)
			link_part(&r, p, &p->parts[k]);
	}
	for (size_t i = 0; i < all->n; i++) {
		struct data *t = *LIST_AT(all, struct data *, i);

		for (size_t k = 0; k < t->nfields; k++)
			link_field(&r, t, k);
	}
	check_counts(&r);
}
