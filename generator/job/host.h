/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site as it is put on a host: with its own editions beside it, and pages that name them. For commands. */
#pragma once
#include "job/edition.h"

/* An edition to take away. */
struct host_file {
	struct view name;		/* below editions/ */
	struct view kind;		/* "archive", "book": what the template editions asks for */
	struct language *language;	/* NULL: it is for all */
	struct view bytes;
};

/* The page with layout: editions, or NULL. */
const struct page *host_page(const struct world *w);
/*
 * Makes of a listed edition the tree for a host: without START.html and read-mes, with the files (list of struct host_file, which must outlive it) in
 * editions/. The page of host_page is written anew in each language: its template is given `editions`, the files for all and those for the language. The
 * survey has been run. False after reporting.
 */
bool host_list(struct edition *e, const struct list *files);
