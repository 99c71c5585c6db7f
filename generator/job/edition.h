/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is handed out without a network: the finished site with its list, ready for a stick or an archive. For jobs and commands. */
#pragma once
#include "job/load.h"
#include "job/manifest.h"

enum { EDITION_CLUSTER = 32 << 10 };	/* what a file takes at least on sticks as they are sold */

struct edition_file {
	struct view path;
	struct view from;	/* below the site's folder; empty: bytes has it */
	struct view bytes;
	uint64_t size;
	struct view hex;	/* SHA-256 */
};

struct edition {
	struct world *world;
	struct arena *arena;
	struct diags *diags;
	const char *kind;	/* "usb", for RELEASE */
	struct file_root tree;	/* <out>/site */
	bool *languages;	/* one a language: is in it */
	struct release release;
	struct list files;	/* of struct edition_file, by path; SHA256SUMS among them */
	uint64_t bytes, clusters;	/* the size of all, and in clusters */
};

/*
 * Opens <out>/site, which a build has finished. only (NULL: all): languages it must have. False after reporting: there is none, its build did not
 * end, or a language is not in it.
 */
bool edition_open(struct edition *e, struct world *w, struct view out, const bool *only, const char *kind, struct diags *d);
void edition_close(struct edition *e);
/*
 * Lists the site's files with START.html, a read-me in each language, RELEASE and SHA256SUMS. Its date is SOURCE_DATE_EPOCH or the newest as-of of
 * the pages; it is good for a year. False after reporting.
 */
bool edition_list(struct edition *e);
/*
 * Leaves of a listed edition what an older one does not have, below "update/", with REMOVED (what is to be deleted) and a list of its own: the
 * folder update/ copied over the older edition makes the new one.
 */
bool edition_since(struct edition *e, const struct manifest *older);
/* For jobs that put something else into a listed edition: adds a file (path, from, bytes borrowed); adds RELEASE and SHA256SUMS, sorts and counts, false
 * after reporting. Those two must not be there when it is sealed again. */
struct edition_file *edition_add(struct edition *e, struct view path, struct view from, struct view bytes);
bool edition_seal(struct edition *e);
/* The bytes of a file, in the arena or borrowed. False after reporting. */
bool edition_bytes(const struct edition *e, const struct edition_file *f, struct arena *a, struct view *bytes);
/* The file of a path, or NULL. */
const struct edition_file *edition_find(const struct edition *e, struct view path);
/* Whether the theme has a template that an edition needs; reported if not. */
bool edition_template(const struct edition *e, struct view name);
/* What a size takes in clusters of so many bytes. */
uint64_t edition_round(uint64_t size, uint64_t cluster);
/* A name for a file: the site's title as a slug, with the languages unless it has all of them; in the arena. */
struct view edition_name(const struct edition *e);
