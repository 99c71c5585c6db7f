/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site in one language as a book: EPUB 3. For commands. */
#pragma once
#include "job/edition.h"

/*
 * Appends the book to out; *pages gets how many pages are in it. They are those of the theme's template book-page, which is XHTML; what cannot be in a
 * book (search, the desk, pages with scripts or forms) is left out, and links to it lead to the site when it has an address, else nowhere. Fonts of the
 * site go along for the languages that occur. e is an open edition with its release (edition_list). The survey has been run. False after reporting.
 */
bool epub_write(const struct edition *e, struct language *l, struct buf *out, size_t *pages);
