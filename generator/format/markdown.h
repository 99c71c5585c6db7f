/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown to a tree of our own. For models; cmark-gfm stays in markdown.c. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"

enum md_kind {
	/* blocks */
	MD_DOCUMENT, MD_QUOTE, MD_LIST, MD_ITEM, MD_CODE_BLOCK, MD_HTML_BLOCK, MD_PARAGRAPH, MD_HEADING, MD_RULE,
	MD_TABLE, MD_ROW, MD_CELL, MD_FOOTNOTE,
	/* inlines, from here on */
	MD_TEXT, MD_SOFT_BREAK, MD_HARD_BREAK, MD_CODE, MD_HTML, MD_EMPH, MD_STRONG, MD_STRIKE, MD_LINK, MD_IMAGE,
	MD_NOTE_REF,
	MD_TAG	/* made by model/segment of a matched pair of raw tags: text is its name, info its attributes */
};

enum md_align { MD_ALIGN_NONE, MD_ALIGN_START, MD_ALIGN_CENTER, MD_ALIGN_END };
enum md_task { MD_TASK_NONE, MD_TASK_OPEN, MD_TASK_DONE };

/* A node lives in the arena given to markdown_read, its texts too. */
struct md_node {
	enum md_kind kind;
	unsigned line, col;	/* in the file; columns in code points; inlines have the line of their block, col 0 */
	unsigned dest;		/* LINK, IMAGE inside a segment: number of the destination, from 1 */
	struct view text;	/* TEXT, CODE, HTML, CODE_BLOCK, HTML_BLOCK: literal; FOOTNOTE, NOTE_REF: name */
	struct view info;	/* CODE_BLOCK: info string */
	struct view url;	/* LINK, IMAGE; also of an autolink */
	struct view title;	/* LINK, IMAGE */
	uint8_t level;		/* HEADING 1-6 */
	bool ordered, tight;	/* LIST */
	bool header;		/* ROW, CELL */
	int start;		/* LIST, ordered */
	enum md_task task;	/* ITEM */
	enum md_align align;	/* CELL */
	struct md_node *parent, *child, *last, *next;
};

/*
 * Reads a document: CommonMark with GFM tables, strikethrough, task lists and footnotes; no autolink extension. Adjacent
 * text nodes are joined. Footnotes that nobody refers to are left out (as cmark-gfm does), the others stand last, in order
 * of their first mark. file and first_line are for places. Never fails; the caller has checked the limits (markdown_check).
 */
struct md_node *markdown_read(struct arena *a, struct view text, unsigned first_line);
/*
 * Reads text as inlines only: one paragraph's worth, never a block. `notes` are the footnote names that exist, `ndest` the
 * numbered destinations that exist ([1] .. [ndest]; LINK and IMAGE then have url "1" .. ). Done by parsing an ATX heading
 * `# text #`, a blank line and the definitions. Returns a node of kind MD_PARAGRAPH whose children are the inlines. A text
 * that holds a line end is read with a space in its place. *ready says that the tree has no raw HTML, soft breaks or images, that
 * no text stands beside another one, and that each LINK has its dest.
 */
struct md_node *markdown_inlines(struct arena *a, struct view text, const struct view *notes, size_t nnotes,
    size_t ndest, bool *ready);
/* The limits at the door: line length, container markers on a line, table columns, marks in a paragraph. False after a message. */
bool markdown_check(struct view text, struct view file, unsigned first_line, struct diags *d);

/* No fewer bytes than all definitions of links ("[a]: address") may take where they are used. Never fails. */
size_t markdown_expansion(struct view text);

enum { MD_MAX_BYTES = 1 << 20, MD_MAX_LINE = 16 << 10, MD_MAX_MARKERS = 32, MD_MAX_COLUMNS = 64,
	MD_MAX_OPEN = 1024, MD_MAX_EMPHASIS = 32768 };

/* Makes m the last child of parent. */
void markdown_append(struct md_node *parent, struct md_node *m);
