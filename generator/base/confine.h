/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives up what a process does not need: writing elsewhere, the network. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* What the kernel could be asked for. */
struct confined {
	bool writes;	/* Landlock (Linux 5.19): files are made, changed and removed below the given folders only */
	bool network;	/* seccomp: no socket can be made */
};

/*
 * From now on, for this process and its children, for good. folders are n open folders. What this kernel or this machine does not have is left as it was.
 */
struct confined confine(const int *folders, size_t n);
