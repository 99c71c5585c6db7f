/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other programs, run in a temporary folder of their own. Can be used by all code. */
#pragma once
#include <stdbool.h>

#include "base/file.h"

/* A folder that is gone when the work is done; also the HOME of the programs, so that nobody's settings count. */
struct program_folder {
	struct view path;	/* absolute unless TMPDIR is not; NUL-terminated */
	struct file_root root;
};

/* Makes a folder below TMPDIR. False after reporting. */
bool program_open(struct program_folder *f, struct arena *a, struct diags *d);
/* Removes it with all that is in it; links are not followed. */
void program_close(struct program_folder *f);
/* The first of some names (the last one NULL) that PATH has as a program; the empty view when it has none. In the arena, NUL-terminated. */
struct view program_find(struct arena *a, const char *const *names);
/*
 * Runs a program (arguments end in NULL, the first one is its name) in silence, for at most so many seconds. False when it did not end well: *why is
 * then the last thing it said, or what happened, in the arena.
 */
bool program_run(const struct program_folder *f, struct arena *a, const char *const *arguments, unsigned seconds, struct view *why);
