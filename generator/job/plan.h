/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build will write: every product by its path, before anything is written. For jobs and commands. */
#pragma once
#include "job/load.h"

struct plan {
	struct map paths;	/* output path to the struct view * of the file it is made from */
	bool *left_out;		/* one a page, by index: its output path belongs to another page */
	bool *languages;	/* one a language: is published */
};

/* Lists the products of the published languages that `only` names (NULL: all). Collisions are reported, and the later page left out.
 * Needs w->survey. */
void plan_make(struct plan *p, struct world *w, const bool *only);
bool plan_has(const struct plan *p, struct view path);
/* Adds a product made from `from`. */
void plan_add(struct plan *p, struct world *w, struct view path, struct view from);
