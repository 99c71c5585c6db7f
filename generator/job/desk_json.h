/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON on one line, for data that scripts read. Private to job/desk. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

/* Where something is written; a comma comes before all but the first of a list or object. */
struct desk_json {
	struct buf *b;
	bool more;
};

/* Begins an object or list ('{', '['), as the member `key` unless that is NULL. */
void desk_open(struct desk_json *j, const char *key, char bracket);
void desk_close(struct desk_json *j, char bracket);
/* A text, as the member `key` unless that is NULL. */
void desk_text(struct desk_json *j, const char *key, struct view text);
/* The same, left out when it is empty. */
void desk_maybe(struct desk_json *j, const char *key, struct view text);
void desk_number(struct desk_json *j, const char *key, size_t n);
/* true; left out when it is not. */
void desk_true(struct desk_json *j, const char *key, bool truth);
