/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder in memory for harnesses of readers that open their files themselves. For tests/fuzz. */
#pragma once
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char scratch_folder[64];

static inline void
scratch_remove(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf %s", scratch_folder);
	if (system(command) != 0)
		perror(scratch_folder);
}

/* The folder, made at the first call and removed at the end. */
static inline const char *
scratch(void)
{
	if (scratch_folder[0])
		return scratch_folder;
	snprintf(scratch_folder, sizeof scratch_folder, "%s/waypost-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (!mkdtemp(scratch_folder))
		abort();
	atexit(scratch_remove);
	return scratch_folder;
}

/* Puts bytes into a file below the folder `root`; the folders above it must be there. */
static inline void
scratch_put(const struct file_root *root, const char *path, struct view bytes)
{
	int fd = openat(root->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes.n ? bytes.p : "", bytes.n) != (ssize_t)bytes.n || close(fd) != 0)
		abort();
}
