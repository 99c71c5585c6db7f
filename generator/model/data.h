/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files: content/data/<name>.yaml, lists of flat items for templates. For jobs and commands. */
#pragma once
#include <stdbool.h>

#include "base/date.h"
#include "model/page.h"

enum data_type {
	DATA_TEXT, DATA_COUNTRY, DATA_DATE, DATA_NUMBER, DATA_CODE, DATA_URL, DATA_BOOL,
	DATA_REF,	/* rows of another file, by the value of one of its fields */
	DATA_PAGE	/* pages of the site, with or without a place on them */
};

struct data_field {
	struct view name;
	enum data_type type;
	bool translatable;
	bool list;			/* a cell of it holds a list */
	struct view ref;		/* REF: "general-comments.number" */
	struct place place;		/* REF: where that stands */
	const struct data *target;	/* REF: the other file, or NULL when there is none */
};

/* What a text of a cell leads to. */
struct data_link {
	size_t row;			/* REF: of the target */
	const struct page *page;	/* PAGE */
	struct view fragment;		/* PAGE: without '#' */
	bool own;			/* PAGE: there this very row is shown, by a partial line */
};

struct data_cell {
	struct view text;		/* as in the file; empty when absent */
	struct list texts;		/* of struct view, when the cell is a list */
	const struct place *places;	/* one a text of the list */
	int *segments;			/* one a text of the list: index into segments, or -1; NULL unless translatable */
	int segment;			/* index into segments of a translatable cell that is one text, or -1 */
	struct place place;
	bool truth;			/* DATA_BOOL */
	struct list links;		/* of struct data_link, of REF and PAGE: what was found */
};

/* One of `counts:`, see docs/themes.md. */
struct data_count {
	struct view name;
	size_t field;			/* of type DATE or CODE */
	struct list where;		/* of struct page_where, resolved */
	bool running;
	struct place place;
};

/* One of `compute:`: what makes the field `to` from the field `from`. */
struct data_sum {
	size_t to, from;
	long n;
	enum date_unit unit;
};

struct data {
	struct view name;		/* "states" */
	struct view file;		/* "content/data/states.yaml" */
	struct data_field *fields;	/* union of the keys of all items, in order of first appearance; then those of `compute:` */
	size_t nfields;
	struct data_cell *cells;	/* nitems x nfields */
	size_t nitems;
	int sort;			/* field whose shown value orders the items in each language, or -1 */
	struct segment *segments;	/* translatable cells, each text once, in order; catalog key is "data/<name>" */
	size_t nsegments;
	struct list sums;		/* of struct data_sum */
	struct list counts;		/* of struct data_count */
};

/*
 * Reads every file of content/data/; list of struct data *, by name. Reported with places: wrong types, a country code that does not
 * exist, a date that is not one, a field in a line of the head that no item has.
 */
struct list data_load(struct arena *a, const struct site *site, struct diags *d);
/*
 * Finds what cells of type ref and page lead to, and the rows of the partial lines of pages. A row that is shown on the page which its own
 * cell names ("convention/part-3.md#article-22") is a place there: its id joins page->ids. Reported: what is not there.
 */
void data_resolve(const struct list *all, const struct list *pages, const struct map *by_path, struct arena *a,
    struct diags *d);
/* The data file of a name, or NULL. */
const struct data *data_find(const struct list *all, const char *name);
/* The row whose field `field` has this text, or -1. */
long data_row(const struct data *t, const char *field, struct view text);
/* The cell of a row and a field, or NULL when there is no such row or field. */
const struct data_cell *data_at(const struct data *t, size_t row, const char *field);
/* Number of a field, or nfields. */
size_t data_field(const struct data *t, struct view name);
/* Whether a row has the texts that all conditions (resolved) ask for; a list has those that are in it. */
bool data_fits(const struct data *t, size_t row, const struct list *where);
