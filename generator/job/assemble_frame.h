/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are told of the pages around a page: made once a language, but for what differs from page to page. Private to job/assemble. */
#pragma once
#include "base/list.h"
#include "job/assemble_context.h"
#include "model/prog.h"

/* Lists that live as long as the locale. Their ways and marks of the current page are made in each page's turn, in its own memory. */
struct frame {
	struct arena *arena;
	struct locale *locale;
	struct value_turn turn;		/* of the page under way */
	bool busy;			/* there is one */
	struct value nav;		/* VALUE_NONE until asked for */
	struct value shared;		/* see context_make; VALUE_NONE until a page needs it */
	struct list layouts;		/* private: struct frame_layout */
};

/*
 * A page begins: wr->frame is the locale's frame, or one of its own where another page of the locale is under way (content inside a page) or texts
 * are marked. frame_end when it ends; wr->frame may be NULL.
 */
void frame_begin(struct writing *wr);
void frame_end(struct writing *wr);

/* Whether the page's frame outlives it, and the page is one that all languages have: their lists are those of the others, too. */
bool frame_is_shared(const struct writing *wr);
/* What to run for a layout: itself, or, once a second page asks for it, what is left of it when all that pages share has been run (FAST_FRAME).
 * r is the run about to begin. */
const struct prog *frame_layout(const struct writing *wr, const struct prog *layout, const struct prog_run *r);

/* The way from the page under way to a page: in its language, or in the one that page is written for. */
struct view frame_href(const struct writing *wr, const struct page *p);
/* {title, href} of a page, with its description and pictogram; in the arena, for this page alone. */
struct value frame_entry(const struct writing *wr, const struct page *p);
/* Those of the pages below a page that the language has. */
struct value frame_entries(const struct writing *wr, const struct page *parent);
bool frame_has_entries(const struct writing *wr, const struct page *parent);
struct value frame_nav(const struct writing *wr);
struct value frame_languages(const struct writing *wr);
/* With a base address: the page in all languages. */
struct value frame_alternates(const struct writing *wr);
/* The absolute address of an output path; nothing without a base address. */
struct view frame_absolute(const struct writing *wr, struct view path);
/* A count as the language writes it. */
struct value frame_number(const struct writing *wr, size_t n);
