/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for spreadsheets (RFC 4180) in and out. For jobs and commands; libcsv stays in csv.c. */
#pragma once
#include <stdbool.h>

#include "base/diag.h"
#include "base/list.h"

/* A row; cells are UTF-8 as they stand in the file, guards included. */
struct csv_row {
	struct view *cells;
	size_t n;
	unsigned line;		/* in the file; a cell may hold line ends */
};

/*
 * Reads a table. text has passed text_check (format/charset.h). The cells are parted by ',', ';' or tab: by whichever the first line has most of. rows:
 * list of struct csv_row without empty lines. False after a message: a quotation mark where none can be, or one that is not closed.
 */
bool csv_read(struct arena *a, struct view text, struct view file, struct list *rows, struct diags *d);
/* Appends a row as RFC 4180 has it, ended by CRLF. Cells are quoted as needed and guarded: see csv_guarded. */
void csv_put(struct buf *b, const struct view *cells, size_t n);
/*
 * A spreadsheet takes a cell that begins with = + - @ (also in their wide forms), a tab or a carriage return for a formula. Such a cell is guarded by an
 * apostrophe before it; one that begins so behind apostrophes gets one more. csv_bare takes it off again: csv_bare of what csv_put wrote is what it was given.
 */
bool csv_guarded(struct view cell);
struct view csv_bare(struct view cell);
/* Whether the cell would be a formula: it begins with one of these characters and has no guard. */
bool csv_formula(struct view cell);
