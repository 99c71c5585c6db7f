/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build will write: every product by its path, before anything is written. For jobs and commands. */
#pragma once
#include "job/load.h"

struct plan {
	struct map paths;	/* output path to the struct view * of the file it is made from */
	bool *left_out;		/* one a page, by index: its output path belongs to another page */
	bool *languages;	/* one a language: is published */
	const struct world *world;
	uint64_t logged;	/* paths are those of the last build: digest of the log that lists them; 0: they were listed anew */
	unsigned shard, shards;	/* only part `shard` (from 1) of so many is written; shards 0: all */
};

/* Lists the products of the published languages that `only` names (NULL: all). Collisions are reported, and the later page left out.
 * Needs w->survey. */
void plan_make(struct plan *p, struct world *w, const bool *only);
/*
 * The same where it is known that the last build planned the same products, and that no page was left out but for versions. paths has them as keys, and
 * values that mean nothing here; logged is the digest of its log. plan_list lists them anew after all.
 */
void plan_again(struct plan *p, struct world *w, const bool *only, const struct map *paths, uint64_t logged);
void plan_list(struct plan *p, struct world *w);
bool plan_has(const struct plan *p, struct view path);
/*
 * Parts of a build: languages are dealt to them in turn, in the order of the site; what stands in no language's folder belongs to the first one.
 * Every part is a part of the same plan, so pages link to all languages.
 */
bool plan_mine(const struct plan *p, struct view path);
/* Whether the folder of a language belongs to this part. */
bool plan_mine_language(const struct plan *p, const struct language *l);
/* Whether what all languages share does. */
bool plan_mine_shared(const struct plan *p);
/* Takes the products of other parts out of the plan; nothing is left out of it after that. */
void plan_cut(struct plan *p);
/* Adds a product made from `from`. */
void plan_add(struct plan *p, struct world *w, struct view path, struct view from);
