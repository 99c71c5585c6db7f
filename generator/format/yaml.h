/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML in, as a tree with places: the subset Waypost reads. For models and jobs; libyaml stays in yaml.c. */
#pragma once
#include <stdbool.h>

#include "base/diag.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/*
 * All scalars are text. A map keeps its order; its keys are unique scalars. Lists and maps are linked by next.
 * line and col (code points, from 1) are where the value begins; for a block scalar, its first text line.
 */
struct yaml {
	enum yaml_kind kind;
	bool literal;		/* scalar written as '|' or '>' */
	bool quoted;		/* scalar written with ' or " */
	unsigned line, col;
	unsigned end_line, end_col;	/* its last line; the column behind its end, 0 for blocks (a block scalar's empty lines may be counted) */
	bool flow;		/* list or map in brackets or braces */
	unsigned key_line, key_col;	/* map entries: where the key stands */
	struct view key;	/* map entries */
	struct view text;	/* scalars; block scalars with their final newline as YAML says */
	struct yaml *child;	/* lists and maps: first entry */
	struct yaml *next;
};

enum { YAML_MAX_BYTES = 4 << 20, YAML_MAX_SCALAR = 64 << 10, YAML_MAX_DEPTH = 8, YAML_MAX_NODES = 1000000 };

/*
 * Reads one document. text is UTF-8 that text_check (format/charset.h) has passed; file is its name in messages, first_line
 * the line its first line has there (1, or more for front matter).
 * Refuses with a message and its place: syntax errors (place from libyaml's problem mark), anchors, aliases, tags, merge keys,
 * directives, keys that are not scalars, depth, scalar and node limits. A tab in indentation and a git conflict marker get
 * their own message. A duplicate key is reported and its first value kept; after a second document, the first is kept.
 * text must live as long as the tree: texts may borrow from it. Returns the root, in the arena; an empty document gives an empty map. NULL after a message that says "left out".
 */
struct yaml *yaml_read(struct arena *a, struct view text, struct view file, unsigned first_line, struct diags *d);

/* Whether every character of a line's text is surely what it looks like to YAML: UTF-8, no control, no end of a line, none that readers differ about. */
bool yaml_harmless(struct view text);
/*
 * Whether no key and no quoted text has a character that reorders what a reader sees, which in quotes may be written as an escape that text_bidi
 * (format/charset.h) does not find in the file. False after a message (text_bidi) for the first one.
 */
bool yaml_bidi(const struct yaml *y, struct view file, struct diags *d);

/* The entry of a map, or NULL (also when map is NULL or not a map). */
const struct yaml *yaml_get(const struct yaml *map, const char *key);
/* The text of a scalar entry, or VIEW_NONE when there is none; a list or map is reported as yaml_type. */
struct view yaml_text(const struct yaml *map, const char *key, struct view file, struct diags *d);
/* true/false, yes/no; anything else is reported as yaml_type and gives the fallback, as a missing entry does. */
bool yaml_bool(const struct yaml *map, const char *key, bool fallback, struct view file, struct diags *d);
/* A decimal integer in lo..hi, with the same rule. */
long yaml_int(const struct yaml *map, const char *key, long fallback, long lo, long hi, struct view file,
    struct diags *d);
/* A list of scalars (a single scalar counts as a list of one); list of struct view. Wrong types are reported. */
struct list yaml_texts(const struct yaml *map, const char *key, struct arena *a, struct view file, struct diags *d);
/* Reports every key of map that is not in the NULL-terminated list, with the nearest known key as a note. */
void yaml_known(const struct yaml *map, const char *const *keys, struct view file, struct diags *d);
/* The place of a value; len is that of its first line. */
struct place yaml_place(const struct yaml *y, struct view file);
