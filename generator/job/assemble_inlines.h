/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inlines of a segment as HTML, with the destinations of the page. Private to job/assemble. */
#pragma once
#include "job/assemble_context.h"

/* A segment as chosen for this page. */
void inlines_segment(struct writing *wr, unsigned segment, struct buf *out);
/* The value of an href or src: destination `dest` of the page, from where the page stands, in its language. */
void inlines_href(struct writing *wr, unsigned dest, struct buf *out);
/* width and height attributes of an image whose size is known. */
void inlines_size(struct writing *wr, unsigned dest, struct buf *out);
/* A footnote's mark; the first one gives it its number. */
void inlines_mark(struct writing *wr, unsigned note, struct buf *out);
