/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two text types: a view that borrows and a buffer that grows. Can be used by all code. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

/* Borrowed bytes; not NUL-terminated unless its maker says so. p may be NULL only when n is 0. */
struct view {
	const char *p;
	size_t n;
};

/* Growable bytes. p is never NULL and p[n] is always NUL. Not in an arena: buf_release frees it. */
struct buf {
	char *p;
	size_t n;
	size_t cap;
};

#define VIEW(literal) ((struct view){ "" literal, sizeof(literal) - 1 })
#define VIEW_NONE ((struct view){ NULL, 0 })
/* For printf: "%.*s", VIEW_ARG(v) */
#define VIEW_ARG(v) (int)(v).n, (v).n ? (v).p : ""

static inline struct view
view_of(const char *p, size_t n)
{
	return (struct view){ p, n };
}

/* A view of a NUL-terminated string; NULL gives the empty view. */
static inline struct view
view_str(const char *s)
{
	return (struct view){ s, s ? strlen(s) : 0 };
}

static inline struct view
view_buf(const struct buf *b)
{
	return (struct view){ b->p, b->n };
}

static inline bool
view_eq(struct view a, struct view b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
view_is(struct view a, const char *s)
{
	return view_eq(a, view_str(s));
}

/* Bytes from..to, both clipped to the view. */
static inline struct view
view_slice(struct view v, size_t from, size_t to)
{
	if (to > v.n)
		to = v.n;
	if (from > to)
		from = to;
	return (struct view){ v.n ? v.p + from : v.p, to - from };
}

static inline bool
view_starts(struct view v, const char *prefix)
{
	size_t n = strlen(prefix);

	return v.n >= n && (n == 0 || memcmp(v.p, prefix, n) == 0);
}

bool view_ends(struct view v, const char *suffix);
/* Position of byte c, or v.n when it is not there. */
size_t view_find(struct view v, char c);
/* Position of the text needle, or v.n when it is not there; an empty needle is at 0. */
size_t view_search(struct view v, struct view needle);
/* Without blanks, tabs and line ends at both ends. */
struct view view_trim(struct view v);
/* Order by bytes, which for UTF-8 is the order of code points: <0, 0, >0. */
int view_cmp(struct view a, struct view b);
/* Edits of one byte (put, drop, replace) that make b of a, for "did you mean"; limit + 1 when more than limit, which is at
 * most 30, are needed. Levenshtein's distance, in a band. */
unsigned view_distance(struct view a, struct view b, unsigned limit);
/* A copy in the arena with a NUL byte behind it. */
struct view view_copy(struct arena *a, struct view v);
/* Cuts the next piece before sep (or the rest) off *rest. False when *rest is used up. */
bool view_cut(struct view *rest, char sep, struct view *piece);
/* Printed text in the arena, NUL-terminated. */
struct view view_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "a/b" in the arena; an empty first part gives the second alone. */
struct view view_join(struct arena *a, struct view dir, struct view name);
/* Both, one after the other, in the arena, NUL-terminated. */
struct view view_concat(struct arena *a, struct view head, struct view tail);

void buf_init(struct buf *b);
void buf_release(struct buf *b);
/* Empties, keeps the memory. */
void buf_clear(struct buf *b);
/* Behind buf_reserve: more memory. */
char *buf_grow(struct buf *b, size_t n);
/* Room for n more bytes behind the text; returns where they go. */
static inline char *
buf_reserve(struct buf *b, size_t n)
{
	return n < b->cap - b->n ? b->p + b->n : buf_grow(b, n);
}

static inline void
buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	memcpy(buf_reserve(b, n), p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

static inline void
buf_addc(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->p[++b->n] = '\0';
}

static inline void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *format, va_list args);
/* Appends bytes in base64 (RFC 4648, with '='). */
void buf_base64(struct buf *b, struct view bytes);
/* Cuts to n bytes; n must not be above b->n. */
void buf_truncate(struct buf *b, size_t n);

static inline void
buf_addv(struct buf *b, struct view v)
{
	buf_add(b, v.p, v.n);
}
