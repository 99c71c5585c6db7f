/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of an edition while it is made. For job/edition.c and its halves only. */
#pragma once
#include "job/edition.h"

/* Adds a file; from or bytes are borrowed. */
struct edition_file *edition_add(struct edition *e, struct view path, struct view from, struct view bytes);
/* Adds RELEASE and SHA256SUMS, sorts, counts. False after reporting. */
bool edition_seal(struct edition *e);
