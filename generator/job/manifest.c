/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA256SUMS and RELEASE. */
#include "job/manifest.h"

enum { HEX = 64, FIELDS = 7 };

void
manifest_put(struct buf *b, struct view path, struct view hex)
{
	buf_printf(b, "SHA256 (%.*s) = %.*s\n", VIEW_ARG(path), VIEW_ARG(hex));
}

bool
manifest_safe(struct view path)
{
	struct view piece;

	if (path.n == 0 || path.n > 240)
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7F || strchr("\\:*?\"<>|", path.p[i]))
			return false;
	while (view_cut(&path, '/', &piece))
		if (piece.n == 0 || view_is(piece, ".") || view_is(piece, "..") || view_ends(piece, ".") || view_ends(piece, " "))
			return false;
	return true;
}

static bool
is_hex(struct view v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!((v.p[i] >= '0' && v.p[i] <= '9') || (v.p[i] >= 'a' && v.p[i] <= 'f')))
			return false;
	return v.n == HEX;
}

static bool
read_line(struct view line, struct manifest_row *row)
{
	static const char middle[] = ") = ";

	if (view_starts(line, "SHA256 (") && line.n > 8 + 4 + HEX) {
		size_t cut = line.n - HEX;

		row->path = view_slice(line, 8, cut - 4);
		row->hex = view_slice(line, cut, line.n);
		return view_is(view_slice(line, cut - 4, cut), middle) && is_hex(row->hex);
	}
	if (line.n < HEX + 3)
		return false;
	row->hex = view_slice(line, 0, HEX);
	row->path = view_slice(line, HEX + 2, line.n);
	return is_hex(row->hex) && line.p[HEX] == ' ' && (line.p[HEX + 1] == ' ' || line.p[HEX + 1] == '*');
}

bool
manifest_read(struct manifest *m, struct arena *a, struct view text, struct view file, struct diags *d)
{
	struct view line;
	bool good = true;

	m->rows = LIST_OF(struct manifest_row);
	map_init(&m->by_path, a);
	for (unsigned number = 1; view_cut(&text, '\n', &line); number++) {
		struct manifest_row row;

		if (line.n == 0 && text.n == 0)
			break;
		if (!read_line(line, &row) || map_get(&m->by_path, row.path)) {
			diag(d, verify_line, place_at(file, number, 1, 0));
			good = false;
			continue;
		}
		if (!manifest_safe(row.path)) {
			diag(d, verify_name, place_at(file, number, 1, 0), row.path);
			good = false;
			continue;
		}
		*(struct manifest_row *)list_push(&m->rows, a) = row;
		map_set(&m->by_path, row.path, (void *)(uintptr_t)m->rows.n);
	}
	return good;
}

struct view
manifest_find(const struct manifest *m, struct view path)
{
	uintptr_t at = (uintptr_t)map_get(&m->by_path, path);

	return at ? LIST_AT(&m->rows, struct manifest_row, at - 1)->hex : VIEW_NONE;
}

struct field {
	const char *name;
	struct view *value;
};

static void
fields_of(struct release *r, struct field fields[FIELDS])
{
	const struct field all[FIELDS] = { { "title", &r->title }, { "site", &r->id }, { "edition", &r->edition },
		{ "release", &r->number }, { "date", &r->date }, { "good-until", &r->until }, { "languages", &r->languages } };

	memcpy(fields, all, sizeof all);
}

void
release_put(struct buf *b, const struct release *r)
{
	struct release copy = *r;
	struct field fields[FIELDS];

	fields_of(&copy, fields);
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].value->n)
			buf_printf(b, "%s: %.*s\n", fields[i].name, VIEW_ARG(*fields[i].value));
}

void
release_read(struct release *r, struct view text)
{
	struct field fields[FIELDS];
	struct view line;

	*r = (struct release){ 0 };
	fields_of(r, fields);
	while (view_cut(&text, '\n', &line)) {
		size_t colon = view_find(line, ':');

		for (size_t i = 0; i < FIELDS && colon < line.n; i++)
			if (view_is(view_slice(line, 0, colon), fields[i].name))
				*fields[i].value = view_trim(view_slice(line, colon + 1, line.n));
	}
}
