/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files as templates see them in one language: countries, dates and numbers by ICU, rows in its order. Private to job/assemble. */
#pragma once
#include "job/locale.h"
#include "model/value.h"

/* The rows of data file number `file`, in the order of the language: a list of maps. Made once a language, when first asked for. */
const struct value *tables_rows(struct locale *l, size_t file);
/* Those that fit the conditions (struct page_where, resolved); the list is in the arena. */
struct value tables_where(struct locale *l, size_t file, const struct list *where, struct arena *a);
/* Number of a data file, or that of all files. */
size_t tables_file(const struct world *w, const struct data *t);
/* Text that belongs to no language: a symbol, an address. Isolated, so that right-to-left text around it cannot reorder it. */
struct value tables_isolated(struct locale *l, struct view text);
/* What `counts:` of all files ask for, by name: lists. Made once a language. */
const struct value *tables_counts(struct locale *l);
