/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A book while it is made. For job/epub.c and job/epub_frame.c only. */
#pragma once
#include "format/zip.h"
#include "job/epub.h"
#include "job/locale.h"

/* A file of the book that package.opf names. */
struct book_item {
	struct view path;	/* below EPUB/ */
	const char *type;
	bool page, svg;		/* to be read in its turn; has drawings in it */
};

struct book_page {
	const struct page *page;
	struct view path;	/* as on the site: "fr/a.html" */
	struct view html;	/* with the site's addresses */
};

struct book {
	const struct edition *edition;
	struct locale *locale;
	struct arena *arena;
	struct list entries;	/* of struct zip_entry */
	struct list items;	/* of struct book_item */
	struct list list;	/* of struct book_page, in reading order */
	struct map pages;	/* path on the site to const struct page * */
	struct map taken;	/* paths of the site's files that are in the book */
	struct map tags;	/* languages that the pages name */
	struct view page;	/* whose addresses are being changed */
	struct view cover;	/* path of the picture on the cover; may be empty */
};

struct view book_path(struct book *b, struct view path);
void book_add(struct book *b, struct view name, struct view bytes);
/* Takes a picture or a style of the site into the book, once; false when it cannot be in one. */
bool book_take(struct book *b, struct view path);
/* Takes a picture for the cover, if there is one: the site's own, the theme's, or its icon. */
void book_cover_picture(struct book *b);
/* Takes the fonts of the languages in the book, with a sheet and their licences, if there are any. */
void book_fonts(struct book *b);
/* Appends the cover, the contents list, the description of the book. */
bool book_cover(struct book *b, struct buf *out);
void book_nav(struct book *b, struct buf *out);
void book_package(struct book *b, struct buf *out);
