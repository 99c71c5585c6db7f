/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two text types. */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

bool
view_ends(struct view v, const char *suffix)
{
	size_t n = strlen(suffix);

	return v.n >= n && view_eq(view_slice(v, v.n - n, v.n), view_of(suffix, n));
}

size_t
view_find(struct view v, char c)
{
	const char *q = v.n ? memchr(v.p, c, v.n) : NULL;

	return q ? (size_t)(q - v.p) : v.n;
}

/* Two bytes: memchr looks at many at once, memmem at each. */
static size_t
search_two(struct view v, const char *needle)
{
	const char *end = v.p + v.n - 1;

	for (const char *q = v.p; q < end && (q = memchr(q, needle[0], (size_t)(end - q))) != NULL; q++)
		if (q[1] == needle[1])
			return (size_t)(q - v.p);
	return v.n;
}

size_t
view_search(struct view v, struct view needle)
{
	const char *q;

	if (needle.n == 0)
		return 0;
	if (needle.n == 2 && v.n >= 2)
		return search_two(v, needle.p);
	q = v.n ? memmem(v.p, v.n, needle.p, needle.n) : NULL;
	return q ? (size_t)(q - v.p) : v.n;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct view
view_trim(struct view v)
{
	while (v.n && is_blank(v.p[0])) {
		v.p++;
		v.n--;
	}
	while (v.n && is_blank(v.p[v.n - 1]))
		v.n--;
	return v;
}

int
view_cmp(struct view a, struct view b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

enum { DISTANCE_LIMIT = 30, DISTANCE_BAND = 2 * DISTANCE_LIMIT + 1 };

/*
 * row[j - i + limit] is the distance of the first i bytes of a to the first j of b; cells further than limit from the
 * diagonal cannot be small enough.
 */
unsigned
view_distance(struct view a, struct view b, unsigned limit)
{
	unsigned row[DISTANCE_BAND + 2], width = 2 * limit + 1, last;

	if (limit > DISTANCE_LIMIT)
		bug("distance limit is too large");
	if (a.n > b.n + limit || b.n > a.n + limit)
		return limit + 1;
	for (unsigned k = 0; k < width; k++)
		row[k] = k < limit ? limit + 1 : k - limit;
	row[width] = limit + 1;
	for (size_t i = 1; i <= a.n; i++) {
		unsigned left = limit + 1;

		for (unsigned k = 0; k < width; k++) {
			unsigned best;

			if (i + k < limit || i + k - limit > b.n) {
				row[k] = limit + 1;
			} else if (i + k == limit) {
				row[k] = (unsigned)i;
			} else {
				best = row[k] + (a.p[i - 1] != b.p[i + k - limit - 1]);
				best = best < row[k + 1] + 1 ? best : row[k + 1] + 1;
				row[k] = best < left + 1 ? best : left + 1;
			}
			left = row[k];
		}
	}
	last = row[b.n - a.n + limit];
	return last <= limit ? last : limit + 1;
}

struct view
view_copy(struct arena *a, struct view v)
{
	return (struct view){ arena_copy(a, v.p, v.n), v.n };
}

bool
view_cut(struct view *rest, char sep, struct view *piece)
{
	size_t at;

	if (!rest->p)
		return false;
	at = view_find(*rest, sep);
	*piece = view_slice(*rest, 0, at);
	if (at == rest->n)
		*rest = VIEW_NONE;
	else
		*rest = view_slice(*rest, at + 1, rest->n);
	return true;
}

struct view
view_printf(struct arena *a, const char *format, ...)
{
	struct view v;
	struct buf b;
	va_list args;

	buf_init(&b);
	va_start(args, format);
	buf_vprintf(&b, format, args);
	va_end(args);
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v;
}

struct view
view_join(struct arena *a, struct view dir, struct view name)
{
	char *p;

	if (dir.n == 0)
		return view_copy(a, name);
	p = arena_room(a, dir.n + name.n + 2);
	memcpy(p, dir.p, dir.n);
	p[dir.n] = '/';
	if (name.n)
		memcpy(p + dir.n + 1, name.p, name.n);
	p[dir.n + 1 + name.n] = '\0';
	return (struct view){ p, dir.n + 1 + name.n };
}

struct view
view_concat(struct arena *a, struct view head, struct view tail)
{
	char *p = arena_room(a, head.n + tail.n + 1);

	if (head.n)
		memcpy(p, head.p, head.n);
	if (tail.n)
		memcpy(p + head.n, tail.p, tail.n);
	p[head.n + tail.n] = '\0';
	return (struct view){ p, head.n + tail.n };
}

static const char buf_empty[1];

void
buf_init(struct buf *b)
{
	b->p = (char *)buf_empty;
	b->n = b->cap = 0;
}

void
buf_release(struct buf *b)
{
	if (b->cap)
		free(b->p);
	buf_init(b);
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->cap)
		b->p[0] = '\0';
}

char *
buf_grow(struct buf *b, size_t n)
{
	if (n >= SIZE_MAX / 2 - b->n)
		memory_fail();
	if (b->cap < b->n + n + 1) {
		size_t cap = b->cap ? b->cap : 64;

		while (cap < b->n + n + 1)
			cap *= 2;
		b->p = memory_resize(b->cap ? b->p : NULL, cap);
		b->cap = cap;
		b->p[b->n] = '\0';
	}
	return b->p + b->n;
}

void
buf_vprintf(struct buf *b, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		bug("vsnprintf refused a format");
	vsnprintf(buf_reserve(b, (size_t)n), (size_t)n + 1, format, args);
	b->n += (size_t)n;
}

void
buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(b, format, args);
	va_end(args);
}

void
buf_truncate(struct buf *b, size_t n)
{
	if (n > b->n)
		bug("buffer truncated to more than it holds");
	b->n = n;
	if (b->cap)
		b->p[n] = '\0';
}

void
buf_base64(struct buf *b, struct view bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *p = (const unsigned char *)bytes.p;

	for (size_t i = 0; i < bytes.n; i += 3) {
		unsigned three = 0;

		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (i + k < bytes.n ? p[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			buf_addc(b, i + k <= bytes.n ? letters[three >> (18 - 6 * k) & 63] : '=');
	}
}
