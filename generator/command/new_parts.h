/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The halves of `waypost new`. For command/new only. */
#pragma once
#include "command/options.h"
#include "job/load.h"

/*
 * `new site DIR`, `new page PATH` and `new language TAG`; the operand stands in o->operands[1]. Return the
 * exit code.
 */
int new_site(const struct options *o);
int new_page(const struct options *o);
int new_language(const struct options *o);

/* A text of the sample site and its translation, both in normal form. */
struct new_pair {
	const char *source, *target;
};

/* What a language gets. */
struct new_files {
	struct world *w;
	struct view tag;		/* canonical */
	struct view fallback;		/* "es, en" */
	const struct new_pair *pairs;	/* translations that are known already; npairs of them */
	size_t npairs;
	/* results */
	struct lang *lang;		/* closed; its names stay */
	size_t written, kept;		/* files; kept are those that were there */
	size_t words, ready;		/* words of the files written; ready are those with a translation */
};

/*
 * Writes translations/<tag>/language.yaml and a catalog for each page, data file and the interface, with
 * every text to translate. A file that is there is never touched. Interface words that Waypost brings along
 * in this language are filled in. Problems go to w->diags.
 */
void new_files(struct new_files *f);
