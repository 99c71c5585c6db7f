/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is freed together. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/*
 * An arena owns everything that was allocated from it; nothing in it is freed alone. Memory is zeroed.
 * Three arenas live at once in a build: site (the whole run), item (one page in one language, rewound
 * after it) and scratch (rewound by whoever asked). Out of memory ends the program: memory_fail().
 */
struct arena_chunk;
struct arena {
	struct arena_chunk *chunk;	/* newest chunk, or NULL before the first allocation */
	size_t used;			/* bytes used in the newest chunk */
	struct arena_pool *pool;	/* where chunks come from; NULL: malloc */
	struct arena_pool *owned;	/* given back with the arena, or NULL */
};
struct arena_mark {
	struct arena_chunk *chunk;
	size_t used;
};

void arena_init(struct arena *a);
/*
 * Memory that forked processes share: what a child's arena puts there, its parent reads at the same address. Only for what lives as long as
 * `owner`, which gives it back. NULL when the system does not give that much, or the owner has some already; a child that uses up all of it ends like one without memory.
 */
struct arena_pool *arena_share(struct arena *owner, size_t size);
/* Gives back what nobody has taken, when all children have ended: limits of a process count it. Afterwards nothing more is to be had. */
void arena_share_end(struct arena_pool *pool);
/* An arena in shared memory; it gives nothing back. */
void arena_init_shared(struct arena *a, struct arena_pool *pool);
/* Frees all memory; the arena may be used again. */
void arena_release(struct arena *a);
/* n zeroed bytes, aligned for any type; n may be 0. Never NULL. */
void *arena_alloc(struct arena *a, size_t n);
/* The same, but not zeroed: for what is filled at once. */
void *arena_room(struct arena *a, size_t n);
/* n elements of size bytes each, zeroed; ends the program when the product overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);
/* A copy of n bytes at p, with a NUL byte behind them. */
char *arena_copy(struct arena *a, const void *p, size_t n);
/* Whether p surely points into the arena's own memory; what is in its older chunks is not known. */
bool arena_holds(const struct arena *a, const void *p);
/* Remembers a point; arena_rewind frees all that was allocated after it. */
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))

/* malloc and realloc that never return NULL: the only way to memory outside arenas. */
void *memory_get(size_t n);
void *memory_resize(void *p, size_t n);
/* From now on memory that is freed stays with the process for what comes next, up to some MiB: for main, to call first. */
void memory_keep(void);
/* Says "out of memory" on standard error and ends the program with exit code 3. */
_Noreturn void memory_fail(void);
/* A broken invariant of our own: says where, and aborts. */
_Noreturn void bug_at(const char *file, int line, const char *what);
#define bug(what) bug_at(__FILE__, __LINE__, (what))
