/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON in, read by jansson, and JSON out, printed here. */

/*
 * jansson's own names collide with those of json.h. They are set aside here, and our three symbols are hidden: a jansson that
 * was not linked against its own symbols (Debian's is) would else call our json_object in place of its own.
 */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_ARRAY JANSSON_ARRAY
#define JSON_STRING JANSSON_STRING
#define JSON_INTEGER JANSSON_INTEGER
#define JSON_REAL JANSSON_REAL
#define JSON_TRUE JANSSON_TRUE
#define JSON_FALSE JANSSON_FALSE
#define JSON_NULL JANSSON_NULL
#define json_object jansson_object
#define json_array jansson_array
#define json_string jansson_string
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_ARRAY
#undef JSON_STRING
#undef JSON_INTEGER
#undef JSON_REAL
#undef JSON_TRUE
#undef JSON_FALSE
#undef JSON_NULL
#undef json_object
#undef json_array
#undef json_string

#include "format/json.h"

#include <math.h>
#include <stdlib.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* Every value is made by json_new, so each has this behind it. */
struct json_value {
	struct json json;	/* first: a pointer to it is a pointer to the whole */
	struct json *last;	/* last element of a container, so that adding does not walk */
};

static struct json *
json_new(struct arena *a, enum json_kind kind)
{
	struct json_value *v = arena_new(a, struct json_value);

	v->json.kind = kind;
	return &v->json;
}

HIDDEN struct json *
json_object(struct arena *a)
{
	return json_new(a, JSON_OBJECT);
}

HIDDEN struct json *
json_array(struct arena *a)
{
	return json_new(a, JSON_ARRAY);
}

HIDDEN struct json *
json_string(struct arena *a, struct view text)
{
	struct json *j = json_new(a, JSON_STRING);

	j->text = view_copy(a, text);
	return j;
}

struct json *
json_number(struct arena *a, double n)
{
	struct json *j = json_new(a, JSON_NUMBER);
	int digits = 1;

	if (!isfinite(n))
		bug("JSON has no such number");
	j->number = n;
	if (n > -1e15 && n < 1e15 && (double)(long long)n == n) {
		j->text = view_printf(a, "%.0f", n + 0.0);
		return j;
	}
	do
		j->text = view_printf(a, "%.*g", digits, n);
	while (strtod(j->text.p, NULL) != n && digits++ < 17);
	return j;
}

struct json *
json_bool(struct arena *a, bool truth)
{
	return json_new(a, truth ? JSON_TRUE : JSON_FALSE);
}

static void
json_link(struct json *container, struct json *value)
{
	struct json_value *v = (struct json_value *)container;

	if (v->last)
		v->last->next = value;
	else
		container->child = value;
	v->last = value;
}

struct json *
json_add(struct arena *a, struct json *container, const char *key, struct json *value)
{
	if (container->kind == JSON_OBJECT)
		value->key = view_copy(a, view_str(key));
	else if (container->kind != JSON_ARRAY)
		bug("a JSON value inside a value that is no container");
	json_link(container, value);
	return value;
}

const struct json *
json_get(const struct json *object, const char *key)
{
	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json *j = object->child; j; j = j->next)
		if (view_is(j->key, key))
			return j;
	return NULL;
}

static struct json *from_jansson(struct arena *a, json_t *v);

static void
members(struct arena *a, struct json *container, json_t *v)
{
	struct json *child;

	if (container->kind == JSON_ARRAY) {
		for (size_t i = 0; i < json_array_size(v); i++) {
			child = from_jansson(a, json_array_get(v, i));
			json_link(container, child);
		}
		return;
	}
	for (void *at = json_object_iter(v); at; at = json_object_iter_next(v, at)) {
		child = from_jansson(a, json_object_iter_value(at));
		child->key = view_copy(a, view_str(json_object_iter_key(at)));
		json_link(container, child);
	}
}

/* Recursion is bounded by jansson's own limit of 2048 levels. */
static struct json *
from_jansson(struct arena *a, json_t *v)
{
	struct json *j;

	switch (json_typeof(v)) {
	case JANSSON_OBJECT:
	case JANSSON_ARRAY:
		j = json_new(a, json_typeof(v) == JANSSON_OBJECT ? JSON_OBJECT : JSON_ARRAY);
		members(a, j, v);
		return j;
	case JANSSON_STRING:
		return json_string(a, view_of(json_string_value(v), json_string_length(v)));
	case JANSSON_INTEGER:
	case JANSSON_REAL:
		return json_number(a, json_number_value(v));
	case JANSSON_TRUE:
	case JANSSON_FALSE:
		return json_bool(a, json_typeof(v) == JANSSON_TRUE);
	case JANSSON_NULL:
		break;
	}
	return json_new(a, JSON_NULL);
}

struct json *
json_read(struct arena *a, struct view text, struct view *error)
{
	json_error_t e;
	json_t *v = json_loadb(text.n ? text.p : "", text.n, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL |
	    JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &e);
	struct json *j;

	if (!v) {
		if (json_error_code(&e) == json_error_out_of_memory)
			memory_fail();
		*error = view_printf(a, "%d:%d: %s", e.line, e.column, e.text);
		return NULL;
	}
	j = from_jansson(a, v);
	json_decref(v);
	return j;
}

static void
print_string(struct view v, struct buf *b)
{
	static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

	buf_addc(b, '"');
	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];
		const char *at = c ? strchr(names, c) : NULL;

		if (at) {
			buf_addc(b, '\\');
			buf_addc(b, letters[at - names]);
		} else if ((unsigned char)c < 0x20) {
			buf_printf(b, "\\u%04x", (unsigned)c);
		} else {
			buf_addc(b, c);
		}
	}
	buf_addc(b, '"');
}

static void
print_value(const struct json *j, unsigned depth, struct buf *b)
{
	bool object = j->kind == JSON_OBJECT;

	switch (j->kind) {
	case JSON_NULL:
		buf_puts(b, "null");
		return;
	case JSON_FALSE:
		buf_puts(b, "false");
		return;
	case JSON_TRUE:
		buf_puts(b, "true");
		return;
	case JSON_NUMBER:
		buf_addv(b, j->text);
		return;
	case JSON_STRING:
		print_string(j->text, b);
		return;
	case JSON_ARRAY:
	case JSON_OBJECT:
		break;
	}
	if (!j->child) {
		buf_puts(b, object ? "{}" : "[]");
		return;
	}
	buf_addc(b, object ? '{' : '[');
	for (const struct json *c = j->child; c; c = c->next) {
		buf_printf(b, "%s\n%*s", c == j->child ? "" : ",", (int)depth * 2 + 2, "");
		if (object) {
			print_string(c->key, b);
			buf_puts(b, ": ");
		}
		print_value(c, depth + 1, b);
	}
	buf_printf(b, "\n%*s%c", (int)depth * 2, "", object ? '}' : ']');
}

void
json_print(const struct json *j, struct buf *b)
{
	print_value(j, 0, b);
	buf_addc(b, '\n');
}
