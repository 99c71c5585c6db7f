/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are told about the translation of the whole site (docs/themes.md). Private to job/assemble. */
#pragma once
#include "job/assemble_context.h"

/* Sets `coverage` and `desk` of a page's context; made only when a template asks. */
void coverage_set(const struct writing *wr, struct value *top);
