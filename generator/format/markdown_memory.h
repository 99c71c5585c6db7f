/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for the Markdown library. Private to format/markdown. */
#pragma once
#include "base/arena.h"

enum { MARKDOWN_SMALL_CLASSES = 64, MARKDOWN_CLASSES = MARKDOWN_SMALL_CLASSES + 48 };

/* What the library uses while one text is read. */
struct markdown_memory {
	struct arena arena;
	struct markdown_piece *free[MARKDOWN_CLASSES];	/* given back, by size */
};

/* From here on the three calls below take from m, which is empty. */
void markdown_memory_begin(struct markdown_memory *m);
/* Frees all that was taken. */
void markdown_memory_end(struct markdown_memory *m);
/* As calloc, realloc and free, between the two calls above; they never return NULL: out of memory ends the program. */
void *markdown_memory_get(size_t n, size_t size);
void *markdown_memory_resize(void *p, size_t n);
void markdown_memory_free(void *p);
