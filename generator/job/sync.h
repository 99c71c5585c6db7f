/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogs are brought in line with the pages: what changed, what is new, what is gone. For commands. */
#pragma once
#include "job/load.h"

/* What happens to a text, or to a catalog, of one language. */
enum sync_kind {
	SYNC_OUTDATED,		/* the source changed: its translation stays, as outdated */
	SYNC_MINOR,		/* the same with `minor`: the translation stays current */
	SYNC_RESTORED,		/* the source is again what the translation was made for */
	SYNC_REWORDED,		/* the source changed; there was no translation yet */
	SYNC_NEW,		/* new: to be translated */
	SYNC_OFFERED,		/* new, and the same text stands elsewhere in this language: its translation is offered as a draft */
	SYNC_BACK,		/* it stood below `unused:` and is used again */
	SYNC_UNUSED,		/* gone from its page: what was written goes below `unused:` */
	SYNC_DROPPED,		/* gone from its page, and nothing had been written */
	SYNC_RENAMED,		/* a catalog went along with its page */
	SYNC_CREATED,		/* a catalog was begun */
	SYNC_KINDS
};

struct sync_event {
	enum sync_kind kind;
	const struct language *language;
	struct place place;	/* of the text in its page; of what is gone, the page without a line; of a catalog, its file */
	struct view old, text;	/* the source before and now; of a renamed catalog, its paths; one may be empty */
	enum state state;	/* what its translator said */
	bool critical;		/* an outdated translation of it is not shown */
	bool begun;		/* the catalog it is in is new */
	size_t words;		/* of the source */
};

struct sync_language {
	size_t count[SYNC_KINDS], words[SYNC_KINDS];
	size_t files;		/* catalogs that were (or would be) written */
	bool looked;		/* false: left out, or the source language, or without a folder */
};

struct sync {
	struct world *w;
	const bool *only;	/* languages by index, or NULL for all */
	bool minor;		/* every change is a minor one: no translation becomes outdated */
	bool dry;		/* nothing is written */
	unsigned jobs;
	/* results */
	struct list events;	/* of struct sync_event, by language, then in reading order */
	struct sync_language *languages;	/* by index */
};

/*
 * Matches every catalog of every language with what it translates (job/merge) and makes it say so (design.md section 4): source and `was`,
 * new and unused entries, page order, tool lines. Each file is written by rename and only if it differs; a second run changes nothing. A page
 * that was renamed takes its catalogs along. What cannot be read is reported and left as it is. False when the system failed.
 */
bool sync_run(struct sync *s);
