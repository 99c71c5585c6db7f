/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inlines of a segment as HTML, with the destinations of the page. Private to job/assemble. */
#pragma once
#include "job/assemble_context.h"

/* A segment as chosen for this page. */
void inlines_segment(struct writing *wr, unsigned segment, struct buf *out);
/* The start tag of a link to destination `dest` of the page, from where the page stands, in its language; or its end tag. Nothing when it leads
 * nowhere: then false. */
bool inlines_link(struct writing *wr, unsigned dest, bool end, struct buf *out);
/* An image that is there, in the version of this language; its alternative is in language `from`. */
void inlines_image(struct writing *wr, unsigned dest, struct view alt, const struct language *from, struct buf *out);
/* lang, and dir where that differs, of text that is in language `from`; nothing when that is the page's. */
void inlines_lang(const struct writing *wr, const struct language *from, struct buf *out);
/* A footnote's mark; the first one gives it its number. */
void inlines_mark(struct writing *wr, unsigned note, struct buf *out);
