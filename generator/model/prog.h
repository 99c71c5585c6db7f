/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page and a template are the same thing: a list of operations, mostly chunks of HTML that do not change, with holes.
 * Made by model/template and model/page, run by job/assemble. Can be used by models and jobs.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/place.h"
#include "model/value.h"

enum op_kind {
	OP_CHUNK,	/* text: bytes as they are */
	/* templates (Mustache) */
	OP_VAR,		/* text: dotted name; flags */
	OP_T,		/* text: key of an interface string; flags. {placeholders} are looked up in the context */
	OP_SECTION,	/* text: dotted name; runs the ops up to skip once, or once an item */
	OP_INVERTED,	/* text: dotted name; runs the ops up to skip when the name is false */
	OP_USE,		/* prog: partial (may be filled in later, recursion) */
	OP_PARENT,	/* prog: parent; the OP_BLOCKs up to skip override its blocks */
	OP_BLOCK,	/* text: name; arg: its hash; the ops up to skip are the default or, in a PARENT, the overriding text */
	OP_REST,	/* of prog_fold: rest */
	/* pages: the host (job/assemble) knows what they mean */
	OP_SEG,		/* arg: segment; flags: form */
	OP_LANG,	/* arg: segment, or OP_SOURCE; lang, dir and state attributes inside an open tag, only where they differ */
	OP_LTR,		/* dir="ltr" inside an open tag on a page that runs from right to left: code */
	OP_LABEL,	/* text: key of an interface string; aria-label inside an open tag, nothing when there is no such string */
	OP_LINK,	/* arg: destination of the page; the start tag of a link, with OP_END the end tag; nothing when it leads nowhere */
	OP_IMAGE,	/* arg: destination of the page; a whole image, or its alternative when there is no such image */
	OP_MARK,	/* arg: footnote; a mark in a block that is not a segment */
	OP_NOTES,	/* the footnotes that were marked, in order of their marks */
	OP_NOTE,	/* arg: footnote; back references at its end */
	OP_PART		/* arg: partial line of the page, with the rows of a data file that it asks for */
};

enum op_flag {
	OP_RAW = 1,		/* VAR, T: triple mustache or & */
	OP_IN_TAG = 2,		/* between '<' and '>' or inside title, textarea, script, style, a comment: plain form, no tags.
				 * VAR, T; on USE, PARENT and BLOCK it holds for all that runs there */
	OP_WRAP = 4,	/* SEG: no tag of its own to carry lang; wrapped in a span where it differs */
	OP_END = 8	/* LINK */
};

/* Argument of LANG: text that is no segment, always in the language the page is written in. */
#define OP_SOURCE UINT32_MAX

struct op {
	enum op_kind kind;
	uint32_t flags;
	uint32_t arg;
	uint32_t skip;			/* index of the first op behind the section, block or parent */
	struct view text;
	const struct view *path;	/* VAR, SECTION, INVERTED: the dotted name in parts */
	const uint32_t *hashes;		/* value_hash of each part */
	uint32_t npath;			/* 0 is the implicit iterator '.' */
	union {
		const struct prog **prog;	/* USE, PARENT: filled in by the template set; NULL, or NULL inside, means "not there" */
		const struct prog_rest *rest;	/* REST */
	};
	struct view indent;		/* BLOCK: put before each line of an overriding text */
	unsigned line, col;		/* templates: where the tag stands */
};

struct prog {
	struct op *ops;
	size_t n;
	struct view name;		/* file, for messages */
};

struct prog_run;
/* What a run needs to know about the page and its language. */
struct prog_host {
	void *self;
	/* Runs a page operation (OP_SEG .. OP_PART). */
	void (*page_op)(void *self, const struct op *op, struct prog_run *r);
	/* Prints interface string `key`. False when there is none (the engine then prints nothing). */
	bool (*string)(void *self, struct view key, uint32_t flags, struct prog_run *r);
	/* For prog_fold: whether interface string `key` is printed alike on every page. */
	bool (*lasts)(void *self, struct view key);
	/* Prints the way from the page to a path of the output (VALUE_PATH), escaped. */
	void (*way)(void *self, struct view path, struct prog_run *r);
	/* The language of the page: texts in another one are wrapped. */
	struct view lang;
	bool rtl;
};

enum { PROG_MAX_DEPTH = 100 };	/* sections inside each other, and partials, parents and blocks inside each other */

/* The caller sets out, host, stack, depth and limit; all else must be zero. Nothing is allocated but by growing out. */
struct prog_run {
	struct buf *out;
	const struct prog_host *host;
	const struct value *stack[PROG_MAX_DEPTH];	/* context, outermost first */
	unsigned depth;
	size_t limit;			/* the run stops and sets over when out grows past this; 0 for none */
	bool over;			/* the run was cut off, by limit or by depth */
	struct place deep;		/* the tag that went deeper than PROG_MAX_DEPTH; line 0 when none did (template_depth) */
	unsigned calls;			/* private: partials, parents, blocks and programs under way */
	unsigned force;			/* private: flags that hold for all operations just now */
	struct prog_fold *fold;		/* private: of prog_fold, while it runs */
	bool line_start;		/* private: an indentation is due before the next output */
	const struct prog_indent *indents;	/* private: of the overriding texts under way, innermost first */
	const struct prog_override *overrides;	/* private: of the parents under way, innermost first */
};

/* Runs all operations: appends to r->out. host may be NULL: no page operations, no interface strings, no languages. */
void prog_run(const struct prog *p, struct prog_run *r);
/* Runs a program inside a run, as a partial: with one more value (NULL: none) as the innermost context. */
void prog_call(const struct prog *p, const struct value *top, struct prog_run *r);
/*
 * Runs a template once for many pages. r is as for prog_run, with two values on its stack: the lower one holds on every page but for what is
 * VALUE_EACH or a path; all that hangs on the upper one is the page's. Returns, in the arena, a program that comes to the same on every page whose lower
 * value is this one and whose upper one has the same keys; it lives as long as both. NULL, with r->over, when the run was cut off or an indented text hangs on the page.
 */
const struct prog *prog_fold(const struct prog *p, struct prog_run *r, struct arena *a);
/*
 * Looks a dotted name up in the context as Mustache does: the first part innermost first, the others only there; "." is the
 * innermost value. NULL when it is not there.
 */
const struct value *prog_find(const struct prog_run *r, struct view dotted);
/*
 * Prints a value the way `flags` say. Text: its html or its plain text escaped (OP_RAW: not escaped), in a span with lang,
 * and dir where that differs, when it is not in the page's language; OP_IN_TAG: plain text only, no span. Numbers and
 * truths: as text. A program: runs in place (not OP_IN_TAG). Lists and maps print nothing.
 */
void prog_print(struct prog_run *r, const struct value *v, uint32_t flags);

/* Building: a list that grows. Its memory is freed by prog_finish, which must be called. */
struct prog_builder {
	struct arena *arena;
	struct op *ops;
	size_t n, cap;
	struct buf chunk;	/* bytes not yet made an operation */
};
void prog_builder_init(struct prog_builder *b, struct arena *a);
/* The bytes go into the chunk under way; neighbouring chunks become one operation. */
void prog_chunk(struct prog_builder *b, struct view text);
/* A new operation behind what is there; returns it (valid until the next call). */
struct op *prog_op(struct prog_builder *b, enum op_kind kind, uint32_t arg, uint32_t flags);
/* Index of the operation that comes next, for skip: what follows never becomes one chunk with what stands before. */
uint32_t prog_here(struct prog_builder *b);
/* Ends building and frees the builder's buffers; the operations are in the arena. */
struct prog *prog_finish(struct prog_builder *b, struct view name);
