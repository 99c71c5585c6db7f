/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are filled from: values in arenas, maps searched by hash. */
#include "model/value.h"

enum { FIRST_CAP = 8 };

struct value_maker {
	value_make *make;
	void *self;
	const void *what;
	const struct value_turn *turn;	/* EACH */
	unsigned made;			/* EACH: the turn that value is of */
	struct value value;		/* EACH */
};

struct value
value_none(void)
{
	return (struct value){ .kind = VALUE_NONE };
}

struct value
value_bool(bool truth)
{
	return (struct value){ .kind = VALUE_BOOL, .truth = truth };
}

struct value
value_number(struct arena *a, double number, struct view printed)
{
	if (printed.n == 0)
		printed = view_printf(a, "%.15g", number);
	return (struct value){ .kind = VALUE_NUMBER, .number = number, .plain = printed };
}

struct value
value_text(struct view plain)
{
	return (struct value){ .kind = VALUE_TEXT, .plain = plain };
}

struct value
value_text_in(struct view plain, struct view html, struct view lang, bool rtl)
{
	return (struct value){ .kind = VALUE_TEXT, .plain = plain, .html = html, .lang = lang, .rtl = rtl };
}

struct value
value_path(struct view path)
{
	return (struct value){ .kind = VALUE_PATH, .plain = path };
}

struct value
value_list(void)
{
	return (struct value){ .kind = VALUE_LIST };
}

struct value
value_map(void)
{
	return (struct value){ .kind = VALUE_MAP };
}

struct value
value_prog(const struct prog *p)
{
	return (struct value){ .kind = VALUE_PROG, .prog = p };
}

struct value
value_later(struct arena *a, value_make *make, void *self, const void *what)
{
	struct value_maker *m = arena_room(a, sizeof *m);

	m->make = make;
	m->self = self;
	m->what = what;
	return (struct value){ .kind = VALUE_LATER, .maker = m };
}

struct value
value_each(struct arena *a, value_make *make, const struct value_turn *turn, const void *what)
{
	struct value_maker *m = arena_room(a, sizeof *m);

	m->make = make;
	m->what = what;
	m->turn = turn;
	m->made = turn->number - 1;
	return (struct value){ .kind = VALUE_EACH, .maker = m };
}

static const struct value *
in_turn(struct value_maker *m)
{
	if (m->made != m->turn->number) {
		m->value = m->make(m->turn->self, m->what);
		m->made = m->turn->number;
	}
	return &m->value;
}

struct value *
value_push(struct value *list, struct arena *a, struct value item)
{
	if (list->kind != VALUE_LIST)
		bug("an item pushed to a value that is no list");
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : FIRST_CAP;
		struct value *items = arena_array(a, cap, sizeof *items);

		if (list->n)
			memcpy(items, list->items, list->n * sizeof *items);
		list->items = items;
		list->cap = cap;
	}
	list->items[list->n] = item;
	return &list->items[list->n++];
}

/* Index of a key, or map->n. */
static size_t
find(const struct value *map, struct view key, uint32_t hash)
{
	const uint32_t *hashes = map->hashes;

	if (!(map->seen >> (hash & 63) & 1))
		return map->n;
	for (size_t i = 0; i < map->n; i++)
		if (hashes[i] == hash && view_eq(map->entries[i].key, key))
			return i;
	return map->n;
}

static void
grow_map(struct value *map, struct arena *a, size_t cap)
{
	struct value_entry *entries = arena_room(a, cap * sizeof *entries);
	uint32_t *hashes = arena_room(a, cap * sizeof *hashes);

	if (map->n) {
		memcpy(entries, map->entries, map->n * sizeof *entries);
		memcpy(hashes, map->hashes, map->n * sizeof *hashes);
	}
	map->entries = entries;
	map->hashes = hashes;
	map->cap = cap;
}

struct value
value_map_for(struct arena *a, size_t n)
{
	struct value map = value_map();

	grow_map(&map, a, n);
	return map;
}

struct value *
value_put(struct value *map, struct arena *a, struct view key, uint32_t hash, struct value item)
{
	size_t i;

	if (map->kind != VALUE_MAP)
		bug("a key set in a value that is no map");
	i = find(map, key, hash);
	if (i == map->n) {
		if (map->n == map->cap)
			grow_map(map, a, map->cap ? map->cap * 2 : FIRST_CAP);
		map->hashes[i] = hash;
		map->seen |= UINT64_C(1) << (hash & 63);
		map->n++;
	}
	map->entries[i].key = key;
	map->entries[i].value = item;
	return &map->entries[i].value;
}

struct value *
value_set_view(struct value *map, struct arena *a, struct view key, struct value item)
{
	return value_put(map, a, key, value_hash(key), item);
}

const struct value *
value_peek(const struct value *map, struct view key, uint32_t hash)
{
	struct value *v;
	size_t i;

	if (map->kind != VALUE_MAP)
		return NULL;
	i = find(map, key, hash);
	if (i == map->n)
		return NULL;
	v = &map->entries[i].value;
	if (v->kind == VALUE_LATER)
		*v = v->maker->make(v->maker->self, v->maker->what);
	return v;
}

const struct value *
value_now(const struct value *v)
{
	return v->kind == VALUE_EACH ? in_turn(v->maker) : v;
}

const struct value *
value_get(const struct value *map, struct view key, uint32_t hash)
{
	const struct value *v = value_peek(map, key, hash);

	return v ? value_now(v) : NULL;
}

bool
value_true(const struct value *v)
{
	switch (v->kind) {
	case VALUE_NONE:
		return false;
	case VALUE_BOOL:
		return v->truth;
	case VALUE_TEXT:
	case VALUE_PATH:
		return v->plain.n > 0;
	case VALUE_LIST:
		return v->n > 0;
	case VALUE_NUMBER:
	case VALUE_MAP:
	case VALUE_PROG:
	case VALUE_LATER:
	case VALUE_EACH:
		break;
	}
	return true;
}
