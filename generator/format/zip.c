/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP archives through libzip, written to memory. */
#include "format/zip_parts.h"

#include <stdlib.h>
#include <zip.h>

#include "base/arena.h"

/* The first day a ZIP can name, in its own form: no time zone comes in. */
enum { DOS_TIME = 0, DOS_DATE = 1 << 5 | 1, LEVEL = 9 };
/* -rw-r--r-- of a regular file, where Unix keeps it. */
static const zip_uint32_t mode = (zip_uint32_t)0100644 << 16;

static int
compare(const void *x, const void *y)
{
	const struct zip_entry *a = *(const struct zip_entry *const *)x, *b = *(const struct zip_entry *const *)y;

	if (a->stored != b->stored)
		return a->stored ? -1 : 1;
	return view_cmp(a->name, b->name);
}

/* Unpacks below the folder it is unpacked in, on every system. */
bool
zip_safe(struct view name)
{
	struct view piece;

	if (name.n == 0 || view_find(name, '\\') < name.n || view_find(name, ':') < name.n || view_find(name, 0) < name.n)
		return false;
	while (view_cut(&name, '/', &piece))
		if (piece.n == 0 || view_is(piece, ".") || view_is(piece, ".."))
			return false;
	return true;
}

static bool
add(zip_t *zip, const struct zip_entry *e, struct arena *a)
{
	zip_source_t *source = zip_source_buffer(zip, e->bytes.p, e->bytes.n, 0);
	zip_int64_t at;

	if (!source)
		return false;
	at = zip_file_add(zip, view_copy(a, e->name).p, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)at, e->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, LEVEL) == 0 &&
	    zip_file_set_dostime(zip, (zip_uint64_t)at, DOS_TIME, DOS_DATE, 0) == 0 &&
	    zip_file_set_external_attributes(zip, (zip_uint64_t)at, 0, ZIP_OPSYS_UNIX, mode) == 0;
}

/* Appends what libzip wrote into the source. */
static bool
take(zip_source_t *source, struct buf *out)
{
	size_t before = out->n;
	zip_int64_t got;
	char piece[1 << 14];

	if (zip_source_open(source) != 0)
		return false;
	while ((got = zip_source_read(source, piece, sizeof piece)) > 0)
		buf_add(out, piece, (size_t)got);
	zip_source_close(source);
	if (got < 0)
		buf_truncate(out, before);
	return got == 0;
}

static bool
fill(zip_source_t *source, const struct zip_entry **sorted, size_t n, struct arena *a)
{
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	bool ok = zip != NULL;

	for (size_t i = 0; ok && i < n; i++)
		ok = add(zip, sorted[i], a);
	if (!zip)
		return false;
	zip_source_keep(source);
	if (ok && zip_close(zip) == 0)
		return true;
	zip_discard(zip);
	return false;
}

bool
zip_write(const struct list *entries, struct buf *out, const char **why)
{
	const struct zip_entry **sorted;
	zip_source_t *source;
	struct arena arena;
	bool ok = false;

	*why = "a name in the archive is not safe";
	for (size_t i = 0; i < entries->n; i++)
		if (!zip_safe(LIST_AT(entries, struct zip_entry, i)->name))
			return false;
	arena_init(&arena);
	sorted = arena_array(&arena, entries->n, sizeof(struct zip_entry *));
	for (size_t i = 0; i < entries->n; i++)
		sorted[i] = LIST_AT(entries, struct zip_entry, i);
	if (entries->n)
		qsort(sorted, entries->n, sizeof(struct zip_entry *), compare);
	source = zip_source_buffer_create(NULL, 0, 0, NULL);
	*why = "libzip could not make the archive";
	if (source && entries->n == 0) {
		*why = "an archive needs a file";
	} else if (source && fill(source, sorted, entries->n, &arena)) {
		ok = take(source, out);
	}
	if (source)
		zip_source_free(source);
	arena_release(&arena);
	return ok;
}
