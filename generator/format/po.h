/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PO files (GNU gettext) in and out. For jobs; libgettextpo stays in po.c. */
#pragma once
#include <stdbool.h>

#include "base/diag.h"
#include "base/list.h"

/* A message. All texts are UTF-8 without NUL; comments are lines joined by '\n', without '#' and the blank behind it. */
struct po_message {
	struct view context;	/* msgctxt; empty when there is none */
	struct view id;		/* msgid */
	struct view str;	/* msgstr; empty: not translated */
	struct view was;	/* "#| msgid", or empty */
	struct view comments;	/* "#", the translator's */
	struct view hints;	/* "#.", the tool's */
	struct view file;	/* "#:", the first one, without a line; or empty */
	unsigned line;		/* of its msgid in the file; 0 when not known */
	bool fuzzy;
	bool obsolete;		/* "#~" */
	bool plural;		/* has msgid_plural (when read): str is the first form, and no other is kept */
};

enum { PO_MAX_BYTES = 64 << 20 };

/* The charset that the header of a PO file names, or VIEW_NONE (also for the placeholder CHARSET). */
struct view po_charset(struct view bytes);
/* The text with charset=UTF-8 in its header, in the arena; as it is when it says so already or has no header. */
struct view po_recharset(struct arena *a, struct view text);
/* The value of a header field ("Language"), trimmed, or VIEW_NONE. */
struct view po_field(struct view header, const char *name);

/*
 * Reads a PO file. text has passed text_check (format/charset.h); what its header says of the charset is not looked at. messages: list of
 * struct po_message in the order of the file, without the header, whose msgstr goes to *header. Plural expressions are not evaluated. The
 * library runs in a process of its own with limits of time and memory. False after a message with line and column: syntax, the same context and msgid
 * twice, "\0", no end of it.
 */
bool po_read(struct arena *a, struct view text, struct view file, struct list *messages, struct view *header,
    struct diags *d);
/*
 * Appends a PO file: the header entry (its lines "Field: value", each with '\n'; comments above it; the charset is
 * always UTF-8) and the messages (list of struct po_message, each context and msgid once). The same input gives the same bytes.
 */
void po_write(struct buf *out, struct view comments, struct view header, const struct list *messages);
