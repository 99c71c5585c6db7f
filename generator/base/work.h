/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of work spread over forked processes. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct work;

/* Workers that have delivered everything and are going away, which takes as long as their memory was large. */
struct work_late {
	int pids[192];
	size_t n;
};

/*
 * The units 0..units-1 are dealt, in order, to `jobs` forked workers. Each runs `unit` in the child; what it puts into
 * result comes back over a pipe and is handed to `done` in the parent, in whatever order the units end.
 *
 * A unit announces each item it begins with work_item(). An item that uses more than cpu_seconds of processor time, runs
 * out of memory or crashes ends its worker: `lost` is then called in the parent with the item and the reason ("time",
 * "memory", "crash", "exit"), and the unit is run again without that item. A unit that dies outside any item is not run
 * again: `lost` gets (size_t)WORK_NO_ITEM. Workers end when their parent does.
 */
struct work_plan {
	unsigned jobs;		/* at least 1 */
	size_t units;
	size_t items;		/* items are numbered 0..items-1 over all units */
	unsigned cpu_seconds;	/* budget of one item; 0 for none */
	void *self;
	void (*unit)(void *self, struct work *w, size_t unit, struct buf *result);
	void (*done)(void *self, size_t unit, struct view result);
	void (*lost)(void *self, size_t unit, size_t item, const char *why);
	/* Called once in the parent when the workers are under way: what can be done beside them. May be NULL. */
	void (*meanwhile)(void *self);
	/* Where workers are noted whose end is not waited for: the caller's work goes on meanwhile, and work_wait waits. NULL: work_run waits. */
	struct work_late *late;
	/* Called in the parent about four times a second with the number of items begun; may be NULL. */
	void (*tick)(void *self, size_t begun, size_t items);
};

enum { WORK_NO_ITEM = -1, WORK_JOBS_MAX = 64 };

/* Runs the plan. False when processes or pipes cannot be had (errno says why). */
bool work_run(const struct work_plan *plan);
/* Waits for those that are noted. */
void work_wait(struct work_late *late);
/* In a unit: begins an item. False when this item was lost before and must be skipped. */
bool work_item(struct work *w, size_t item);
/* In a unit: which of the workers this is, from 0, below jobs and WORK_JOBS_MAX. No two that are alive have the same number. */
unsigned work_number(const struct work *w);
/* Number of processors that may be used, at least 1. */
unsigned work_processors(void);
