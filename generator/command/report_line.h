/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a file that a message is about, and how it is shown in a terminal. For command/report only. */
#pragma once
#include "base/place.h"
#include "model/site.h"

/*
 * Files are read again when their first message is printed; messages come sorted by file, so one at a time
 * is kept.
 */
struct report_files {
	const struct site *site;	/* or NULL: no lines */
	struct arena arena;		/* of the file that is open */
	struct view name;
	struct view text;		/* UTF-8 where it could be made that */
	bool valid;
};

void report_files_init(struct report_files *f, const struct site *site);
void report_files_release(struct report_files *f);
/* The line of a place, without its line end. False when there is none. */
bool report_source(struct report_files *f, struct place p, struct view *line);
/*
 * Appends the line with its number, and below it the caret under p.col .. p.col + p.len. What is longer
 * than a screen is cut to the neighbourhood of the place. A line with right-to-left letters or with control
 * characters gets no caret: the first is isolated (U+2068, U+2069), the second shown as escapes.
 */
void report_snippet(struct buf *b, struct view line, struct place p, bool color);
/* Whether it has a letter that runs from right to left. */
bool report_has_rtl(struct view v);
