/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edition while the command makes it. For command/pack.c and its halves only. */
#pragma once
#include "command/named.h"
#include "command/report.h"
#include "job/stick.h"

struct packing {
	const struct options *options;
	struct world *world;
	struct diags diags;	/* what is said of packing; what a build says of the site is not said again */
	struct view out;	/* folder of all products */
	struct view site;	/* the folder whose site/ is packed: out, or a build of the languages of -l */
	bool *only;		/* -l, or NULL */
	struct edition edition;
	struct view made;	/* the copy that verify can look at, when it is made */
	bool terminal, shown;	/* the progress line */
	double start;
};

struct pack_kind {
	const char *name;
	bool (*make)(struct packing *p, struct buf *said);	/* appends the summary; false after reporting */
};

bool pack_usb(struct packing *p, struct buf *said);
bool pack_zip(struct packing *p, struct buf *said);
bool pack_epub(struct packing *p, struct buf *said);
bool pack_host(struct packing *p, struct buf *said);
bool pack_paper(struct packing *p, struct buf *said);
bool pack_single(struct packing *p, struct buf *said);
bool pack_zim(struct packing *p, struct buf *said);
bool pack_pdf(struct packing *p, struct buf *said);
/* Appends the size of the edition, in bytes and in clusters. */
void pack_size(const struct packing *p, const struct edition *e, struct buf *b);
/* "12.3", of bytes, in the arena. */
struct view pack_megabytes(const struct packing *p, uint64_t bytes);
/* Appends ", 12.3 MB". */
void pack_total(const struct packing *p, uint64_t bytes, struct buf *b);
/* Says that a file of so many bytes is made; not with -q. */
void pack_say(const struct packing *p, struct view path, size_t bytes);
/* Whether a size is within --max; reported if not. */
bool pack_fits(struct packing *p, uint64_t size);
/* -o, or the folder of that name in out/; made if need be. */
struct view pack_folder(struct packing *p, const char *name);
/* Writes a file into that folder: by a temporary name, flushed, read back. False after reporting. */
bool pack_file(struct packing *p, struct view folder, struct view name, struct view bytes);
/* Writes the listed edition as a tree into -o or the folder of that name, and appends the summary. False after reporting. */
bool pack_tree(struct packing *p, const char *name, struct buf *said);
/* Appends the listed edition as an archive. False after reporting. */
bool pack_archive(struct packing *p, const struct edition *e, struct buf *b);
/* The name of the book in a language. */
struct view pack_book(const struct packing *p, const struct language *l);
/* Runs the survey unless that has been done. False after reporting, in the world's messages. */
bool pack_survey(struct packing *p);
