/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass: every product written, in forked workers; what is no longer planned is removed. For commands. */
#pragma once
#include "job/depend.h"

struct produce {
	struct world *world;
	struct plan *plan;
	struct view out;	/* folder of all products, as given; the site goes to <out>/site */
	unsigned jobs;
	struct depend *depend;	/* what need not be made; NULL: all is made */
	void (*progress)(void *self, size_t done, size_t all);	/* or NULL */
	void *self;
	/* results */
	size_t written, unchanged, removed, failed;
};

/*
 * Writes the site. A first build goes to <out>/.build/site and is renamed whole; later ones replace each file that differs. Refuses (reported) a
 * folder that holds files Waypost did not make, and one that another build is writing to. False when anything failed.
 */
bool produce_run(struct produce *p);
