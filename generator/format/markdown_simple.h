/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simple inlines, read without the library. Private to format/markdown. */
#pragma once
#include "format/markdown.h"

/* The same tree as the library gives when segment_canonical has been at it, or NULL when the text is not simple. */
struct md_node *markdown_simple(struct arena *a, struct view text, const struct view *notes, size_t nnotes, size_t ndest);
/* By the library. */
struct md_node *markdown_inlines_parse(struct arena *a, struct view text, const struct view *notes, size_t nnotes, size_t ndest);
