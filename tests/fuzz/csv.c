/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes format/csv: a refusal always has a message; cells come back as they were, and none of ours is a formula. */
#include <stdint.h>
#include <stdlib.h>

#include "format/charset.h"
#include "format/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
round_trip(struct arena *a, const struct csv_row *row, struct diags *d)
{
	struct view *cells = arena_array(a, row->n + 1, sizeof *cells);
	struct list rows;
	struct buf b;

	/* a row of one empty cell is an empty line */
	cells[0] = VIEW("x");
	for (size_t i = 0; i < row->n; i++)
		cells[i + 1] = row->cells[i];
	buf_init(&b);
	buf_puts(&b, "a,b\r\n");
	csv_put(&b, cells, row->n + 1);
	if (!csv_read(a, view_copy(a, view_buf(&b)), VIEW("g"), &rows, d) || rows.n != 2)
		abort();
	row = LIST_AT(&rows, struct csv_row, 1);
	for (size_t i = 0; i < row->n; i++)
		if (csv_formula(row->cells[i]) || !view_eq(csv_bare(row->cells[i]), cells[i]))
			abort();
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view text;
	struct list rows;
	struct arena a;
	struct diags d;

	if (n > 8000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	if (charset_text(&a, view_of((const char *)data, n), VIEW_NONE, VIEW("f"), &text, &d)) {
		if (!csv_read(&a, text, VIEW("f"), &rows, &d)) {
			if (d.list.n == 0)
				abort();
		} else {
			for (size_t i = 0; i < rows.n && i < 50; i++)
				round_trip(&a, LIST_AT(&rows, struct csv_row, i), &d);
		}
	}
	diags_release(&d);
	arena_release(&a);
	return 0;
}
