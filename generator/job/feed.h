/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Atom feeds (RFC 4287): one a language, of its pages by the day their facts are of; only with a base address. For jobs. */
#pragma once
#include "job/locale.h"
#include "job/plan.h"

enum { FEED_ENTRIES = 30 };

/* Adds the feeds of the published languages to the plan. */
void feed_plan(struct world *w, struct plan *p);
/*
 * Appends the feed of the locale's language to out: at most FEED_ENTRIES pages with as-of, the newest first, then in reading order. No clock: the
 * feed is as new as its newest page. False when no page of the language has a day.
 */
bool feed_write(struct locale *l, const struct plan *p, struct arena *a, struct buf *out);
