/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for spreadsheets through libcsv, and the guard against formulas. */
#include "format/csv.h"

#include <csv.h>

#include "base/utf8.h"

struct reading {
	struct arena *arena;
	struct list *rows;	/* of struct csv_row */
	struct list cells;	/* of struct view: of the row under way */
	unsigned line;		/* where the next row begins */
	unsigned now;		/* where the reader stands */
	bool fresh;		/* nothing of the row has been seen */
};

static void
end_cell(void *text, size_t n, void *self)
{
	struct reading *r = self;

	*(struct view *)list_push(&r->cells, r->arena) = view_of(arena_copy(r->arena, text, n), n);
}

static void
end_row(int end, void *self)
{
	struct reading *r = self;
	struct csv_row *row;

	(void)end;
	row = list_push(r->rows, r->arena);
	*row = (struct csv_row){ r->cells.items, r->cells.n, r->line };
	r->cells = LIST_OF(struct view);
	r->fresh = true;
}

/* What parts the cells: the character the first line has most of, outside quotation marks. */
static char
find_delimiter(struct view text)
{
	static const char all[] = { ',', ';', '\t' };
	size_t count[sizeof all] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n && (quoted || text.p[i] != '\n'); i++) {
		quoted ^= text.p[i] == '"';
		for (size_t k = 0; k < sizeof all && !quoted; k++)
			count[k] += text.p[i] == all[k];
	}
	for (size_t k = 1; k < sizeof all; k++)
		if (count[k] > count[best])
			best = k;
	return all[best];
}

/* One byte at a time: the library does not say on which line it stands. False at a fault; *at is its position. */
static bool
parse(struct csv_parser *p, struct reading *r, struct view text, size_t *at)
{
	for (*at = 0; *at < text.n; ++*at) {
		char c = text.p[*at];

		if (r->fresh && c != '\n') {
			r->line = r->now;
			r->fresh = false;
		}
		if (csv_parse(p, &c, 1, end_cell, end_row, r) != 1)
			return false;
		r->now += c == '\n';
	}
	return csv_fini(p, end_cell, end_row, r) == 0;
}

bool
csv_read(struct arena *a, struct view text, struct view file, struct list *rows, struct diags *d)
{
	struct reading r = { .arena = a, .rows = rows, .cells = LIST_OF(struct view), .line = 1, .now = 1,
		.fresh = true };
	struct csv_parser p;
	size_t at;
	bool good;

	*rows = LIST_OF(struct csv_row);
	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		memory_fail();
	csv_set_delim(&p, (unsigned char)find_delimiter(text));
	good = parse(&p, &r, text, &at);
	if (!good && csv_error(&p) != CSV_EPARSE)
		memory_fail();
	csv_free(&p);
	if (!good && at < text.n) {
		unsigned line, col;

		utf8_position(text, at, &line, &col);
		diag(d, csv_syntax, place_at(file, line, col, 1), VIEW("a quotation mark within a cell is not doubled"));
	} else if (!good) {
		diag(d, csv_syntax, place_at(file, r.line, 1, 0), VIEW("a cell of this row has no quotation mark at its end"));
	}
	return good;
}

/* Whether text begins with what makes a formula of a cell. */
static bool
begins_formula(struct view v)
{
	size_t at = 0;
	uint32_t c = v.n ? utf8_next(v, &at) : 0;

	switch (c) {
	case '=': case '+': case '-': case '@': case '\t': case '\r':
	case 0xFF1D: case 0xFF0B: case 0xFF0D: case 0xFF20:
		return true;
	default:
		return false;
	}
}

static bool
begins_behind_marks(struct view v)
{
	size_t i = 0;

	while (i < v.n && v.p[i] == '\'')
		i++;
	return begins_formula(view_slice(v, i, v.n));
}

bool
csv_guarded(struct view cell)
{
	return cell.n && cell.p[0] == '\'' && begins_behind_marks(cell);
}

struct view
csv_bare(struct view cell)
{
	return csv_guarded(cell) ? view_slice(cell, 1, cell.n) : cell;
}

bool
csv_formula(struct view cell)
{
	return begins_formula(cell);
}

void
csv_put(struct buf *b, const struct view *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct view v = cells[i];
		bool guard = begins_behind_marks(v), quote = guard || (v.n && (v.p[0] == ' ' || v.p[v.n - 1] == ' '));

		for (size_t k = 0; k < v.n && !quote; k++)
			quote = v.p[k] == '"' || v.p[k] == ',' || v.p[k] == ';' || v.p[k] == '\t' || v.p[k] == '\n' || v.p[k] == '\r';
		if (i)
			buf_addc(b, ',');
		if (!quote) {
			buf_addv(b, v);
			continue;
		}
		buf_puts(b, guard ? "\"'" : "\"");
		for (size_t k = 0; k < v.n; k++) {
			if (v.p[k] == '"')
				buf_addc(b, '"');
			buf_addc(b, v.p[k]);
		}
		buf_addc(b, '"');
	}
	buf_puts(b, "\r\n");
}
