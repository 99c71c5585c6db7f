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

/* A path and its place in the map. */
struct line {
	struct view path;
	size_t at;
};

static int
compare(const void *x, const void *y)
{
	return view_cmp(((const struct line *)x)->path, ((const struct line *)y)->path);
}

/* Appends a line for each path, in order. */
static void
put_lines(const struct map *paths, struct state_log *log, struct buf *b)
{
	struct line *lines = memory_get(paths->n * sizeof *lines);
	size_t size = 0;

	for (size_t i = 0; i < paths->n; i++) {
		lines[i] = (struct line){ paths->entries[i].key, i };
		size += lines[i].path.n + 1;
	}
	if (paths->n)
		qsort(lines, paths->n, sizeof *lines, compare);
	buf_reserve(b, size);
	for (size_t i = 0; i < paths->n; i++) {
		buf_addv(b, lines[i].path);
		buf_addc(b, '\n');
		log->order[i] = (uint32_t)lines[i].at;
	}
	free(lines);
}

bool
state_write(const struct map *paths, struct arena *a, const struct file_root *out, unsigned shard, unsigned shards, struct state_log *log,
    struct diags *d)
{
	struct view name = shards ? view_printf(a, ".state-%u-of-%u", shard, shards) : VIEW(".state");
	struct state_log written = { .n = paths->n, .order = arena_room(a, paths->n * sizeof *written.order) };
	struct buf b;
	bool ok;

	buf_init(&b);
	buf_printf(&b, "%s\n", head);
	put_lines(paths, &written, &b);
	written.digest = hash_bytes(view_buf(&b));
	ok = file_write(out, name, view_buf(&b), d) != FILE_FAILED;
	if (ok && shards == 0)
		remove_parts(a, out, d);
	if (ok && log)
		*log = written;
	buf_release(&b);
	return ok;
}
