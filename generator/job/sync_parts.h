/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bringing the catalogs of one language in line: the parts of it. For job/sync only. */
#pragma once
#include "job/merge.h"
#include "job/sync.h"

/* What one catalog translates. */
struct sync_unit {
	struct view key;		/* "reporting/sessions" */
	const struct page *page;	/* NULL but for pages */
	const struct segment *segments;
	size_t n;
	struct view file;		/* where the texts stand: "content/reporting/sessions.md" */
	struct view from;		/* key of the catalog as it is now; another than `key` when the page was renamed */
	bool there;			/* there is a catalog */
	bool touch;			/* it has to be changed */
};

/* A translation of the same text elsewhere. */
struct sync_offer {
	struct view target;
	enum state state;
	int rank;			/* 0: none yet */
};

/* One language at work. */
struct sync_pass {
	struct sync *sync;
	const struct language *language;
	struct arena *arena;		/* lives until the language is done */
	struct diags *diags;
	struct list units;		/* of struct sync_unit, in reading order */
	struct map wanted;		/* sources (sync_key) of new texts to struct sync_offer */
	struct sync_language counted;
	struct buf events;		/* packed */
};

/* A catalog beside what it translates. */
struct sync_slot {
	const struct catalog_entry *entry;	/* NULL: to be made */
	size_t segment;
};
struct sync_view {
	const struct sync_unit *unit;
	struct catalog *catalog;	/* NULL: not there yet */
	struct match *matches;
	struct sync_slot *slots;	/* what `segments:` is to hold, in this order */
	size_t nslots;
};

/* Identity of a text: its source, and its context if it has one. */
struct view sync_key(struct arena *a, struct view source, struct view context);
/* Reads and matches a catalog and lays out its slots. False when it is there and cannot be used (reported to d). */
bool sync_look(struct sync_pass *p, const struct sync_unit *u, struct arena *a, struct diags *d, struct sync_view *v);
/* Whether the catalog differs from its slots, or its tool lines from what they should be. */
bool sync_differs(struct sync_pass *p, const struct sync_view *v, struct arena *a);
/* Changes the catalog, and writes it unless the run is dry. */
void sync_apply(struct sync_pass *p, const struct sync_view *v, struct arena *a);

/* With `minor`: in each gap, pairs texts that are too short for job/merge and differ by few letters. */
void sync_match_minor(const struct sync_unit *u, const struct catalog *c, struct match *matches, bool *used);
/* Finds the catalogs whose page is gone and that belong to a new page: sets `from` and `there` of its unit. */
void sync_renames(struct sync_pass *p);
/* Looks through all catalogs of the language for texts in p->wanted. */
void sync_offers(struct sync_pass *p);

/* Removes the unfinished files of processes that were killed, below a folder of the language. */
void sync_tidy(struct sync_pass *p, struct view folder);

/* Counts and packs an event. */
void sync_say(struct sync_pass *p, const struct sync_event *e);
/* Takes one event off the bytes, its texts copied to the arena; false at their end. */
bool sync_unpack(struct view *bytes, struct arena *a, struct sync_event *e);
