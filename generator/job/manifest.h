/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edition holds: SHA256SUMS, and RELEASE, which says how old it is. For jobs and commands. */
#pragma once
#include "base/diag.h"
#include "base/map.h"

#define MANIFEST_NAME "SHA256SUMS"
#define RELEASE_NAME "RELEASE"

struct manifest_row {
	struct view path;
	struct view hex;	/* 64 lower-case digits */
};

struct manifest {
	struct list rows;	/* of struct manifest_row */
	struct map by_path;	/* to the index of its row + 1, as a pointer */
};

/* Appends "SHA256 (path) = hex": what sha256sum -c, signify -C and BSD's sha256 read. */
void manifest_put(struct buf *b, struct view path, struct view hex);
/*
 * Reads a list in that form or in that of sha256sum ("hex  path"). What cannot be read is reported at its line of `file` and left out; false
 * then. text must live as long as m.
 */
bool manifest_read(struct manifest *m, struct arena *a, struct view text, struct view file, struct diags *d);
/* The digest of a path, or the empty view. */
struct view manifest_find(const struct manifest *m, struct view path);
/* Whether a path stays below its folder and can be written on every stick: no "..", no '\\', ':' or control characters. */
bool manifest_safe(struct view path);

/* The lines of RELEASE; all borrowed. What a file does not say is empty. */
struct release {
	struct view title;	/* of the site */
	struct view id;		/* of the site: model/site */
	struct view edition;	/* "usb", "zip" */
	struct view number;	/* a later release has a larger one: 20251231 */
	struct view date;	/* 2025-12-31 */
	struct view until;	/* good until */
	struct view languages;	/* "en fr" */
};

void release_put(struct buf *b, const struct release *r);
/* Lines that are not known are passed over. */
void release_read(struct release *r, struct view text);
