/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fingerprints on paper: a sheet to print, by which people tell whether a copy is genuine. For commands. */
#pragma once
#include "job/edition.h"

/* Something that has a fingerprint. */
struct paper_print {
	struct view kind;		/* "stick", "list" (of an archive), "file" */
	struct view name;		/* of the file; the file that the command reads */
	struct view hex;		/* SHA-256 */
	struct language *language;	/* NULL: it is on the sheets of all */
};

/*
 * Appends the sheet in a language: the theme's template paper with `prints` (list of struct paper_print) and the site's public key. e is listed. False
 * after reporting: the theme has no such template.
 */
bool paper_write(const struct edition *e, struct language *l, const struct list *prints, struct buf *out);
