/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that people name on the command line: anywhere, not only in the project. For commands. */
#pragma once
#include "base/file.h"

/* Reads a file of at most max bytes. False after a message. */
bool named_read(struct arena *a, struct view path, size_t max, struct view *bytes, struct diags *d);
/* Writes a file by a temporary name; "-" is standard output. FILE_FAILED after a message. */
enum file_written named_write(struct arena *a, struct view path, struct view bytes, struct diags *d);
/* Whether a file (or anything else) of that name is there and does not hold just these bytes. */
bool named_differs(struct arena *a, struct view path, struct view bytes);
