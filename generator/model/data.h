/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files: content/data/<name>.yaml, lists of flat items for templates. For jobs and commands. */
#pragma once
#include <stdbool.h>

#include "model/segment.h"
#include "model/site.h"

enum data_type { DATA_TEXT, DATA_COUNTRY, DATA_DATE, DATA_NUMBER, DATA_CODE, DATA_URL, DATA_BOOL };

struct data_field {
	struct view name;
	enum data_type type;
	bool translatable;
};

struct data_cell {
	struct view text;	/* as in the file; empty when absent */
	struct list texts;	/* of struct view, when the cell is a list */
	int segment;		/* index into segments of a translatable cell, or -1 */
	struct place place;
	bool truth;		/* DATA_BOOL */
};

struct data {
	struct view name;		/* "states" */
	struct view file;		/* "content/data/states.yaml" */
	struct data_field *fields;	/* union of the keys of all items, in order of first appearance */
	size_t nfields;
	struct data_cell *cells;	/* nitems x nfields */
	size_t nitems;
	int sort;			/* field whose shown value orders the items in each language, or -1 */
	struct segment *segments;	/* translatable cells, each text once, in order; catalog key is "data/<name>" */
	size_t nsegments;
};

/* Reads every file of content/data/; list of struct data *, by name. Reported with places: wrong types, a country code that does not
 * exist, a date that is not one, a field in `sort`, `types` or `translatable` that no item has. */
struct list data_load(struct arena *a, const struct site *site, struct diags *d);
/* The data file of a name, or NULL. */
const struct data *data_find(const struct list *all, const char *name);
/* The row whose field `field` has this text, or -1. */
long data_row(const struct data *t, const char *field, struct view text);
/* The cell of a row and a field, or NULL when there is no such row or field. */
const struct data_cell *data_at(const struct data *t, size_t row, const char *field);
