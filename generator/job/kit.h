/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What volunteers are given: the translation desk as one page, the files for their own programs, and a guide. For commands. */
#pragma once
#include "job/load.h"

/*
 * Appends a ZIP for one language, not the source language: desk.html (works from disk, holds everything), translation-<tag>.po, translation-<tag>.csv and guide.html.
 * The same project gives the same bytes. Needs w->survey, for this language at least. False after reporting: the theme lacks a file, or libzip failed.
 */
bool kit_make(struct world *w, struct language *l, struct buf *out, struct diags *d);
