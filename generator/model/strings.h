/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interface words: themes/<name>/strings.yaml. Translated in translations/<tag>/interface.yaml. For jobs and commands. */
#pragma once
#include "model/segment.h"
#include "model/site.h"

struct yaml;

struct string {
	struct view key;
	struct view note;		/* for translators */
	unsigned segment;
	struct view plural;		/* name of the number that chooses the form, or empty */
	const struct yaml *forms;	/* of a plural: the entry, whose keys one, other ... are the source's forms */
};

struct strings {
	struct view file;
	struct segment *segments;	/* [0] title of the site, [1] its description, then one a string, the plural's `other` form */
	size_t nsegments;
	struct string *list;
	size_t n;
	struct map by_key;		/* to struct string * */
};

enum { STRINGS_TITLE = 0, STRINGS_DESCRIPTION = 1, STRINGS_FIRST = 2 };

/* Reads the theme's strings; without the file only title and description are there. Reported: wrong types, a key twice, a plural
 * without `other`. */
void strings_load(struct strings *s, struct arena *a, const struct site *site, struct diags *d);
const struct string *strings_find(const struct strings *s, struct view key);
/* The string of a segment; NULL for the site's title and description. */
const struct string *strings_at(const struct strings *s, size_t segment);
