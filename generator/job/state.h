/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state log <out>/.state: the products of the last build, one a line. Losing it only costs time. For jobs. */
#pragma once
#include "base/file.h"
#include "base/map.h"

/* Reads the log: path to any non-NULL. A missing, old or damaged log gives an empty map, and false. */
bool state_read(struct map *paths, struct arena *a, const struct file_root *out, struct diags *d);
/* Writes it, if it differs. False after reporting. */
bool state_write(const struct map *paths, struct arena *a, const struct file_root *out, struct diags *d);
