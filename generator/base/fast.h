/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Switches for the ways that are only quicker. With any of them off a build makes the same bytes: tests hold it to that. Can be used by
 * all code. */
#pragma once
#include <stdbool.h>

enum fast {
	FAST_LINES,	/* format/yaml: the canonical form of a catalog is read by lines */
	FAST_INLINES,	/* format/markdown: simple inlines are read without the library */
	FAST_COPY,	/* model/segment: a text without any byte special to Markdown is not read at all */
	FAST_LOCKS,	/* model/segment: texts that hold the same things in the same order are not compared one by one */
	FAST_BYTES,	/* format/charset, format/lang: a text known to be clean or in normal form by its bytes is not looked at again */
	FAST_LOAD,	/* job/load: pages are read by workers */
	FAST_BESIDE,	/* model/catalog: a catalog that has its page's texts in the page's order is read side by side with it */
	FAST_FRAME,	/* job/assemble: what is the same on all pages of a language is run once, templates and all */
	FAST_COUNT
};

/* Whether a way may be taken; all may, unless fast_without has said otherwise. */
bool fast(enum fast which);
/* Turns off the ways that are named, with blanks between them ("lines copy"; "all"); NULL for none. Unknown names are passed over.
 * main calls it with the environment's WAYPOST_WITHOUT, before anything else runs. */
void fast_without(const char *names);
