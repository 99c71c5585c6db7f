/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgettextpo reads and writes files only: here is one without a name. Private to format/po. */
#pragma once
#include <stdio.h>

#include "base/text.h"

enum { PO_PATH_ROOM = 40 };

/* A file in memory that holds the bytes; its path goes to `path`. Never NULL. */
FILE *po_memory(struct view bytes, char path[PO_PATH_ROOM]);
/* Appends all of it and closes it. */
void po_take(FILE *f, struct buf *b);
