/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that are watched for changes, with all that are in them (inotify). For commands. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/*
 * Folders below one root, by name; those that are not there yet are noticed when they come. New folders are watched as they come. Links
 * are not followed. Names that begin with '.' or end in '~', and those that editors make in passing, are no change.
 */
struct watch;

/* Begins to watch. names: n folders in root, or a single empty name for the root itself. NULL with errno;
 * ENOSPC: the system lets no more folders be watched. */
struct watch *watch_open(struct view root, const char *const *names, size_t n);
/* w may be NULL. */
void watch_close(struct watch *w);
/* Readable when something happened. */
int watch_fd(const struct watch *w);
/*
 * Takes what has happened. True when files were written, moved or removed since the last call; `changed` is then called once for each event
 * with the path below the root. After more events than the system keeps, *lost is set and everything may have changed.
 */
bool watch_take(struct watch *w, void (*changed)(void *self, struct view path), void *self, bool *lost);
/* How many folders are watched. */
size_t watch_count(const struct watch *w);
