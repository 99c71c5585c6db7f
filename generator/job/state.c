/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state log. */
#include "job/state.h"

#include <stdlib.h>

#include "base/hash.h"

static const char head[] = "waypost state 1";

enum { STATE_MAX_BYTES = 256 << 20 };

static bool
read_one(struct map *paths, struct arena *a, const struct file_root *out, struct view name, struct diags *d)
{
	struct view text, line;
	size_t n = 0;

	if (!file_read_if(out, a, name, STATE_MAX_BYTES, &text, d) ||
	    !view_cut(&text, '\n', &line) || !view_is(line, head))
		return false;
	for (struct view rest = text; view_cut(&rest, '\n', &line); n++)
		;
	map_room(paths, paths->n + n);
	while (view_cut(&text, '\n', &line)) {
		bool fits = line.n > 0 && line.p[0] != '/' && view_search(line, VIEW("..")) == line.n &&
		    view_find(line, '\0') == line.n;

		if (fits && text.p)	/* a last line without its end was cut off */
			map_add(paths, line, paths);
	}
	return true;
}

bool
state_read(struct map *paths, struct arena *a, const struct file_root *out, struct diags *d)
{
	struct list entries;
	bool good = false;

	map_init(paths, a);
	if (!file_list_hidden(out, a, VIEW("."), &entries, d))
		return false;
	for (size_t i = 0; i < entries.n; i++) {
		struct view name = LIST_AT(&entries, struct file_entry, i)->name;

		if (view_is(name, ".state") || view_starts(name, ".state-"))
			good |= read_one(paths, a, out, name, d);
	}
	return good;
}

bool
state_is(struct arena *a, const struct file_root *out, uint64_t digest)
{
	struct list entries;
	struct diags quiet;
	struct view text;
	bool is;

	diags_init(&quiet);
	is = file_list_hidden(out, a, VIEW("."), &entries, &quiet);
	for (size_t i = 0; is && i < entries.n; i++)
		is = !view_starts(LIST_AT(&entries, struct file_entry, i)->name, ".state-");
	is = is && file_read_if(out, a, VIEW(".state"), STATE_MAX_BYTES, &text, &quiet) && hash_bytes(text) == digest;
	diags_release(&quiet);
	return is;
}

/* A whole build has all that the parts had. */
static void
remove_parts(struct arena *a, const struct file_root *out, struct diags *d)
{
	struct list entries;

	if (!file_list_hidden(out, a, VIEW("."), &entries, d))
		return;
	for (size_t i = 0; i < entries.n; i++)
		if (view_starts(LIST_AT(&entries, struct file_entry, i)->name, ".state-"))
			file_remove(out, LIST_AT(&entries, struct file_entry, i)->name);
}

static int
compare(const void *x, const void *y)
{
	return view_cmp(*(const struct view *)x, *(const struct view *)y);
}

bool
state_write(const struct map *paths, struct arena *a, const struct file_root *out, unsigned shard, unsigned shards, struct diags *d)
{
	struct view name = shards ? view_printf(a, ".state-%u-of-%u", shard, shards) : VIEW(".state");
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
	ok = file_write(out, name, view_buf(&b), d) != FILE_FAILED;
	if (ok && shards == 0)
		remove_parts(a, out, d);
	buf_release(&b);
	return ok;
}
