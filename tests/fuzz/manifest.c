/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes lists of digests and RELEASE: only names that stay below their folder; a line that is wrong has a message. */
#include <stdint.h>
#include <stdlib.h>

#include "job/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view text = view_of((const char *)data, n), piece, path;
	struct manifest m, again;
	struct release release;
	struct arena a;
	struct diags d;
	struct buf b;
	bool good;

	arena_init(&a);
	diags_init(&d);
	buf_init(&b);
	good = manifest_read(&m, &a, text, VIEW("f"), &d);
	if (good != (d.list.n == 0))
		abort();
	for (size_t i = 0; i < m.rows.n; i++) {
		const struct manifest_row *row = LIST_AT(&m.rows, struct manifest_row, i);

		path = row->path;
		if (path.p[0] == '/' || !view_eq(manifest_find(&m, path), row->hex))
			abort();
		while (view_cut(&path, '/', &piece))
			if (view_is(piece, "..") || view_find(piece, '\\') < piece.n || view_find(piece, '\0') < piece.n)
				abort();
		manifest_put(&b, row->path, row->hex);
	}
	if (!manifest_read(&again, &a, view_buf(&b), VIEW("g"), &d) || again.rows.n != m.rows.n)
		abort();
	buf_clear(&b);
	release_read(&release, text);
	release_put(&b, &release);
	buf_release(&b);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
