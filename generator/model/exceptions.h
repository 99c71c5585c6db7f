/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences between a source and its translation that the editor lets pass: content/exceptions.yaml. For models, jobs and commands. */
#pragma once
#include <stdbool.h>

#include "model/segment.h"
#include "model/site.h"

/*
 * content/exceptions.yaml: below `exceptions:` one item for each translation, with language, page (of its catalog: "reporting/sessions.md",
 * "data/states.yaml", "interface.yaml"; any when absent), source, target, admit (one or more of: bidi, tags, addresses, links,
 * footnotes, code, numbers, placeholders) and reason. It is for
 * this very source and this very target: when one of them changes, the lock holds again.
 */
struct exceptions {
	struct map by_text;	/* language, source and target to a private list */
	struct list all;	/* of them, in the order of the file */
};

/*
 * Reads the file; an empty table when it is not there. Reported, and left out: an item of another shape or without one of its lines, an unknown
 * language, a word for nothing that can be admitted.
 */
void exceptions_load(struct exceptions *x, struct arena *a, const struct site *site, struct diags *d);
/*
 * Whether a fault (segment_locks) of a translation is admitted; key is that of its catalog, texts are in normal form. The exception has
 * then been used. x may be NULL.
 */
bool exceptions_admit(const struct exceptions *x, const struct language *l, struct view key, struct view source,
    struct view target, enum segment_fault fault);
/* Counts the exceptions of a translation as used: one that is held back for another reason is not compared. */
void exceptions_keep(const struct exceptions *x, const struct language *l, struct view key, struct view source,
    struct view target);
/* Reports what was admitted for a language and used by nothing, when all of its catalogs have been looked at. */
void exceptions_unused(const struct exceptions *x, const struct language *l, struct diags *d);
/* The lines that would admit faults (bits 1 << fault), for a message; the reason is left to the editor. In the arena. Control characters and texts
 * that are too long are never admitted. */
struct view exceptions_lines(struct arena *a, const struct language *l, struct view key, struct view source, struct view target,
    unsigned faults);
