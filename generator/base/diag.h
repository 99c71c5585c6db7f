/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages for users: one table, gathered with places, printed at the end by the commands. Can be used by all code. */
#pragma once
#include <stdbool.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/place.h"

/* A note is worth knowing and nothing is wrong: it is not counted, and no exit code comes of it. */
enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_SYSTEM };

enum diag_id {
#define DIAG(id, level, text, advice) DIAG_##id,
#include "base/diag.def"
#undef DIAG
	DIAG_COUNT
};

enum { DIAG_ARGS = 4 };

struct diag {
	enum diag_id id;
	struct place place;
	struct view args[DIAG_ARGS];
	struct view note;	/* a further line, often "did you mean ...", or empty */
};

/* Gathers messages; owns copies of all texts. Handed down to whoever may find a problem. */
struct diags {
	struct arena arena;
	struct list list;	/* of struct diag, in order of arrival until diags_sort */
};

void diags_init(struct diags *d);
void diags_release(struct diags *d);

/* Reports row id at a place with up to four arguments: diag(d, link_missing, place, VIEW("x.md")). */
#define diag(d, id, place, ...) \
	diag_add((d), DIAG_##id, (place), (const struct view[DIAG_ARGS]){ __VA_ARGS__ })
void diag_add(struct diags *d, enum diag_id id, struct place place, const struct view args[DIAG_ARGS]);
/* Adds a further line to the message reported last. */
void diag_note(struct diags *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends the identifier as users see it ("link-missing"). */
void diag_name(struct buf *b, enum diag_id id);
enum diag_level diag_level(enum diag_id id);
/* "note", "warning", "error", "error" (system). */
const char *diag_level_name(enum diag_level level);
/* The English text or advice of a row with its {1} to {4}, static: what a translation is found by. */
const char *diag_row(enum diag_id id, bool advice);
/* Appends text and advice with the arguments filled in; foreign characters made visible. */
void diag_text(struct buf *b, const struct diag *d);
void diag_advice(struct buf *b, const struct diag *d);

/* Orders by file, line, column, severity, identifier, arguments, and drops exact repeats. */
void diags_sort(struct diags *d);
size_t diags_count(const struct diags *d, enum diag_level level);
/* To and from bytes, for the pipe between processes. Unpacking adds to d; false when the bytes are damaged. */
void diags_pack(const struct diags *d, struct buf *b);
bool diags_unpack(struct diags *d, struct view bytes);
