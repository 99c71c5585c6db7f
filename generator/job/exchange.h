/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Translations out to files that volunteers' own programs read (PO, tables), and back. A file that comes back is compared three ways: what the
 * catalog says now, what the file says, and what the catalog said when the file was made, of which the file carries a digest (its stamp). For commands.
 */
#pragma once
#include "job/load.h"
#include "job/merge.h"

/* All texts of one language, with what its catalogs have for them. */
struct exchange;

/*
 * Reads the catalogs of a language that is not the source language. What is wrong with them is reported. Everything lives in the arena, with
 * the world.
 */
struct exchange *exchange_open(struct arena *a, const struct world *w, struct language *l, struct diags *d);

/* Messages of a PO file as `msgfmt --statistics` counts them: fuzzy are the outdated, machine and draft ones. */
struct exchange_counts {
	size_t translated, fuzzy, untranslated;
	size_t unused;		/* "#~" */
};
struct exchange_counts exchange_counts(const struct exchange *x);
/* Appends all texts as a PO file, or as a table for spreadsheets (CSV in UTF-8 with a byte order mark). */
void exchange_po(const struct exchange *x, struct buf *out);
void exchange_csv(const struct exchange *x, struct buf *out);

enum exchange_kind { EXCHANGE_PO, EXCHANGE_CSV, EXCHANGE_YAML };

/* A file that came back. */
struct exchange_file {
	struct view name;		/* as the user typed it, for messages */
	enum exchange_kind kind;
	struct view language;		/* what it says, or empty; not checked */
	struct list messages;		/* private */
};

/*
 * Reads a file: PO, CSV (comma, semicolon or tab), or YAML as catalogs are (several ones below `catalogs:`). charset: of its bytes; empty for
 * what a PO file's header says, else UTF-8. False after messages: nothing can be taken from it.
 */
bool exchange_read(struct arena *a, struct exchange_file *f, struct view name, struct view bytes, struct view charset,
    struct diags *d);
/* The language of the site that a tag in a file means ("fr_FR.UTF-8" is 'fr' when there is no 'fr-FR'), or NULL. */
struct language *exchange_language(const struct site *s, struct arena *a, struct view tag);

/* What became of the messages of a file; each counts once, obsolete ones and those with nothing to say not at all. */
enum exchange_result { EXCHANGE_UNCHANGED, EXCHANGE_ADDED, EXCHANGE_CHANGED, EXCHANGE_REFUSED, EXCHANGE_CONFLICT, EXCHANGE_RESULTS };
struct exchange_receipt {
	size_t n[EXCHANGE_RESULTS];
	struct view conflicts;	/* a file of the same kind (PO for YAML) that holds only the conflicts; empty when there are none */
};
/*
 * Takes over what a file says, in memory. A message belongs to the text its stamp names, else to that of its context and source, else to those with
 * exactly its source in normal form; never to a similar one. Reported: conflicts, refusals (locks), texts the site does not have, changed sources.
 */
void exchange_import(struct exchange *x, const struct exchange_file *f, struct exchange_receipt *r, struct diags *d);
/* Writes the catalogs that changed. False when one could not be written (reported). */
bool exchange_write(struct exchange *x, struct diags *d);
