/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tool's own lines (`#.`) above an entry of a catalog: where the text stands, where its links lead, how to write it. For jobs and commands. */
#pragma once
#include "job/load.h"

/*
 * The lines for a segment in a language, without "#. ", joined by '\n'; in the arena. The first is
 * "reporting/alternative-report.md:12   [1] reporting/sessions.md". An interface word has the theme's note and, where it changes with
 * a number, the forms the language needs. page is NULL for data and interface words.
 */
struct view hint_lines(struct arena *a, const struct world *w, struct lang *l, const struct page *page,
    const struct segment *s);
/* Whether two such texts say the same, but for the number of the line: that moves with every edit above and is no reason to
 * touch an entry. */
bool hint_same(struct view x, struct view y);
