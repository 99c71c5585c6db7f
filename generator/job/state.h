/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The state log <out>/.state: the products of the last build, one a line; of part 2 of 7 it is <out>/.state-2-of-7. Losing it only costs time.
 * For jobs.
 */
#pragma once
#include "base/file.h"
#include "base/map.h"

/* Reads all logs: path to any non-NULL. Missing, old or damaged ones give nothing; false when there is no good one. */
bool state_read(struct map *paths, struct arena *a, const struct file_root *out, struct diags *d);
/* Whether there is one log alone, that of a whole build, and its bytes have this digest. */
bool state_is(struct arena *a, const struct file_root *out, uint64_t digest);

/* A log as it was written. */
struct state_log {
	uint64_t digest;	/* of its bytes */
	size_t n;
	uint32_t *order;	/* its lines, each by its place in the map */
};

/*
 * Writes that of a part (shards 0: of a whole build, and the logs of parts go), if it differs. False after reporting. log, which may be NULL, is told what
 * the file holds.
 */
bool state_write(const struct map *paths, struct arena *a, const struct file_root *out, unsigned shard, unsigned shards, struct state_log *log,
    struct diags *d);
