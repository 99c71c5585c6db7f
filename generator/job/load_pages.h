/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the pages of a project. Private to job/load. */
#pragma once
#include "job/load.h"

/*
 * Reads every page below content/ into w->pages, in the order of its folders, and into w->by_path. Calls `beside` once, in the parent: for what can be
 * read while workers read pages.
 */
void load_pages(struct world *w, unsigned jobs, void (*beside)(struct world *w));
