/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the pages of a project. Private to job/load. */
#pragma once
#include "job/load.h"

/* Reads every page below content/ into w->pages, in the order of its folders, and into w->by_path. */
void load_pages(struct world *w, unsigned jobs);
