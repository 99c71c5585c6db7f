/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost status --next: the texts to translate first. For command/status only. */
#pragma once
#include "command/options.h"
#include "job/load.h"

enum { NEXT_MAX = 10 };

/*
 * Prints the NEXT_MAX missing or outdated texts of a language that stand on most pages, in the format of
 * the options; page NULL means all pages. Interface words and titles (which lists and menus repeat) stand
 * on every page, the home page is worth half of all pages.
 */
void status_next(const struct options *o, const struct world *w, struct language *l, const struct page *page);
