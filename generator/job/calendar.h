/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calendar file of a page with `calendar:` in its front matter, in each language. For jobs. */
#pragma once
#include "job/locale.h"

/* Beside the page, below the output folder: "fr/reporting/sessions.ics". */
struct view calendar_path(struct arena *a, const struct language *l, const struct page *p);
/*
 * Appends the calendar (RFC 5545): one all-day event an item of the data file, from `begins` to `ends`, and one for each of its computed days.
 * Dates without a day make no event. The same input gives the same bytes: no clock is asked.
 */
void calendar_write(struct locale *l, const struct page *p, struct arena *item, struct buf *out);
