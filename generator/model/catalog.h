/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog: the translations of one page, data file or theme into one language. For models, jobs and commands. */
#pragma once
#include <stdbool.h>

#include "model/facts.h"
#include "model/segment.h"
#include "model/site.h"

struct page;
struct yaml;

/* All texts are in normal form (segment_normal); empty when the key is absent or empty. */
struct catalog_entry {
	struct view source;
	struct view context;
	struct view target;
	struct view was;		/* older source the target belongs to: the target is outdated */
	enum state state;		/* STATE_TRANSLATED when absent */
	struct view by, reviewed_by, on, note;
	const struct yaml *plural;	/* target given as a map of CLDR categories, or NULL */
	struct place place;		/* of the source text */
	struct place target_place;
	bool unused;			/* stood under unused: */
	struct facts_look look;		/* at the target */
};

/* segment_is_plain of the target. */
static inline bool
catalog_plain(const struct catalog_entry *e)
{
	return e->look.even ? e->look.plain : segment_is_plain(e->target);
}

struct catalog {
	struct view file;		/* "translations/fr/reporting/alternative-report.yaml" */
	struct view text;		/* as read, UTF-8; for counting columns */
	const struct yaml *root;	/* the file as a tree; for model/patch */
	struct catalog_entry *entries;	/* in order */
	size_t n;
	size_t nlive;			/* entries before those of unused: */
	const struct catalog_entry **of_segment;	/* see catalog_read_beside; else NULL */
};

/*
 * Reads translations/<tag>/<key>.yaml. NULL when the file is not there (no message) or cannot be used (reported). Reported, and the
 * rest still used: an unknown state, a wrong type, page: or language: that does not agree with the place of the file, a segment without source, unknown keys,
 * the same source (and context) twice with different targets. page_path is what `page:` must say ("reporting/alternative-report.md"), with or
 * without ".md"; empty when there is no page (interface.yaml, data).
 */
struct catalog *catalog_read(struct arena *a, const struct site *site, const struct language *l, struct view key,
    struct view page_path, struct diags *d);
/*
 * The same for a page, and for its segments alone. Where the file has the page's texts in the page's order and nothing that would be reported (most
 * have), of_segment says which entry each segment of the page has, or NULL: their matches are exact. Then root is NULL, and no entry knows its place.
 */
struct catalog *catalog_read_beside(struct arena *a, const struct site *site, const struct language *l, const struct page *p, struct diags *d);
/* Every catalog file below translations/<tag>/ as a key ("reporting/alternative-report"), sorted; list of struct view. */
struct list catalog_list(struct arena *a, const struct site *site, const struct language *l, struct diags *d);
