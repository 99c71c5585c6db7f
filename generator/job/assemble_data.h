/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page is told from data files (docs/themes.md). Private to job/assemble. */
#pragma once
#include "job/assemble_context.h"

/* Sets `data` and `counts` of a page's context; each is made only when a template asks. */
void data_set(const struct writing *wr, struct value *top);
/* Sets `data` anew, with only those rows of a file that fit the conditions. */
void data_set_where(const struct writing *wr, struct value *top, const struct data *t, const struct list *where);
/* Sets `sources` and `has-sources` of `page`. */
void data_sources(const struct writing *wr, struct value *page, const struct page *p);
