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
