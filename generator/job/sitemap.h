/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps (sitemaps.org protocol 0.9): one a language and an index; only with a base address. For jobs. */
#pragma once
#include "job/plan.h"

/* "fr/sitemap.xml", or "sitemap.xml" of the index (l NULL). */
struct view sitemap_path(struct arena *a, const struct language *l);
/* Adds the sitemaps to the plan. */
void sitemap_plan(struct world *w, struct plan *p);
/* Appends one. False when the language is not published. */
bool sitemap_write(const struct world *w, const struct plan *p, const struct language *l, struct arena *a,
    struct buf *out);
