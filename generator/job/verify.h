/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a copy is as it was published: nothing changed, missing, added, linked, doubled. For commands. */
#pragma once
#include "base/file.h"
#include "job/manifest.h"

struct verify {
	void (*progress)(void *self, size_t done, size_t all);	/* or NULL */
	void *self;
	struct view today;	/* "2025-12-31", to tell an old copy; empty: it is not told */
	/* results; texts in the arena */
	size_t files;		/* the list has */
	size_t changed, gone, extra, other;
	struct release release;
	struct view digest;	/* of SHA256SUMS: the fingerprint to compare with a printed one */
	bool opened;		/* there was a list to compare with */
};

/*
 * Looks at a folder or at a ZIP file (also one whose files stand in one folder inside). Everything found is reported with its path. True when
 * nothing is wrong; an old copy is only a warning. No network; nothing is written.
 */
bool verify_run(struct verify *v, struct arena *a, struct view path, struct diags *d);
