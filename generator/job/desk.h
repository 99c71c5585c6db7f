/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the translation desk works on: the texts of a language beside their sources, as data for its script. For jobs. */
#pragma once
#include "job/locale.h"

/*
 * A unit is what has a catalog of its own: a page, a data file, the interface. Units are numbered: pages by their index, then the data files,
 * then the interface. The desk's script knows them by key ("reporting/sessions", "data/glossary", "interface").
 */
size_t desk_units(const struct world *w);
/* Whether a unit has anything to translate into a language. A page that is written in the language has not. */
bool desk_has(const struct world *w, const struct language *l, size_t unit);
/* The key of a unit's catalog. */
struct view desk_key(const struct world *w, struct arena *a, size_t unit);
/* The file its data is made from, for messages. */
struct view desk_file(const struct world *w, size_t unit);
/* Where a unit's data goes, below the output: "ar/desk/pages/reporting/sessions.js". */
struct view desk_path(const struct world *w, struct arena *a, const struct language *l, size_t unit);
/* Where the list of units goes: "ar/desk/overview.js". */
struct view desk_overview_path(struct arena *a, const struct language *l);

/* The page that is the desk: the first one of all languages with `layout: desk`; NULL when the site has none. */
const struct page *desk_page(const struct world *w);

/*
 * Appends, as JSON (RFC 8259) on one line that may stand inside HTML, what docs/design.md describes: language, interface words whose key begins
 * "desk-", terms, units with their counts. Needs w->survey.
 */
void desk_overview(struct locale *l, struct arena *item, struct buf *out);
/* The same for one unit: its segments in order, each with source, target, state and what has changed. Nothing is reported. */
void desk_unit(struct locale *l, size_t unit, struct arena *item, struct buf *out);
/* The text of a script that hands JSON to the desk: one call with one string literal. */
void desk_script(struct view json, struct buf *out);
