/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking a YAML tree for what a model expects, with a message for each value of the wrong type. Part of format/yaml.h. */
#include "format/yaml.h"

#include <errno.h>
#include <stdlib.h>

#include "base/utf8.h"

const struct yaml *
yaml_get(const struct yaml *map, const char *key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (const struct yaml *y = map->child; y; y = y->next)
		if (view_is(y->key, key))
			return y;
	return NULL;
}

struct place
yaml_place(const struct yaml *y, struct view file)
{
	size_t n = utf8_count(view_slice(y->text, 0, view_find(y->text, '\n')));

	return place_at(file, y->line, y->col, (unsigned)(y->quoted ? n + 2 : n));
}

static void
wrong_type(const struct yaml *y, const char *key, const char *expected, struct view file, struct diags *d)
{
	diag(d, yaml_type, yaml_place(y, file), view_str(key), view_str(expected));
}

struct view
yaml_text(const struct yaml *map, const char *key, struct view file, struct diags *d)
{
	const struct yaml *y = yaml_get(map, key);

	if (!y)
		return VIEW_NONE;
	if (y->kind != YAML_SCALAR) {
		wrong_type(y, key, "text", file, d);
		return VIEW_NONE;
	}
	return y->text;
}

bool
yaml_bool(const struct yaml *map, const char *key, bool fallback, struct view file, struct diags *d)
{
	const struct yaml *y = yaml_get(map, key);

	if (!y)
		return fallback;
	if (y->kind == YAML_SCALAR && (view_is(y->text, "true") || view_is(y->text, "yes")))
		return true;
	if (y->kind == YAML_SCALAR && (view_is(y->text, "false") || view_is(y->text, "no")))
		return false;
	wrong_type(y, key, "true or false", file, d);
	return fallback;
}

/* A decimal number, with a sign or not; false when text is not one or too large for a long. */
static bool
to_long(struct view text, long *n)
{
	char *end;

	if (text.n == 0 || text.n > 20 || !strchr("+-0123456789", text.p[0]))
		return false;
	errno = 0;
	*n = strtol(text.p, &end, 10);	/* scalars of the reader have a NUL behind them */
	return errno == 0 && end == text.p + text.n;
}

long
yaml_int(const struct yaml *map, const char *key, long fallback, long lo, long hi, struct view file, struct diags *d)
{
	const struct yaml *y = yaml_get(map, key);
	struct buf expected;
	long n;

	if (!y)
		return fallback;
	if (y->kind == YAML_SCALAR && to_long(y->text, &n) && n >= lo && n <= hi)
		return n;
	buf_init(&expected);
	buf_printf(&expected, "a whole number from %ld to %ld", lo, hi);
	wrong_type(y, key, expected.p, file, d);
	buf_release(&expected);
	return fallback;
}

struct list
yaml_texts(const struct yaml *map, const char *key, struct arena *a, struct view file, struct diags *d)
{
	const struct yaml *y = yaml_get(map, key);
	struct list l = LIST_OF(struct view);

	if (!y)
		return l;
	if (y->kind == YAML_MAP) {
		wrong_type(y, key, "a list of texts", file, d);
		return l;
	}
	if (y->kind == YAML_SCALAR) {
		if (y->text.n)
			*(struct view *)list_push(&l, a) = y->text;
		return l;
	}
	for (const struct yaml *c = y->child; c; c = c->next) {
		if (c->kind == YAML_SCALAR)
			*(struct view *)list_push(&l, a) = c->text;
		else
			wrong_type(c, key, "a list of texts", file, d);
	}
	return l;
}

enum { MAX_KEY = 32 };

/* Number of changes of one byte (or swaps of two neighbours) that make b of a: optimal string alignment distance. */
static size_t
distance(struct view a, struct view b)
{
	size_t rows[3][MAX_KEY + 1];

	if (a.n > MAX_KEY || b.n > MAX_KEY)
		return MAX_KEY;
	for (size_t k = 0; k <= b.n; k++)
		rows[0][k] = k;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t k = 1; k <= b.n; k++) {
			size_t n = up[k - 1] + (a.p[i - 1] != b.p[k - 1]);

			if (up[k] + 1 < n)
				n = up[k] + 1;
			if (now[k - 1] + 1 < n)
				n = now[k - 1] + 1;
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] && a.p[i - 2] == b.p[k - 1] && up2[k - 2] + 1 < n)
				n = up2[k - 2] + 1;
			now[k] = n;
		}
	}
	return rows[a.n % 3][b.n];
}

/* The known key that was probably meant, or NULL: at most a third of its letters differ. */
static const char *
nearest(struct view key, const char *const *keys)
{
	const char *best = NULL;
	size_t least = MAX_KEY;

	for (; *keys; keys++) {
		size_t n = distance(key, view_str(*keys));

		if (n < least && n * 3 <= strlen(*keys)) {
			least = n;
			best = *keys;
		}
	}
	return best;
}

static bool
is_known(struct view key, const char *const *keys)
{
	for (; *keys; keys++)
		if (view_is(key, *keys))
			return true;
	return false;
}

void
yaml_known(const struct yaml *map, const char *const *keys, struct view file, struct diags *d)
{
	struct buf hint;

	if (!map)
		return;
	if (map->kind != YAML_MAP) {
		diag(d, yaml_type, yaml_place(map, file), map->key.n ? map->key : file, VIEW("a map of keys and values"));
		return;
	}
	buf_init(&hint);
	for (const struct yaml *y = map->child; y; y = y->next) {
		const char *meant;

		if (is_known(y->key, keys))
			continue;
		meant = nearest(y->key, keys);
		buf_clear(&hint);
		if (meant)
			buf_printf(&hint, "; did you mean '%s'?", meant);
		diag(d, yaml_key, place_at(file, y->key_line, y->key_col, (unsigned)utf8_count(y->key)), y->key,
		    view_buf(&hint));
	}
	buf_release(&hint);
}
