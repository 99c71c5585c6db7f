/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table from text to pointers: open addressing with linear probing over an array in order of arrival. */
#include "base/map.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

void
map_init(struct map *m, struct arena *a)
{
	*m = (struct map){ .arena = a };
}

static size_t
map_slot(const struct map *m, struct view key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->nslots - 1);

	while (m->slots[i]) {
		const struct map_entry *e = &m->entries[m->slots[i] - 1];

		if (e->hash == hash && view_eq(e->key, key))
			return i;
		i = (i + 1) & (m->nslots - 1);
	}
	return i;
}

void
map_room(struct map *m, size_t n)
{
	size_t cap = 8;
	struct map_entry *e;

	while (cap < n)
		cap *= 2;
	if (cap <= m->cap)
		return;
	e = arena_array(m->arena, cap, sizeof *e);
	if (m->n)
		memcpy(e, m->entries, m->n * sizeof *e);
	m->entries = e;
	m->cap = cap;
	m->nslots = cap * 2;
	m->slots = arena_array(m->arena, m->nslots, sizeof *m->slots);
	for (size_t i = 0; i < m->n; i++)
		m->slots[map_slot(m, e[i].key, e[i].hash)] = (uint32_t)i + 1;
}

void *
map_get(const struct map *m, struct view key)
{
	size_t i;

	if (m->n == 0)
		return NULL;
	i = map_slot(m, key, hash_bytes(key));
	return m->slots[i] ? m->entries[m->slots[i] - 1].value : NULL;
}

size_t
map_index(const struct map *m, struct view key)
{
	size_t i;

	if (m->n == 0)
		return SIZE_MAX;
	i = map_slot(m, key, hash_bytes(key));
	return m->slots[i] ? m->slots[i] - 1 : SIZE_MAX;
}

static struct map_entry *
map_place(struct map *m, struct view key, bool *found)
{
	uint64_t hash = hash_bytes(key);
	size_t i;

	if (m->n == m->cap)
		map_room(m, m->cap + 1);
	i = map_slot(m, key, hash);
	*found = m->slots[i] != 0;
	if (!*found) {
		m->entries[m->n] = (struct map_entry){ key, NULL, hash };
		m->slots[i] = (uint32_t)++m->n;
	}
	return &m->entries[m->slots[i] - 1];
}

void *
map_set(struct map *m, struct view key, void *value)
{
	bool found;
	struct map_entry *e = map_place(m, key, &found);
	void *old = e->value;

	if (!value)
		bug("map value is NULL");
	e->value = value;
	return old;
}

void *
map_add(struct map *m, struct view key, void *value)
{
	bool found;
	struct map_entry *e = map_place(m, key, &found);

	if (!value)
		bug("map value is NULL");
	if (!found)
		e->value = value;
	return e->value;
}
