/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog that is being changed, from the inside: lines, entries, fields. For model/patch only. */
#pragma once
#include "base/list.h"
#include "model/patch.h"

/* One key of an entry. Lines count from 0; `to` is the line behind the last. */
struct patch_key {
	int field;		/* enum patch_field, or -1: a key that is kept as it is */
	const struct yaml *y;
	size_t lead;		/* comments above it begin here */
	size_t from, to;
};

struct patch_item {
	const struct catalog_entry *entry;	/* NULL when patch_add made it */
	size_t lead, from, to;		/* comments above it; its own lines */
	size_t dash;			/* column of its '-', from 0 */
	size_t col;			/* column of its keys */
	struct patch_key *keys;
	size_t nkeys;
	const struct yaml *braces;	/* the entry stands in braces and has no keys above; NULL otherwise */
	struct view values[PATCH_FIELDS];
	bool set[PATCH_FIELDS];		/* the field is to be written anew */
	const struct patch_form *forms;	/* target set as forms; nforms of them */
	size_t nforms;
	struct view hints, comments;	/* to be written: hints instead of the old ones, comments besides them */
	bool hints_set;
	bool dropped;
};

/* `segments:` or `unused:` */
struct patch_list {
	const char *key;
	const struct yaml *y;		/* NULL when the file has no such key */
	size_t from, to;		/* its lines, with the key's */
	size_t rest;			/* behind its last entry: what is no entry, up to `to` */
	size_t dash;			/* column of its items */
	struct list order;		/* of size_t: numbers of its entries */
};

enum { PATCH_LIVE, PATCH_UNUSED, PATCH_LISTS };

struct patch {
	struct arena *arena;
	const struct site *site;
	const struct catalog *catalog;	/* NULL for a new file */
	struct view file;
	struct view bytes;		/* as on disk; empty for a new file */
	bool bom;
	const char *eol;		/* what the tool ends its lines with here */
	struct list lines;		/* of struct view, each with its end */
	const struct yaml *root;
	struct patch_list lists[PATCH_LISTS];
	struct list items;		/* of struct patch_item */
	struct view page;		/* to be said by `page:`, or empty */
	bool touched;			/* something was asked for; the text may still be the same */
	struct view text;		/* the last rendering, while not stale */
	bool stale;
};

/* The name of a field as it stands in files. */
const char *patch_field_name(enum patch_field f);
/* Cuts bytes into lines with their ends (LF, CRLF or CR); list of struct view. */
struct list patch_lines(struct arena *a, struct view bytes);
/* Fills lists and items from the tree. False after reporting patch_shape: something does not stand on lines of its own. */
bool patch_take_apart(struct patch *p, struct diags *d);
/* The whole file. */
struct view patch_render(const struct patch *p);

static inline struct view
patch_line(const struct patch *p, size_t i)
{
	return i < p->lines.n ? *LIST_AT(&p->lines, struct view, i) : VIEW_NONE;
}

static inline struct patch_item *
patch_item_at(const struct patch *p, size_t i)
{
	return &((struct patch_item *)p->items.items)[i];
}

/* Whether a line is a tool line (`#.`), or a comment of either kind. */
bool patch_is_hint(struct view line);
bool patch_is_comment(struct view line);
/* Appends every comment that stands inside a value that is to be replaced, "# ..." one a line. */
void patch_inner_comments(const struct patch *p, const struct yaml *y, struct buf *b);
