/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the survey chose, kept from the first pass to the second. Private to job/survey. */
#pragma once
#include <stdio.h>

#include "job/survey.h"

/* A part of the pages of a language: one after the other, then the index: where they are, with their titles and descriptions. */
struct survey_kept {
	uint64_t file;		/* which of survey->files it is in */
	uint64_t index_at, index_n;	/* where the index is, how long it is; index_n is 0 when nothing is there */
};

/* In the worker of a part. */
struct kept_writer {
	FILE *file;		/* NULL: nothing is written */
	const struct world *world;
	uint64_t at;
	struct buf record, index;
};

/* Files without a name, one for each of the workers, which are forked then. */
void kept_open(struct survey *s, struct arena *a, unsigned jobs);
/* The first page of a part. */
size_t kept_from(const struct survey *s, size_t part);
/* file may be NULL; what earlier parts wrote into it stays. */
void kept_begin(struct kept_writer *k, const struct world *w, FILE *file);
/* Writes the next page of the part in the order of world->pages; one that this language does not have is without choices. */
void kept_page(struct kept_writer *k, const struct locale_page *lp);
/* Writes the index; says where in *kept. Not there when anything went wrong. */
void kept_end(struct kept_writer *k, struct survey_kept *kept);
