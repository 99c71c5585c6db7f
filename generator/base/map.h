/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table from text to pointers, in an arena. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

/* Entries keep the order in which they came; that order is the only one anyone may depend on. */
struct map_entry {
	struct view key;	/* borrowed: must live as long as the map */
	void *value;
	uint64_t hash;
};
struct map {
	struct arena *arena;
	struct map_entry *entries;	/* n of them, in order of arrival */
	size_t n;
	size_t cap;
	uint32_t *slots;		/* open addressing: index + 1 into entries, 0 is free */
	size_t nslots;
};

void map_init(struct map *m, struct arena *a);
/* Makes room for n entries at once. */
void map_room(struct map *m, size_t n);
/* The value of key, or NULL. */
void *map_get(const struct map *m, struct view key);
/* Its place in entries, or SIZE_MAX. */
size_t map_index(const struct map *m, struct view key);
/* Sets key to value, which must not be NULL. Returns the value it had before, or NULL when it is new. */
void *map_set(struct map *m, struct view key, void *value);
/* Sets key only if it is not there. Returns what the map holds for it afterwards. */
void *map_add(struct map *m, struct view key, void *value);
