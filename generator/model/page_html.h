/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to model/page*.c: a page's body under construction. */
#pragma once
#include "model/page.h"

enum { BODY_OPEN_MAX = 64 };

struct body {
	struct page *page;
	struct arena *a;		/* of the page */
	struct arena *scratch;		/* of the reading of the page */
	struct template_set *templates;
	struct diags *d;
	struct prog_builder prog;
	struct list *segments;		/* of struct segment */
	struct list dests;		/* of struct page_dest */
	struct list titles;		/* of struct view: title of each destination */
	struct list headings;		/* of struct page_heading */
	struct list parts;		/* of struct page_part */
	struct map numbers;		/* id to the number the last heading with that id was given (unsigned *) */
	struct map note_names;		/* name in the source to struct page_note * */
	struct map note_labels;
	struct place place;		/* of the block under way */
	struct view text;		/* the Markdown; its first line is number first_line */
	unsigned first_line;
	unsigned line;			/* a line of it, and the position where it begins: places are asked for in order */
	size_t at;
	size_t behind;			/* position behind the address found last */
	bool at_line_start;
	bool critical;			/* the block under way was marked critical */
	unsigned note;			/* footnote under way */
	const struct md_node *note_end;	/* paragraph that takes its back references */
	struct view open[BODY_OPEN_MAX];	/* raw HTML elements that are open across blocks */
	size_t nopen;
};

/* Appends bytes to the program under way. */
void page_put(struct body *b, const char *s);
void page_putv(struct body *b, struct view v);
/* Appends text, escaped. */
void page_text(struct body *b, struct view v);
void page_op(struct body *b, enum op_kind kind, unsigned arg, unsigned flags);
/* The prose of a block as a segment; its index, or -1 when it is empty or cannot be one. *first is its first destination. */
int page_segment(struct body *b, struct md_node *block, enum segment_role role, size_t *first);
/* The text of a block: its segment as a hole, or, when seg is -1, as it is. */
void page_prose(struct body *b, struct md_node *block, int seg, size_t first, unsigned flags);
/* <tag attrs> text </tag>, with the language of the text on the tag; the segment's index or -1. */
int page_element(struct body *b, const char *tag, struct view attrs, struct md_node *block, enum segment_role role);
/* Makes a block the one under way: messages point at it. */
void page_place(struct body *b, const struct md_node *block);
/* A paragraph that is one image: its alternative is the segment. */
void page_image(struct body *b, struct md_node *image);
/* Text of a block of raw HTML, between two tags: a segment with the blanks around it. line is the one it begins in. */
void page_html_text(struct body *b, struct view html, unsigned line);
/* A code block; also how raw HTML that is not allowed is shown. */
void page_code(struct body *b, struct view info, struct view text);
/* The blocks below parent; tight: paragraphs without their tags. */
void page_blocks(struct body *b, struct md_node *parent, bool tight);
/* A block of raw HTML: allowed tags pass, all else is shown as text. True when it is the comment <!-- critical -->. */
bool page_html_block(struct body *b, const struct md_node *m, size_t base);
/* Closes the elements opened since base. */
void page_html_close(struct body *b, size_t base);
