/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIP archives, the same bytes every time. For jobs and commands; libzip stays in zip.c. */
#pragma once
#include <stdbool.h>

#include "base/list.h"
#include "base/text.h"

/* One file of an archive; both texts are borrowed. */
struct zip_entry {
	struct view name;	/* "desk.html", "files/a.txt": '/' between folders, relative, unique */
	struct view bytes;
	bool stored;		/* not compressed (EPUB's mimetype) */
};

/*
 * Appends an archive of the entries (list of struct zip_entry) to out. They stand in the order of their names, the stored ones first; each is dated
 * 1980-01-01 0:00 and readable by all. Names that are not ASCII are marked as UTF-8. False when libzip fails (no memory for the whole archive)
 * or a name cannot be unpacked safely ("..", a leading '/', a backslash, twice); *why then says it, static.
 */
bool zip_write(const struct list *entries, struct buf *out, const char **why);

/* An archive that is being read, and its members in the order of its own list; borrowed from the arena. */
struct zip_reader {
	void *private;
	struct list members;	/* of struct zip_member */
};
struct zip_member {
	struct view name;	/* as it stands there: check it before use; a folder's ends in '/' */
	bool safe;		/* it can be unpacked below a folder, on every system */
	bool link;		/* it is a symbolic link or another special file of Unix */
};

/* Opens the file at path (NUL-terminated). False when it is no archive that can be read; *why then says it, in the arena. */
bool zip_reader_open(struct zip_reader *r, struct arena *a, struct view path, struct view *why);
void zip_reader_close(struct zip_reader *r);
/* Appends the bytes of a member. False when they cannot be read, are damaged or more than max,
 * or were packed to less than a hundredth of more than 1 MiB. */
bool zip_reader_bytes(const struct zip_reader *r, size_t member, size_t max, struct buf *out);
