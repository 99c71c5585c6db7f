/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the halves of job/exchange share. Private to it. */
#pragma once
#include "job/exchange.h"
#include "model/patch.h"

enum { EXCHANGE_NO_ENTRY = -1 };

/* What has a catalog of its own: a page, a data file, the interface. */
struct exchange_unit {
	const struct page *page;	/* NULL but for pages */
	const struct segment *segments;
	size_t n;
	struct view key;	/* of its catalog: "reporting/sessions" */
	struct view path;	/* what page: says, or empty */
	struct view name;	/* in msgctxt: "reporting/sessions.md", "data/glossary.yaml", "interface.yaml" */
	struct view file;	/* where the source stands: "content/reporting/sessions.md" */
	struct catalog *catalog;	/* NULL: not there, or broken */
	const struct match *matches;
	bool *used;
	struct patch *patch;	/* NULL until something changes */
	bool closed;		/* it cannot be changed (reported) */
	bool grown;		/* something was added */
	long *entries;		/* number of each segment's live entry for the order, or EXCHANGE_NO_ENTRY */
};

/* One message: a text, or one form of a plural. Its target and the like follow what was imported. */
struct exchange_item {
	struct exchange_unit *unit;
	const struct segment *segment;	/* NULL: nothing on the site asks for it */
	const struct string *string;	/* of the interface, or NULL */
	struct view context;	/* as files have it: "reporting/sessions.md#menu", "interface.yaml#few" */
	struct view form;	/* CLDR category, or empty */
	struct view source;
	struct view was;	/* the older source of the target, or empty */
	struct view target, note;
	enum state state;
	bool outdated;
	bool silent;		/* it has no words and no target: not exported */
	long entry;		/* in the catalog, or EXCHANGE_NO_ENTRY */
	long segment_at;
	struct exchange_item *plural;	/* the first form of the same text; itself there; NULL without forms */
	struct exchange_item *next_form;
	struct exchange_item *twin;	/* the next one with the same source */
	bool touched;		/* a file set its target; then: */
	struct view by_file;
	unsigned by_line;
	struct view by;		/* who translated it, as the file says, or empty */
};

struct exchange {
	struct arena *arena;
	const struct world *world;
	struct language *language;
	struct list units;	/* of struct exchange_unit * */
	struct list items;	/* of struct exchange_item *, in the order of export */
	struct map by_key;	/* context, \4, source: to an item */
	struct map by_ident;	/* stamp's first part as text */
	struct map by_older;	/* context, \4, older source */
	struct map by_source;	/* to the first of its twins */
	struct map by_open;	/* exchange_open_form of the source, to the first of its twins; made when first needed */
	bool opened;
};

/* The key of by_key. In the arena. */
struct view exchange_key(struct arena *a, struct view context, struct view source);

/*
 * A stamp is what a file says of a message when it was made: "<16 hex: context and source>-<16 hex: target>-<state>-<8 hex: note>". The state is one
 * letter of "mdtr" or '-' (missing), 'o' behind it when outdated, 'c' when it stands in a file of conflicts and nobody has decided yet.
 */
struct exchange_stamp {
	struct view ident;
	uint64_t target;
	uint32_t note;
	enum state state;
	bool missing, outdated, conflict;
};
struct view exchange_ident(struct arena *a, struct view context, struct view source);
uint64_t exchange_target_digest(struct view target);
uint32_t exchange_note_digest(struct view note);
struct view exchange_stamp(struct arena *a, const struct exchange_item *it, bool conflict);
/* False when text is no stamp. */
bool exchange_stamp_read(struct view text, struct exchange_stamp *s);

/* One message of a file that came back; texts in normal form. */
struct exchange_message {
	struct view context, source, target, was, note;
	struct view form;	/* YAML: the form of a plural */
	struct view state;	/* word for it, or empty */
	struct view by;		/* YAML: who translated it, or empty */
	struct view base;	/* YAML: the target the writer had before him, or empty */
	bool has_base;
	struct exchange_stamp stamp;
	bool stamped;
	bool fuzzy;		/* PO */
	bool formula;		/* CSV: the target began like one */
	unsigned line;
};

/* What is said to the translator's program about an item (`#.`): lines joined by '\n', the stamp last. */
struct view exchange_hints(struct arena *a, const struct exchange *x, const struct exchange_item *it, bool conflict);
/* The word for its state in tables: "missing", "outdated", "machine" ... */
const char *exchange_state_word(const struct exchange_item *it);

/* A text of a file against an item whose catalog says something else. */
struct exchange_clash {
	const struct exchange_item *item;
	struct view target;	/* the file's */
};
/* A file with these messages only: list of struct exchange_clash. */
struct view exchange_conflicts(const struct exchange *x, enum exchange_kind kind, const struct list *clashes);

/* The items a message belongs to, as a list of struct exchange_item *; *older: it translates what was their source before. *fixed: the source
 * was changed in the file; *mixed: to that of another text. *bare: the message's texts lost the marks of a heading before they fitted. *picture: they are
 * the whole picture, "![words](address)", and the item its words. */
struct exchange_found {
	struct list items;
	bool older, fixed, mixed, bare, picture;
};
void exchange_find(struct exchange *x, const struct exchange_message *m, struct exchange_found *f);
/* The text as a tree with addresses in place of numbers, for comparing texts of other programs. In the arena. */
struct view exchange_open_form(struct arena *a, struct view text, const struct page *page, const struct segment *s);
/* The words of a text that is one picture, as other programs have it: "![words](address)". False when it is something else, or another picture
 * than that of the item. */
bool exchange_picture(struct arena *a, struct view text, const struct exchange_item *it, struct view *words);
/* Without the "# " of a heading and its "{#id}". */
struct view exchange_without_mark(struct view text);

/* Changing the catalog. False when it cannot be changed (reported). *item is brought up to date. */
struct exchange_change {
	struct view target;
	enum state state;
	bool outdated;		/* the target still belongs to item->was */
	struct view note;	/* or empty: as it is */
	bool clash;		/* the note is added as a comment */
};
bool exchange_apply(struct exchange *x, struct exchange_item *it, const struct exchange_change *c, struct diags *d);
