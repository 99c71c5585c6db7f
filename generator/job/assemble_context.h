/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are given (docs/themes.md), and the run of a page. Private to job/assemble. */
#pragma once
#include "job/locale.h"
#include "model/value.h"

struct frame;

/* A page being written. */
struct writing {
	struct locale *locale;
	const struct page *general;	/* the page asked for */
	struct locale_page *lp;		/* what is shown for it; lp->page is the skeleton */
	struct arena *item;
	struct frame *frame;		/* see job/assemble_frame; NULL without a context */
	const struct value *shared;	/* see context_make; NULL while it gives everything */
	struct view out_path;		/* below the output folder */
	struct view root;		/* way from it to the output folder: "../../" */
	unsigned *numbers;		/* footnotes: number by order of marks, 0 while unmarked */
	unsigned *marks;		/* footnotes: how often marked */
	unsigned *order;		/* footnotes in order of their numbers; nnotes of them */
	unsigned nnotes;
	size_t grown, room;		/* bytes that the page's own operations have made, and may make */
	bool framed;			/* what is run is the page's layout, and nothing else */
	bool counted;			/* such an operation is under way */
};

/*
 * The context of a page, or of the chooser (wr->general NULL); frame_end when it is no longer needed. Below it on the stack belongs what the page
 * shares with others: wr->shared, if it is not NULL.
 */
struct value context_make(struct writing *wr);
/* The way from the page under way to an output path. */
struct view context_href(const struct writing *wr, struct view to);
/* Text in the language it was chosen from. */
struct value context_text(const struct writing *wr, const struct choice *c);
