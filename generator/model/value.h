/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are filled from: a tree of texts, numbers, lists and maps. Can be used by models, jobs and commands. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct prog;

enum value_kind { VALUE_NONE, VALUE_BOOL, VALUE_NUMBER, VALUE_TEXT, VALUE_LIST, VALUE_MAP, VALUE_PROG, VALUE_LATER,
	VALUE_EACH, VALUE_PATH };

/*
 * A text knows its language: where it differs from the page's, the template engine writes it with lang (and dir).
 * html, when it is there, is ready-made HTML of the same text; plain is always there.
 */
struct value {
	enum value_kind kind;
	bool truth;			/* BOOL */
	bool rtl;			/* TEXT: direction of lang; meaningless while lang is empty */
	double number;			/* NUMBER; plain is its printed form */
	union {
		struct {
			struct view plain;	/* TEXT, NUMBER, PATH */
			struct view html;	/* TEXT: or empty */
			struct view lang;	/* TEXT: BCP 47 tag, or empty for "the page's, or none in particular" */
		};
		struct {
			struct value *items;		/* LIST: n of them */
			struct value_entry *entries;	/* MAP: n of them */
			size_t n;
			size_t cap;			/* private */
			uint32_t *hashes;	/* private, MAP: the hashes of the keys side by side, for speed */
			uint64_t seen;	/* private, MAP: a bit for the last six bits of each hash */
		};
		const struct prog *prog;	/* PROG: operations to run in place */
		struct value_maker *maker;	/* private, LATER, EACH */
	};
};
struct value_entry {
	struct view key;
	struct value value;
};

struct value value_none(void);
struct value value_bool(bool truth);
/* printed is the number as a reader sees it (ICU); when empty, 15 significant digits at most ("85", "1.21"). */
struct value value_number(struct arena *a, double number, struct view printed);
struct value value_text(struct view plain);
struct value value_text_in(struct view plain, struct view html, struct view lang, bool rtl);
/* A path of the output ("fr/about.html#here"), printed as the way to it from the page under way. */
struct value value_path(struct view path);
struct value value_list(void);
struct value value_map(void);
/* The same, with room for n entries. */
struct value value_map_for(struct arena *a, size_t n);
struct value value_prog(const struct prog *p);
/* Makes a value; self and what are its caller's. */
typedef struct value value_make(void *self, const void *what);
/* An entry of a map that is made when value_get first finds it: most templates ask for little of what there is. */
struct value value_later(struct arena *a, value_make *make, void *self, const void *what);
/* What is under way: number is another one for each. */
struct value_turn {
	unsigned number;
	void *self;	/* given to value_make */
};
/* An entry that is made anew in each turn in which value_get finds it: for maps that outlive what is made from them. turn must outlive it, too. */
struct value value_each(struct arena *a, value_make *make, const struct value_turn *turn, const void *what);
/* Appends to a list and returns where the copy stands (valid until the next push). */
struct value *value_push(struct value *list, struct arena *a, struct value item);
/* For the tables of values: mixes the length and both ends of a name. Where the name is constant, the compiler does it. */
static inline __attribute__((always_inline)) uint32_t
value_hash(struct view key)
{
	uint64_t head = 0, tail = 0;

	if (key.n >= 8) {
		memcpy(&head, key.p, 8);
		memcpy(&tail, key.p + key.n - 8, 8);
	} else if (key.n >= 4) {
		memcpy(&head, key.p, 4);
		memcpy(&tail, key.p + key.n - 4, 4);
	} else if (key.n) {
		memcpy(&head, key.p, 1);
		memcpy(&tail, key.p + key.n / 2, 1);
		head = head << 8 | (unsigned char)key.p[key.n - 1];
	}
	return (uint32_t)((((head ^ key.n) * UINT64_C(0x9E3779B97F4A7C15)) ^ tail) * UINT64_C(0xC2B2AE3D27D4EB4F) >> 32);
}

/* Behind value_set: hash is value_hash(key). */
struct value *value_put(struct value *map, struct arena *a, struct view key, uint32_t hash, struct value item);
/* Sets a key of a map (key must outlive it; a key set twice keeps the last value); returns where it stands. */
static inline __attribute__((always_inline)) struct value *
value_set(struct value *map, struct arena *a, const char *key, struct value item)
{
	struct view name = view_str(key);

	return value_put(map, a, name, value_hash(name), item);
}

/* The same for a key that is not NUL-terminated. Entries are only to be made by these two. */
struct value *value_set_view(struct value *map, struct arena *a, struct view key, struct value item);
/* The value of a key, or NULL; never LATER or EACH. hash is value_hash(key). */
const struct value *value_get(const struct value *map, struct view key, uint32_t hash);
/* The same, but EACH is given as it stands; value_now gives what it is in this turn. */
const struct value *value_peek(const struct value *map, struct view key, uint32_t hash);
const struct value *value_now(const struct value *v);
/* Mustache truth: none, false, empty text, empty list are false; the number 0 and an empty map are true. */
bool value_true(const struct value *v);
