/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that needs no other file: styles, scripts, pictures and fonts of the site inside it. For jobs and commands. */
#pragma once
#include "job/edition.h"

enum inline_without { INLINE_NO_FONTS = 1, INLINE_NO_IMAGES = 2, INLINE_NO_SCRIPTS = 4 };

struct inlining {
	const struct edition *edition;	/* whose files are taken in */
	struct arena *arena;
	unsigned without;		/* bits of enum inline_without */
	/* What the address of a link on a page becomes, as it stands in the attribute; empty: the words stay, the link goes. */
	struct view (*link)(void *self, struct view page, struct view address);
	void *self;
	struct view script;		/* one more script, behind all others; may be empty */
	struct map ids;			/* "part#id" of what inline_learn saw */
	struct map tags;		/* languages of the text */
	struct list frame, parts;	/* private: of struct inline_file, style sheets and scripts in the order they were asked for */
};

/* The caller sets link, self, without and script afterwards. */
void inline_init(struct inlining *in, const struct edition *e, struct arena *a);
/* Notes the ids in the HTML of a part, before any part is put. part must live as long as in. */
void inline_learn(struct inlining *in, struct view part, struct view html);
/*
 * Appends the HTML of a page of the site as one part of a document of many: its ids become "part#id", and what names them follows; headings are one
 * step lower; pictures are data:. Its style sheets and scripts are noted for the document. page is where it stands on the site: "fr/a.html".
 */
void inline_part(struct inlining *in, struct view page, struct view part, struct view html, struct buf *out);
/*
 * Appends a whole document, which may hold parts: its style sheets in <head>, its scripts before </body>, and a Content-Security-Policy that names
 * their digests and lets nothing else in. Other <link>s and scripts without an address are left out, and so is what the edition does not have.
 */
void inline_document(struct inlining *in, struct view page, struct view html, struct buf *out);
