/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of job/produce share. Nobody else may include it. */
#pragma once
#include "base/work.h"
#include "job/produce.h"

enum { PRODUCE_PAGE_MAX_BYTES = 256 << 20 };

/* A range of the pages of one language, or the search index of all of them. */
struct produce_unit {
	struct language *language;
	size_t from, to;
	bool search;
	bool look;		/* of another part: only its texts are wanted, for the fonts */
};

struct produce_counts;
struct produce_pass {
	struct produce *p;
	struct output *out;
	struct fonts *fonts;
	struct produce_unit *units;
	size_t nunits;
	bool desk;		/* the site has one */
	bool gather;		/* the texts of all pages are needed, for fonts */
	bool rested;		/* produce_rest has been called */
	bool broken;		/* something could not be written: nothing is published or removed */
};

/* What a worker writes into: its locale, its counts, its messages, what it says of products to job/depend. */
struct produce_writer {
	struct produce_pass *pass;
	struct locale *locale;
	struct produce_counts *counts;
	struct diags *diags;
	struct buf made;
	size_t said;		/* messages when the product was begun */
};

/* What comes back from a worker, before its messages. */
struct produce_counts {
	uint64_t written, unchanged, failed, broken;
	uint64_t paths;		/* bytes of the paths that follow: products that were not planned */
	uint64_t made;		/* bytes of what job/depend is told behind them */
};

/* Begins a product; false when the one that is there may stay. */
bool produce_begin(struct produce_writer *wr, struct view path);
/* Writes one, and tells job/depend. */
void produce_put(struct produce_writer *wr, struct view path, struct view bytes);
/* The pages of a unit, with their calendars, data of the desk and the feed. */
void produce_pages(struct produce_writer *wr, struct work *work, const struct produce_unit *u, struct fonts_texts *texts);
/* The search index of a language; its paths are appended, since only now it is known how many files it takes. */
void produce_search(struct produce_writer *wr, struct work *work, const struct produce_unit *u, struct buf *paths);
/* In the parent, beside the workers: files published as they are, the chooser and the sitemaps, which are few. When they are done and all texts are known, the fonts. */
void produce_rest(struct produce_pass *pass);
void produce_fonts(struct produce_pass *pass);
void produce_add(struct produce_pass *pass, const struct produce_counts *c);
