/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are told about search, and the list from A to Z. Private to job/assemble. */
#pragma once
#include "job/assemble_context.h"

/* Sets `search` and `a-z` (docs/themes.md). */
void search_set(const struct writing *wr, struct value *top);
