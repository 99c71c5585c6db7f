/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is freed together: chunks that grow, linked newest first. */
#include "base/arena.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CHUNK_MIN = 4096, CHUNK_MAX = 1 << 20, KEEP_PIECE = 4 << 20, KEEP_ALL = 8 << 20 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t size;
	max_align_t data[];
};

_Noreturn void
memory_fail(void)
{
	static const char text[] = "waypost: error: out of memory [memory]\n";

	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(3);
	_exit(3);
}

_Noreturn void
bug_at(const char *file, int line, const char *what)
{
	fprintf(stderr, "waypost: internal error at %s:%d: %s\n", file, line, what);
	abort();
}

void *
memory_get(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		memory_fail();
	return p;
}

void *
memory_resize(void *p, size_t n)
{
	p = realloc(p, n ? n : 1);
	if (!p)
		memory_fail();
	return p;
}

void
memory_keep(void)
{
#ifdef M_TRIM_THRESHOLD	/* a libc without it has its own mind about this */
	mallopt(M_MMAP_THRESHOLD, KEEP_PIECE);
	mallopt(M_TRIM_THRESHOLD, KEEP_ALL);
#endif
}

/* Stands at the start of its own memory. */
struct arena_pool {
	size_t size;
	size_t used;	/* by all processes */
};

void
arena_init(struct arena *a)
{
	*a = (struct arena){ NULL, 0, NULL, NULL };
}

struct arena_pool *
arena_share(struct arena *owner, size_t size)
{
	struct arena_pool *p;

	if (owner->owned)
		return NULL;
	p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		return NULL;
	p->size = size;
	p->used = (sizeof *p + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
	return owner->owned = p;
}

void
arena_share_end(struct arena_pool *p)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), used = p->used < p->size ? p->used : p->size;

	used = (used + page - 1) / page * page;
	if (used < p->size && munmap((char *)p + used, p->size - used) == 0)
		p->size = used;
	p->used = p->size;
}

void
arena_init_shared(struct arena *a, struct arena_pool *pool)
{
	arena_init(a);
	a->pool = pool;
}

static void *
pool_get(struct arena_pool *p, size_t n)
{
	const size_t align = alignof(max_align_t);
	size_t at;

	if (n > p->size - align)
		memory_fail();
	n = (n + align - 1) / align * align;
	at = __atomic_fetch_add(&p->used, n, __ATOMIC_RELAXED);
	if (at > p->size - n)
		memory_fail();
	return (char *)p + at;
}

static void
give_back(struct arena *a, struct arena_chunk *c)
{
	if (!a->pool)
		free(c);
}

void
arena_release(struct arena *a)
{
	while (a->chunk) {
		struct arena_chunk *older = a->chunk->older;
		give_back(a, a->chunk);
		a->chunk = older;
	}
	a->used = 0;
	if (a->owned)
		munmap(a->owned, a->owned->size);
	a->owned = NULL;
}

static __attribute__((noinline)) void	/* seldom: what is often pays for no registers of its */
arena_grow(struct arena *a, size_t n)
{
	size_t size = a->chunk ? a->chunk->size * 2 : CHUNK_MIN;
	struct arena_chunk *c;

	if (size > CHUNK_MAX)
		size = CHUNK_MAX;
	if (size < n)
		size = n;
	if (size > SIZE_MAX - sizeof *c)
		memory_fail();
	c = a->pool ? pool_get(a->pool, sizeof *c + size) : memory_get(sizeof *c + size);
	c->older = a->chunk;
	c->size = size;
	a->chunk = c;
	a->used = 0;
}

void *
arena_room(struct arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	char *p;

	if (n > SIZE_MAX - align)
		memory_fail();
	n = (n + align - 1) / align * align;
	if (!a->chunk || a->chunk->size - a->used < n)
		arena_grow(a, n);
	p = (char *)a->chunk->data + a->used;
	a->used += n;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_room(a, n), 0, n);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		memory_fail();
	return arena_alloc(a, n * size);
}

char *
arena_copy(struct arena *a, const void *p, size_t n)
{
	char *q = arena_room(a, n + 1);

	if (n)
		memcpy(q, p, n);
	q[n] = '\0';
	return q;
}

bool
arena_holds(const struct arena *a, const void *p)
{
	return a->chunk && (uintptr_t)p - (uintptr_t)a->chunk->data < a->used;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->chunk, a->used };
}

void
arena_rewind(struct arena *a, struct arena_mark m)
{
	struct arena_chunk *spare = !m.chunk && !a->pool && a->chunk && a->chunk->size <= CHUNK_MAX ? a->chunk : NULL;

	while (a->chunk != m.chunk) {
		struct arena_chunk *older = a->chunk->older;
		if (a->chunk != spare)
			give_back(a, a->chunk);
		a->chunk = older;
	}
	a->used = m.used;
	/* who rewinds to the beginning will want as much again */
	if (spare) {
		spare->older = NULL;
		a->chunk = spare;
	}
}
