/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source page: front matter, segments, destinations, and the skeleton they are holes of. For models and jobs. */
#pragma once
#include <stdbool.h>

#include "format/html.h"
#include "model/prog.h"
#include "model/segment.h"
#include "model/site.h"
#include "model/template.h"

/* An address in a page, as written and as resolved (model/links). */
struct page_dest {
	struct view url;		/* as written in the source */
	struct place place;
	bool image;
	enum url_kind kind;
	const struct page *page;	/* a page of this site, or NULL */
	const struct asset *asset;	/* a file of this site, or NULL */
	struct view fragment;		/* without '#' */
	int title;			/* segment of its title, or -1 */
	int alt;			/* segment of the alternative of an image that is a paragraph, or -1 */
	bool dead;			/* reported; the link is left out */
};

struct page_heading {
	int level;			/* 2-6 */
	struct view id;
	unsigned segment;
	struct place place;
};

struct page_note {
	struct view name;		/* as in the source */
	struct view label;			/* [A-Za-z0-9-]+, unique in the page */
	const struct prog *body;
};

/* A front matter string named in translate:, for templates as page.<key>. */
struct page_front {
	struct view key;
	unsigned segment;
};

/* A condition on the rows of a data file: "part=III". */
struct page_where {
	struct view field, value;
	size_t column;			/* of the field, once the data file is known */
};

/* A line {{> name}} or {{> name field=value}}. */
struct page_part {
	struct view name;
	struct place place;
	const struct prog *prog;	/* the partial */
	struct list where;		/* of struct page_where */
	const struct data *data;	/* the data file of that name, or NULL; model/data */
	bool dead;			/* reported; nothing is shown */
};

struct page {
	struct view path;		/* "reporting/alternative-report.md", below content/ */
	struct view file;		/* "content/reporting/alternative-report.md", for messages */
	struct view key;		/* "reporting/alternative-report": without .md and language; names its catalogs */
	struct view out;		/* "reporting/alternative-report.html", below a language's folder */
	struct view dir;		/* "reporting", "" at the top */
	bool section;			/* index.md of a folder */
	struct language *only;		/* written for one language, or NULL */
	struct page **versions;		/* nversions pages with `only` set that stand in for this one in their language */
	size_t nversions;
	bool version;			/* is one of the versions of a general page */

	long order;
	struct view layout;
	struct view icon;		/* name of a pictogram of the theme, or empty */
	bool review, critical;
	struct view as_of;		/* ISO 8601, or empty */
	struct list sources;		/* of struct view: ids in data/sources.yaml */
	struct place sources_place;
	struct view calendar;		/* name of the data file whose dates are a calendar beside the page, or empty */
	struct place calendar_place;

	struct segment *segments;	/* [0] title, [1] description (may be empty text), then the body in order */
	size_t nsegments;
	struct page_dest *dests;
	size_t ndests;
	struct page_heading *headings;
	size_t nheadings;
	struct page_note *notes;
	size_t nnotes;
	struct page_part *parts;
	size_t nparts;
	struct page_front *front;
	size_t nfront;
	struct map ids;			/* every id on the page (value: any non-NULL) */
	const struct prog *body;

	struct page *parent;		/* index of its section, or of the section above; NULL for home */
	struct page **children;		/* of a section, in order */
	size_t nchildren;
	struct page *previous, *next;	/* in reading order */
	size_t index;			/* in the list of pages */
	uint64_t digest;		/* of the source text */
	size_t bytes;			/* of the source text */
	size_t weight;			/* 16 times the sources of its segments, and what never changes of its body: for the room that job/assemble gives it */
	bool comparable;		/* its sources can be looked for by their bytes in a catalog: private to model/catalog */
	bool light;			/* only what others see of it is here, as the last build knew it; load_fill brings the rest */
};

/* The content of a page may grow to so many times its text, and a little. */
enum { PAGE_GROWTH = 16, PAGE_ROOM = 64 << 10 };

enum { PAGE_TITLE = 0, PAGE_DESCRIPTION = 1, PAGE_BODY = 2 };

/*
 * Reads a page. text is what charset_text gave; path is below content/. templates are for lines like {{> name}}. NULL after a message
 * when the file cannot be used at all; a broken front matter or a missing title is reported and the page still made.
 */
struct page *page_read(struct arena *a, const struct site *site, struct template_set *templates, struct view path,
    struct view text, struct diags *d);
/* Reads the Markdown of a page into its segments, destinations, headings, notes and body; first_line is that of text. The list of segments
 * is in scratch. */
void page_body(struct page *p, struct arena *a, struct arena *scratch, struct template_set *templates, struct list *segments,
    struct view text, unsigned first_line, struct diags *d);
/* Shape of a segment, for reading it. urls go to the arena. */
struct segment_shape page_shape(const struct page *p, const struct segment *s, struct arena *a);
/* Reads "part=III group=of two words": list of struct page_where in the arena. False when text is not of this form. */
bool page_wheres(struct arena *a, struct view text, struct list *where);
/* An id or slug: lower-case ASCII letters, digits and '-' of the text; fallback when nothing is left. */
struct view page_slug(struct arena *a, struct view text, const char *fallback);
