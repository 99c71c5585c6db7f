/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON out, for --format json, and JSON in for the test suites. jansson stays in json.c. */
#pragma once
#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* A tree in an arena; arrays and objects are linked by next in the order of the text (objects) or of the array. */
struct json {
	enum json_kind kind;
	struct view key;	/* members of an object */
	struct view text;	/* strings; numbers as printed shortest ("1.21") */
	double number;
	struct json *child;
	struct json *next;
};

/* Reads one JSON text; NULL when it is not JSON, *error then holds "line:column: message" (in the arena). */
struct json *json_read(struct arena *a, struct view text, struct view *error);
/* The member of an object, or NULL. */
const struct json *json_get(const struct json *object, const char *key);

/* Building: all values in the arena. */
struct json *json_object(struct arena *a);
struct json *json_array(struct arena *a);
struct json *json_string(struct arena *a, struct view text);
struct json *json_number(struct arena *a, double n);
struct json *json_bool(struct arena *a, bool truth);
/* Adds value as the last member or element (key ignored for arrays); returns value. */
struct json *json_add(struct arena *a, struct json *container, const char *key, struct json *value);
/* Prints with two spaces of indentation and a final newline; UTF-8 as it is. */
void json_print(const struct json *j, struct buf *b);
