/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a text holds that a translation must hold too: addresses, marks, code, tags, numbers. For models and jobs. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "format/markdown.h"

/* A thing found in a text; views point into the text, the tree or the arena. */
struct fact {
	struct view text;	/* what is compared: a number's digits as ASCII, a link's "[2]" */
	uint32_t dest;		/* links and images: number of the destination, 0 for an unknown address */
};

/* Lists of struct fact, each in order of appearance. */
struct facts {
	struct list links;		/* [2], or the address when it is unknown */
	struct list images;		/* ![1], or the address when it is unknown */
	struct list notes;		/* [^name] */
	struct list code;		/* code spans, without their marks */
	struct list tags;		/* names of raw tags but for those every translation may use, and <wbr> */
	struct list taglike;		/* pieces of text that look like a tag: "<script>" */
	struct list addresses;		/* e-mail addresses in lower case; "https://..." and "www...." in the text */
	struct list numbers;		/* digit runs of two digits or more, grouping removed */
	struct list placeholders;	/* {name} */
	uint32_t bad;			/* a code point that no translation may hold, or 0 */
	bool bidi;			/* bad is one that reorders or hides what a reader sees, and there is none of another kind */
	struct view plain;		/* the words, code and note marks as U+FFFC */
};

/*
 * Reads a segment: its tree, or where tree is NULL the text alone. Numbers: digits of any script count by value; invisible
 * characters between them do not part them, and the rules of grouping are those of facts_numbers.
 */
void facts_read(struct facts *f, struct arena *a, struct view text, const struct md_node *tree);
/*
 * The numbers of a text, as digits in ASCII; list of struct fact. One number is
 * - digits in a row;
 * - 1 to 3 digits and groups of three, parted by one blank, comma, dot or apostrophe of any script ("12 345",
 *   "1.234.567"), or by commas in the Indian way ("12,34,567");
 * - a telephone number or the like: groups behind '+', parted by one or two blanks, '-', '.', '/' or parentheses; or three
 *   groups or more with the same blank, '-' or '.' between all of them and seven digits or more, but for a date.
 * Numbers of one digit are left out.
 */
struct list facts_numbers(struct arena *a, struct view text);
/* Whether a text surely holds nothing of all this: no digit but the number of a destination ("][1]"), no control, no byte that a tag, an address
 * or a placeholder has. False does not mean that there is something. */
bool facts_none(struct view text);
/* What one pass over a text tells for certain; false tells nothing. */
struct facts_look {
	bool even;	/* it is UTF-8 in normalization form C, of one line, without a control */
	bool calm;	/* even, and facts_none */
	bool bare;	/* even, and no byte in it has an entity in HTML */
	bool plain;	/* even, and no byte in it is special to Markdown (segment_is_plain, but for blanks at its ends) */
};
struct facts_look facts_look(struct view text);
/* The first code point that no translation may hold: C0, C1, line separators; else of bidi controls and tag characters (but in flags),
 * then *bidi is set; else 0. */
uint32_t facts_forbidden(struct view text, bool *bidi);
