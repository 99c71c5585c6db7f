/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array in an arena. */
#include "base/list.h"

#include <string.h>

#include "base/arena.h"

void *
list_push(struct list *l, struct arena *a)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 8;
		void *p = arena_array(a, cap, l->size);

		if (l->n)
			memcpy(p, l->items, l->n * l->size);
		l->items = p;
		l->cap = cap;
	}
	return memset((char *)l->items + l->n++ * l->size, 0, l->size);
}
