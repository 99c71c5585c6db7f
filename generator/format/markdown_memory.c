/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory for the Markdown library, which asks for each node and string alone: pieces of an arena, kept by size for the next that asks. All
 * go at once when the text has been read, so that nobody need walk the library's tree.
 */
#include "format/markdown_memory.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { STEP = 16, SMALL = STEP * MARKDOWN_SMALL_CLASSES };

/* Stands before its bytes. */
struct markdown_piece {
	alignas(max_align_t) struct markdown_piece *next;	/* while it is free */
	size_t class;
};

/* The library hands its memory's calls no pointer of ours. Set while a text is read, which never happens within another. */
static struct markdown_memory *memory;

/* Steps of 16 bytes, then powers of two. */
static size_t
class_of(size_t n)
{
	size_t class = MARKDOWN_SMALL_CLASSES;

	if (n <= SMALL)
		return (n + STEP - 1) / STEP;
	if (n > SIZE_MAX / 4)
		memory_fail();
	while ((size_t)SMALL << (class - MARKDOWN_SMALL_CLASSES) < n)
		class++;
	return class;
}

static size_t
room_of(size_t class)
{
	return class <= MARKDOWN_SMALL_CLASSES ? class * STEP : (size_t)SMALL << (class - MARKDOWN_SMALL_CLASSES);
}

static void *
take(size_t n)
{
	size_t class = class_of(n);
	struct markdown_piece *p;

	if (class >= MARKDOWN_CLASSES)
		memory_fail();
	p = memory->free[class];
	if (p) {
		memory->free[class] = p->next;
	} else {
		p = arena_room(&memory->arena, sizeof *p + room_of(class));
		p->class = class;
	}
	return p + 1;
}

void
markdown_memory_begin(struct markdown_memory *m)
{
	*m = (struct markdown_memory){ 0 };
	arena_init(&m->arena);
	memory = m;
}

void
markdown_memory_end(struct markdown_memory *m)
{
	memory = NULL;
	arena_release(&m->arena);
}

void *
markdown_memory_get(size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		memory_fail();
	return memset(take(n * size), 0, n * size);
}

void *
markdown_memory_resize(void *p, size_t n)
{
	const struct markdown_piece *old = p ? (const struct markdown_piece *)p - 1 : NULL;
	void *new;

	if (old && n <= room_of(old->class))
		return p;
	new = take(n);
	if (old) {
		memcpy(new, p, room_of(old->class));
		markdown_memory_free(p);
	}
	return new;
}

void
markdown_memory_free(void *p)
{
	struct markdown_piece *piece = p ? (struct markdown_piece *)p - 1 : NULL;

	if (!piece)
		return;
#ifdef __SANITIZE_ADDRESS__	/* tests see who uses it once more: it is nobody's until all goes */
	__asan_poison_memory_region(p, room_of(piece->class));
#else
	piece->next = memory->free[piece->class];
	memory->free[piece->class] = piece;
#endif
}
