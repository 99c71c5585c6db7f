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
/* Appends the size of the edition, in bytes and in clusters. */
void pack_size(struct buf *b, const struct edition *e);
/* Whether a size is within --max; reported if not. */
bool pack_fits(struct packing *p, uint64_t size);
/* -o, or the folder of that name in out/; made if need be. */
struct view pack_folder(struct packing *p, const char *name);
