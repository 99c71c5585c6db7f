/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array in an arena. Can be used by all code. */
#pragma once
#include <stddef.h>

struct arena;

/* Elements of one size, in order. Old copies stay in the arena when it grows: meant for lists that end. */
struct list {
	void *items;	/* n elements of size bytes; NULL while empty */
	size_t n;
	size_t cap;
	size_t size;
};

#define LIST_OF(type) ((struct list){ NULL, 0, 0, sizeof(type) })
#define LIST_AT(list, type, i) (&((type *)(list)->items)[i])

/* Makes room for n elements at once. */
void list_room(struct list *l, struct arena *a, size_t n);
/* A new zeroed element at the end; valid until the next push. */
void *list_push(struct list *l, struct arena *a);
/* Moves the elements of a list that has ended to another arena, without the room behind them; NULL while there are none. */
void *list_keep(struct list *l, struct arena *a);
