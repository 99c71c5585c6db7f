/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array in an arena. */
#include "base/list.h"

#include <string.h>

#include "base/arena.h"

void
list_room(struct list *l, struct arena *a, size_t n)
{
	void *p;

	if (n <= l->cap)
		return;
	p = arena_array(a, n, l->size);
	if (l->n)
		memcpy(p, l->items, l->n * l->size);
	l->items = p;
	l->cap = n;
}

void *
list_push(struct list *l, struct arena *a)
{
	if (l->n == l->cap)
		list_room(l, a, l->cap ? l->cap * 2 : 8);
	return memset((char *)l->items + l->n++ * l->size, 0, l->size);
}

void *
list_keep(struct list *l, struct arena *a)
{
	void *p = l->n ? arena_room(a, l->n * l->size) : NULL;

	if (p)
		memcpy(p, l->items, l->n * l->size);
	l->cap = l->n;
	return l->items = p;
}
