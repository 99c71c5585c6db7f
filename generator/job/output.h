/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder: locked, recognised as ours, published whole. For jobs. */
#pragma once
#include "base/file.h"
#include "job/plan.h"
#include "job/state.h"

struct output {
	struct arena *arena;
	struct file_root root;		/* <out> */
	const struct plan *plan;
	struct map before;		/* products of the last build */
	bool logged;			/* the log names just what is planned: private */
	struct state_log log;		/* of the products of this one, if it has written that; else its n is 0 */
	bool first;			/* there is no site yet: it is built in .build/site */
	int lock;
};

/*
 * Opens (and makes) the folder and takes its lock. False after reporting: another build holds it, it cannot be made, or <out>/site holds files
 * that no build of ours wrote and the plan does not name.
 */
bool output_open(struct output *o, struct arena *a, struct view out, const struct plan *plan, struct diags *d);
/* Writes one product, if it differs; by way of <out>/.build, which is there until a build has ended well: nothing is seen before output_close. */
enum file_written output_write(const struct output *o, struct view path, struct view bytes, struct diags *d);
/* The same, with the stamp of what was written; sign 0 where file_stamp is to be asked. */
enum file_written output_write_stamp(const struct output *o, struct view path, struct view bytes, struct file_stamp *s, struct diags *d);
/* Forgets a product that a worker was at when it was stopped: it may have written half of it. */
void output_drop(const struct output *o, struct view path);
/*
 * Ends the build. When all went well: flushes what was written, gives it its place, removes products that are no longer planned, writes the state log.
 * Else what was published stays as it was. Gives the lock back. Returns the number of products removed.
 */
size_t output_close(struct output *o, bool whole, struct diags *d);
