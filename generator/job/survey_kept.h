/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the survey chose, kept from the first pass to the second. Private to job/survey. */
#pragma once
#include <stdio.h>

#include "job/survey.h"

/* A part of the pages of a language: one after the other, then where they are, with their titles and descriptions. */
struct survey_kept {
	FILE *file;		/* without a name; NULL when it could not be made */
	uint64_t index_at;	/* where the index begins; 0 when nothing is there */
};

/* In the worker of a part. */
struct kept_writer {
	FILE *file;		/* NULL: nothing is written */
	const struct world *world;
	uint64_t at;
	struct buf record, index;
};

/* A file for a part of a language, before workers are forked: each is written by one of them. */
void kept_open(struct survey_kept *kept, struct arena *a);
/* The first page of a part. */
size_t kept_from(const struct survey *s, size_t part);
/* file may be NULL. */
void kept_begin(struct kept_writer *k, const struct world *w, FILE *file);
/* Writes the next page of the part in the order of world->pages; one that this language does not have is without choices. */
void kept_page(struct kept_writer *k, const struct locale_page *lp);
/* Writes the index; returns where, or 0 when anything went wrong. */
uint64_t kept_end(struct kept_writer *k);
