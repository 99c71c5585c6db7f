/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages for users: the table and the gathering. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

struct row {
	enum diag_level level;
	const char *name;
	const char *text;
	const char *advice;
};

static const struct row rows[] = {
#define DIAG(id, level, text, advice) { DIAG_##level, #id, text, advice },
#include "base/diag.def"
#undef DIAG
};

void
diags_init(struct diags *d)
{
	arena_init(&d->arena);
	d->list = LIST_OF(struct diag);
}

void
diags_release(struct diags *d)
{
	arena_release(&d->arena);
	d->list = LIST_OF(struct diag);
}

void
diag_add(struct diags *d, enum diag_id id, struct place place, const struct view args[DIAG_ARGS])
{
	struct diag *m = list_push(&d->list, &d->arena);

	m->id = id;
	m->place = place;
	m->place.file = view_copy(&d->arena, place.file);
	for (int i = 0; i < DIAG_ARGS; i++)
		m->args[i] = view_copy(&d->arena, args[i]);
}

void
diag_note(struct diags *d, const char *format, ...)
{
	struct buf b;
	va_list args;

	if (d->list.n == 0)
		bug("a note without a message");
	buf_init(&b);
	va_start(args, format);
	buf_vprintf(&b, format, args);
	va_end(args);
	LIST_AT(&d->list, struct diag, d->list.n - 1)->note = view_copy(&d->arena, view_buf(&b));
	buf_release(&b);
}

void
diag_name(struct buf *b, enum diag_id id)
{
	for (const char *p = rows[id].name; *p; p++)
		buf_addc(b, *p == '_' ? '-' : *p);
}

enum diag_level
diag_level(enum diag_id id)
{
	return rows[id].level;
}

const char *
diag_level_name(enum diag_level level)
{
	return level == DIAG_NOTE ? "note" : level == DIAG_WARNING ? "warning" : "error";
}

const char *
diag_row(enum diag_id id, bool advice)
{
	return advice ? rows[id].advice : rows[id].text;
}

static void
fill(struct buf *b, const char *text, const struct diag *d)
{
	for (const char *p = text; *p; p++) {
		if (p[0] == '{' && p[1] >= '1' && p[1] <= '4' && p[2] == '}') {
			utf8_put_visible(b, d->args[p[1] - '1']);
			p += 2;
		} else {
			buf_addc(b, *p);
		}
	}
}

void
diag_text(struct buf *b, const struct diag *d)
{
	fill(b, rows[d->id].text, d);
}

void
diag_advice(struct buf *b, const struct diag *d)
{
	fill(b, rows[d->id].advice, d);
}

static int
compare(const void *x, const void *y)
{
	const struct diag *a = x, *b = y;
	int c = view_cmp(a->place.file, b->place.file);

	if (c)
		return c;
	if (a->place.line != b->place.line)
		return a->place.line < b->place.line ? -1 : 1;
	if (a->place.col != b->place.col)
		return a->place.col < b->place.col ? -1 : 1;
	if (rows[a->id].level != rows[b->id].level)
		return rows[a->id].level > rows[b->id].level ? -1 : 1;
	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	for (int i = 0; i < DIAG_ARGS; i++)
		if ((c = view_cmp(a->args[i], b->args[i])) != 0)
			return c;
	c = view_cmp(a->note, b->note);
	return c ? c : (a->place.len > b->place.len) - (a->place.len < b->place.len);
}

void
diags_sort(struct diags *d)
{
	struct diag *m = d->list.items;
	size_t n = 0;

	if (d->list.n < 2)
		return;
	qsort(m, d->list.n, sizeof *m, compare);
	for (size_t i = 1; i < d->list.n; i++)
		if (compare(&m[n], &m[i]) != 0)
			m[++n] = m[i];
	d->list.n = n + 1;
}

size_t
diags_count(const struct diags *d, enum diag_level level)
{
	size_t n = 0;

	for (size_t i = 0; i < d->list.n; i++)
		n += rows[LIST_AT(&d->list, struct diag, i)->id].level == level;
	return n;
}

static void
pack_view(struct buf *b, struct view v)
{
	uint32_t n = (uint32_t)v.n;

	buf_add(b, &n, sizeof n);
	buf_addv(b, v);
}

void
diags_pack(const struct diags *d, struct buf *b)
{
	for (size_t i = 0; i < d->list.n; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);
		uint32_t head[] = { m->id, m->place.line, m->place.col, m->place.len };

		buf_add(b, head, sizeof head);
		pack_view(b, m->place.file);
		for (int k = 0; k < DIAG_ARGS; k++)
			pack_view(b, m->args[k]);
		pack_view(b, m->note);
	}
}

static bool
unpack_view(struct view *bytes, struct view *v)
{
	uint32_t n;

	if (bytes->n < sizeof n)
		return false;
	memcpy(&n, bytes->p, sizeof n);
	if (bytes->n - sizeof n < n)
		return false;
	*v = view_of(bytes->p + sizeof n, n);
	*bytes = view_slice(*bytes, sizeof n + n, bytes->n);
	return true;
}

bool
diags_unpack(struct diags *d, struct view bytes)
{
	while (bytes.n) {
		uint32_t head[4];
		struct view v[DIAG_ARGS + 2];
		struct diag *m;

		if (bytes.n < sizeof head)
			return false;
		memcpy(head, bytes.p, sizeof head);
		bytes = view_slice(bytes, sizeof head, bytes.n);
		for (size_t k = 0; k < sizeof v / sizeof *v; k++)
			if (!unpack_view(&bytes, &v[k]))
				return false;
		if (head[0] >= DIAG_COUNT)
			return false;
		diag_add(d, (enum diag_id)head[0], place_at(v[0], head[1], head[2], head[3]), v + 1);
		m = LIST_AT(&d->list, struct diag, d->list.n - 1);
		m->note = view_copy(&d->arena, v[DIAG_ARGS + 1]);
	}
	return true;
}
