/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of few colours: shapes filled with smooth edges, written as PNG. Needs no library. For jobs. */
#pragma once
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

enum { CANVAS_INKS = 16 };

struct canvas {
	size_t width, height;
	size_t stride;		/* of rows: each has a byte before it, which is 0 */
	unsigned char *pixels;	/* ink, and in the low four bits how much of it: the rest is the ground */
	struct arena *arena;
	float **edges;		/* rows of the shape under way, or NULL: what each pixel adds to the cover of those right of it */
	float **spare;		/* rows of shapes that are done: nspare of them */
	size_t nspare;
	size_t top, bottom, left, right;	/* where the shape has edges */
};

/* A picture of the ground alone, in the arena. */
void canvas_init(struct canvas *c, struct arena *a, size_t width, size_t height);
/* An edge of the shape under way, in pixels from the top left. Shapes are closed, in any direction, and may go over the rim. */
void canvas_line(struct canvas *c, float x0, float y0, float x1, float y1);
/* Fills what the edges enclose with an ink, 1 to CANVAS_INKS - 1, and begins a new shape. */
void canvas_fill(struct canvas *c, unsigned ink);
/* Appends the picture as PNG. colours: 0xRRGGBB of the ground and of the inks. Same picture, same bytes. */
void canvas_png(const struct canvas *c, const uint32_t colours[CANVAS_INKS], struct buf *out);
