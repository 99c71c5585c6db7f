/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP archives through libzip, read. */
#include "format/zip_parts.h"

#include <ctype.h>
#include <sys/stat.h>
#include <zip.h>

#include "base/arena.h"

enum { BOMB_BYTES = 1 << 20, BOMB_RATIO = 100 };

/* What Unix says of a member: neither a file nor a folder. */
static bool
is_special(zip_t *zip, zip_uint64_t at)
{
	zip_uint8_t system = 0;
	zip_uint32_t attributes = 0;
	mode_t mode;

	if (zip_file_get_external_attributes(zip, at, 0, &system, &attributes) != 0 || system != ZIP_OPSYS_UNIX)
		return false;
	mode = (mode_t)(attributes >> 16) & S_IFMT;
	return mode != 0 && mode != S_IFREG && mode != S_IFDIR;
}

static bool
safe_name(struct view name)
{
	return zip_safe(view_ends(name, "/") ? view_slice(name, 0, name.n - 1) : name);
}

bool
zip_reader_open(struct zip_reader *r, struct arena *a, struct view path, struct view *why)
{
	zip_error_t error;
	const char *name_of_file = view_copy(a, path).p;
	zip_t *zip;
	int code = 0;

	*r = (struct zip_reader){ .members = LIST_OF(struct zip_member) };
	zip = zip_open(name_of_file, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (!zip && code == ZIP_ER_EXISTS)	/* a name that stands twice: the caller can say which */
		zip = zip_open(name_of_file, ZIP_RDONLY, &code);
	if (!zip) {
		zip_error_init_with_code(&error, code);
		*why = view_copy(a, view_str(zip_error_strerror(&error)));
		if (why->n)
			((char *)(uintptr_t)why->p)[0] = (char)tolower((unsigned char)why->p[0]);
		zip_error_fini(&error);
		return false;
	}
	r->private = zip;
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		struct zip_member *m = list_push(&r->members, a);
		const char *name = zip_get_name(zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);

		m->name = view_copy(a, view_str(name ? name : ""));
		m->safe = safe_name(m->name);
		m->link = is_special(zip, (zip_uint64_t)i);
	}
	return true;
}

void
zip_reader_close(struct zip_reader *r)
{
	if (r->private)
		zip_discard(r->private);
	r->private = NULL;
}

/* A small member that becomes a large one fills memory for nothing. */
static bool
is_bomb(zip_t *zip, size_t member)
{
	const zip_uint64_t known = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
	zip_stat_t st;

	return zip_stat_index(zip, member, 0, &st) == 0 && (st.valid & known) == known && st.size > BOMB_BYTES &&
	    st.size / BOMB_RATIO > st.comp_size;
}

bool
zip_reader_bytes(const struct zip_reader *r, size_t member, size_t max, struct buf *out)
{
	zip_file_t *file = is_bomb(r->private, member) ? NULL : zip_fopen_index(r->private, member, 0);
	size_t before = out->n;
	zip_int64_t got = 0;
	char piece[1 << 14];

	if (!file)
		return false;
	while (out->n - before <= max && (got = zip_fread(file, piece, sizeof piece)) > 0)
		buf_add(out, piece, (size_t)got);
	/* the check of its sum comes with the end */
	if (zip_fclose(file) == 0 && got == 0)
		return true;
	buf_truncate(out, before);
	return false;
}
