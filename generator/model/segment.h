/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A segment: one block of prose, the unit of translation, and its normal form, version 1 (docs/design.md): UTF-8 NFC, one
 * logical line, *em*, **strong**, ~~del~~, `code`, <br>, [text][1], ![alt][2], [^name]. For models and jobs.
 */
#pragma once
#include <stdbool.h>

#include "base/diag.h"
#include "format/markdown.h"

enum segment_role {
	SEGMENT_TITLE, SEGMENT_DESCRIPTION, SEGMENT_FRONT, SEGMENT_HEADING, SEGMENT_PARAGRAPH, SEGMENT_ITEM, SEGMENT_CELL,
	SEGMENT_ALT, SEGMENT_LINK_TITLE, SEGMENT_DATA, SEGMENT_STRING
};

struct segment {
	struct view source;	/* normal form */
	struct view context;	/* empty, or what tells the same words apart */
	struct place place;	/* in the source file */
	enum segment_role role;
	bool plain;		/* text as it is: no Markdown in it (titles, alternatives, data, strings) */
	bool critical;		/* an outdated translation is never shown */
	unsigned first_dest;	/* its destinations: page->dests[first_dest ..], numbered from 1 in the text */
	unsigned ndests;
	struct view *notes;	/* footnote labels that it marks; nnotes of them */
	unsigned nnotes;
	size_t words;		/* of the source text; 0 for a neutral one */
	bool neutral;		/* not a letter in it: numbers and signs are the same in every language */
	bool quiet;		/* of pages: the words hold nothing that a lock looks for; false means nothing */
	struct view things;	/* of quiet ones: segment_things */
	const struct md_node *tree;	/* canonical inlines of the source text, of pages; NULL where segment_is_plain says that there are none */
};

/* What a text may point at: needed to read it. */
struct segment_shape {
	unsigned ndests;
	const struct view *urls;	/* the addresses behind the numbers, to map [text](url); may be NULL */
	const struct view *notes;
	unsigned nnotes;
	const struct md_node *source;	/* the source's tree, whose tags a translation may use; NULL for the source itself */
};

enum { SEGMENT_MAX_BYTES = 16 << 10 };

/* The normal form of text that a person typed: NFC, a newline with its indentation is a space (nothing between characters of
 * scripts written without spaces), trimmed. Returned as it is when nothing changes. */
struct view segment_normal(struct arena *a, struct view text);

/*
 * Makes inlines ready: soft breaks become spaces, raw tags become EMPH, STRONG, HARD_BREAK or MD_TAG in matched pairs, what is not
 * allowed or not matched becomes text (reported as html_refused unless d is NULL), comments go, image alternatives become one
 * text, neighbouring texts are joined. Changes the tree under parent in place.
 */
void segment_canonical(struct arena *a, struct md_node *parent, const struct segment_shape *shape,
    struct place place, struct diags *d);
/*
 * Writes canonical inlines (LINK and IMAGE have their dest numbers) in normal form, so that segment_read gives the same tree:
 * lightly escaped if that reads back the same, else fully, else with tags for emphasis. False when nothing does (the
 * caller then treats the block as opaque).
 */
bool segment_write(struct arena *a, const struct md_node *parent, const struct segment_shape *shape, struct view *text);
/* The same, with the tree that reading the text gave, in the arena; NULL where the text is plain by its bytes and was not read. */
bool segment_write_read(struct arena *a, const struct md_node *parent, const struct segment_shape *shape,
    struct view *text, const struct md_node **tree);
/* Reads a text in normal form (or generously, as people write it) to canonical inlines. */
struct md_node *segment_read(struct arena *a, struct view text, const struct segment_shape *shape);
/* Whether reading the text as Markdown gives just this text: no special byte in it. */
bool segment_is_plain(struct view text);
/* Same tree, texts and destinations. */
bool segment_same(const struct md_node *a, const struct md_node *b);
/* Plain words of a tree: for titles in contents lists and for counting. */
void segment_plain(const struct md_node *parent, struct buf *b);

/* Why a translation cannot be shown; in the order in which they are looked for. */
enum segment_fault {
	SEGMENT_FINE, SEGMENT_TOO_LONG, SEGMENT_CONTROL, SEGMENT_BIDI, SEGMENT_TAG, SEGMENT_ADDRESS, SEGMENT_LINKS,
	SEGMENT_NOTES, SEGMENT_CODE, SEGMENT_NUMBER, SEGMENT_PLACEHOLDER
};
/* Whether the words of a text surely hold nothing that a lock looks for; its tree, or NULL where it is plain. */
bool segment_quiet(struct view text, const struct md_node *tree);
/* What a tree holds that a lock compares, in order, as bytes: close together, where many languages are compared with one page. */
struct view segment_things(struct arena *a, const struct md_node *tree);
/* Whether a target surely breaks no lock of its source, which is quiet. calm: facts_look says so. Allocates nothing. */
bool segment_surely_fine(const struct segment *source, struct view target, const struct md_node *target_tree, bool calm);
/*
 * Locks (trust.md 1.2, 1.3): what a translation may not change. source and target are canonical trees (for plain segments, NULL:
 * then the texts alone are compared). Faults whose bit 1 << fault is in `passed` are not looked for; TOO_LONG and CONTROL always are.
 * *what is what differs, in the arena.
 */
enum segment_fault segment_locks(struct arena *a, struct view source, const struct md_node *source_tree,
    struct view target, const struct md_node *target_tree, unsigned passed, struct view *what);
