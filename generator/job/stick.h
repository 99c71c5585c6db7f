/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edition copied to a stick, or to any folder: safely, and going on where it was interrupted. For commands. */
#pragma once
#include "job/edition.h"

struct stick {
	struct edition *edition;
	void (*progress)(void *self, size_t done, size_t all);	/* or NULL */
	void *self;
	/* results */
	size_t written, unchanged, removed;
};

/*
 * Makes the folder, which must be there, hold the edition. Files of an older edition that no longer belong are removed, all else is left alone; a file
 * that is in the way and of no edition of this site refuses it, and so does too little room: then nothing is written. While it is at work the folder has
 * a file SHA256SUMS.unfinished; when it is killed, the next run goes on. False after reporting.
 */
bool stick_write(struct stick *s, struct view folder);
