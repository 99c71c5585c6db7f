/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which text on a page is which segment, for the translation overlay of the preview: an attribute data-waypost="N" in the tag around each
 * text, and what is known of text N as JSON. A locale without marks, as every build has, writes none. For jobs and commands.
 */
#pragma once
#include "job/locale.h"

/* The element around a text that has none of its own: no style sheet of a theme means it. */
#define MARKS_TAG "waypost-text"

/* Begins to mark: l->marks, in the locale's arena. Before a page is assembled; w->keep must not be set. */
void marks_open(struct locale *l);
/* Appends the attribute, with a blank before it, for a text of this locale; nothing for any other. m may be NULL: nothing. */
void marks_put(struct marks *m, const struct choice *c, struct buf *out);
/* The text in an element of its own with the attribute; empty when m is NULL or the text is not one of this locale. */
struct view marks_html(struct marks *m, const struct choice *c, struct arena *a);
/*
 * Appends what is known of the marked texts, in the order of their numbers: an object with the language and the list `texts`, each with key, source, state
 * (source, missing, outdated, withheld, machine, draft, translated, reviewed), file and line; where there are any, was, target, from (the language
 * shown), by, reviewed-by, on, note; at, the place in the source. No '<' is in it, so it may stand in a script element.
 */
void marks_json(struct locale *l, struct buf *out);
