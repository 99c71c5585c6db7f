/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing a catalog surgically: what is not touched keeps its bytes, nothing that a person wrote is lost. For jobs. */
#pragma once
#include "model/catalog.h"

/* Fields in the order in which the tool writes them. */
enum patch_field {
	PATCH_SOURCE, PATCH_CONTEXT, PATCH_WAS, PATCH_TARGET, PATCH_STATE, PATCH_BY, PATCH_REVIEWED_BY, PATCH_ON,
	PATCH_NOTE, PATCH_FIELDS
};

/* One form of a target that changes with a number. */
struct patch_form {
	struct view category;	/* CLDR: "one", "few", "other" ... */
	struct view text;
};

/*
 * A catalog that is being changed. Entries have numbers: those of catalog->entries come first, in their order (live ones, then those of
 * `unused:`), then what patch_add made. Nothing is written before patch_write.
 *
 *	struct catalog *c = catalog_read(a, site, l, key, page_path, d);
 *	struct patch *p = patch_open(a, site, l, key, page_path, c, d);
 *	patch_set(p, 3, PATCH_TARGET, text);
 *	patch_set(p, 3, PATCH_WAS, VIEW_NONE);
 *	patch_write(p, d);
 */
struct patch;

/* Whether the catalogs of a language are UTF-8: others are read, but not written. False after reporting patch_charset at its language.yaml. */
bool patch_allowed(struct arena *a, const struct language *l, struct diags *d);

/*
 * Opens a catalog for changes. c is what catalog_read gave for the same file; NULL for a file that is not there yet: it then begins as
 * `page:` (unless page_path is empty) and empty lists. NULL after a message: patch_allowed says no, or the entries do not stand on
 * lines of their own (patch_shape), or it changed since it was read (patch_changed), or it is there and c is NULL (catalog_read has said why).
 * Everything lives in the arena; site, l and c must live as long.
 */
struct patch *patch_open(struct arena *a, const struct site *site, const struct language *l, struct view key,
    struct view page_path, const struct catalog *c, struct diags *d);

/* How many entries there are. */
size_t patch_count(const struct patch *p);
/* What a field holds, with what was set so far; of a plural target, its form `other`. */
struct view patch_get(const struct patch *p, size_t entry, enum patch_field f);
/*
 * Sets a field. The texts (source, context, was, target, note) are one logical line, or are made one. A text equal to what is there
 * (in normal form) changes nothing. An empty text takes the field away, but for `source` (a bug) and `target` (left as "target: |").
 * A field that is not there yet is put behind those that come before it; comments inside the entry stay.
 */
void patch_set(struct patch *p, size_t entry, enum patch_field f, struct view text);
/* Sets the target to the forms of a plural, at least one. The same forms change nothing. */
void patch_set_forms(struct patch *p, size_t entry, const struct patch_form *forms, size_t n);
/* The state; STATE_TRANSLATED where no state stands changes nothing. */
void patch_set_state(struct patch *p, size_t entry, enum state state);
/* A new entry with an empty target at the end of `segments:`. Returns its number. */
size_t patch_add(struct patch *p, struct view source, struct view context);

/* The tool lines (`#.`) above an entry without "#. ", joined by '\n'; in the arena. Empty when there are none. */
struct view patch_hints(const struct patch *p, size_t entry);
/* Sets the tool lines above an entry, one a line of text. The same lines change nothing; empty takes them away. */
void patch_set_hints(struct patch *p, size_t entry, struct view lines);
/* People's comments of an entry: the lines above it without "# ", joined by '\n' (no tool lines); in the arena. */
struct view patch_comments(const struct patch *p, size_t entry);
/* Adds a person's comment above an entry, one a line of text; lines that stand there already are not added again. */
void patch_comment(struct patch *p, size_t entry, struct view lines);

/* Whether a person has put anything into an entry: a target, a state, a name, a note, a comment, an unknown key. */
bool patch_is_blank(const struct patch *p, size_t entry);
/* Takes out an entry that is blank; another one is a bug. Its number stays and must not be used again. */
void patch_drop(struct patch *p, size_t entry);
/*
 * Makes `segments:` hold exactly these n entries in this order. The other live ones go to the end of `unused:` in their
 * old order; those that are there already stay as they are.
 */
void patch_arrange(struct patch *p, const size_t *entries, size_t n);
/* The line `page:` says this path from now on, if there is one. */
void patch_set_page(struct patch *p, struct view page_path);

/* The whole file as it is to be: the same bytes when nothing was changed. In the arena. */
struct view patch_text(struct patch *p);
/* Whether patch_text differs from the file. */
bool patch_changed(struct patch *p);
/* Writes the file (by rename) unless nothing was changed. */
enum file_written patch_write(struct patch *p, struct diags *d);
/* The path of the file, "translations/fr/index.yaml". */
struct view patch_file(const struct patch *p);
/* Writes to this path ("translations/fr/guide/index.yaml") and then removes the old file: for a page that was renamed. */
enum file_written patch_move(struct patch *p, struct view path, struct diags *d);
