/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state log. */
#include "job/state.h"

#include <stdlib.h>

static const char head[] = "waypost state 1";

enum { STATE_MAX_BYTES = 256 << 20 };

bool
state_read(struct map *paths, struct arena *a, const struct file_root *out, struct diags *d)
{
	struct view text, line;

	map_init(paths, a);
	if (!file_read_if(out, a, VIEW(".state"), STATE_MAX_BYTES, &text, d) ||
	    !view_cut(&text, '\n', &line) || !view_is(line, head))
		return false;
	while (view_cut(&text, '\n', &line)) {
		bool fits = line.n > 0 && line.p[0] != '/' && view_search(line, VIEW("..")) == line.n &&
		    view_find(line, '\0') == line.n;

		if (fits && text.p)	/* a last line without its end was cut off */
			map_add(paths, line, paths);
	}
	return true;
}

static int
compare(const void *x, const void *y)
{
	return view_cmp(*(const struct view *)x, *(const struct view *)y);
}

bool
state_write(const struct map *paths, struct arena *a, const struct file_root *out, struct diags *d)
{
	struct view *sorted = arena_array(a, paths->n, sizeof *sorted);
	struct buf b;
	bool ok;

	for (size_t i = 0; i < paths->n; i++)
		sorted[i] = paths->entries[i].key;
	if (paths->n)
		qsort(sorted, paths->n, sizeof *sorted, compare);
	buf_init(&b);
	buf_printf(&b, "%s\n", head);
	for (size_t i = 0; i < paths->n; i++) {
		buf_addv(&b, sorted[i]);
		buf_addc(&b, '\n');
	}
	ok = file_write(out, VIEW(".state"), view_buf(&b), d) != FILE_FAILED;
	buf_release(&b);
	return ok;
}
