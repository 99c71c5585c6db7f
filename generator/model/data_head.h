/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading one data file: what data.c and data_head.c share. Private to model/data. */
#pragma once
#include "format/yaml.h"
#include "model/data.h"

/* State of reading one file. */
struct reading {
	struct arena *arena;
	const struct site *site;
	struct diags *d;
	struct data *t;
	struct map columns;	/* name of a field to its number plus one, as a pointer into ones */
	char *ones;
	size_t written;		/* fields that items have; those of `compute:` come behind */
};

/* Number of the field, or -1. */
int data_column(const struct reading *r, struct view name);
/* Says that `name` must be what is said. */
void data_wrong(struct reading *r, const struct yaml *y, struct view name, const char *what);
/* The entries of a map, or NULL after a message when it is something else. Nothing, and an empty text, are no entries. */
const struct yaml *data_lines(struct reading *r, const struct yaml *root, const char *key, const char *form);

/* Reads all but the items, whose cells are there: types, translatable, sort, compute, counts. */
void data_head(struct reading *r, const struct yaml *root);
/* Fills the fields of `compute:` in; their bases have been checked. */
void data_compute(struct data *t, struct arena *a);
