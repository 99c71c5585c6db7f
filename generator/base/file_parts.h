/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening below a folder. For base/file.c and base/file_write.c only. */
#pragma once
#include <sys/types.h>

#include "base/file.h"

enum { FILE_PATH_CAP = 4096 };

/* Opens below the root only and through no link (Linux openat2, RESOLVE_BENEATH); EINTR is retried. -1 with errno. */
int file_open_below(const struct file_root *r, struct view path, int flags, mode_t mode);
/* Opens the folder that holds path; the last name goes to last. Refuses a path that does not end in a name. -1 with errno. */
int file_open_parent(const struct file_root *r, struct view path, char last[FILE_PATH_CAP]);
/* The stamp of an open file; false, with sign 0, when it cannot be told. */
bool file_stamp_open(int fd, struct file_stamp *s);
/* What a name in a folder is; the folder is closed. False when it is not there. */
bool file_kind_in(int dir, const char *name, enum file_kind *kind);
