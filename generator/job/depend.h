/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the last build read and made, <out>/.depend: so that this one makes only what changed (docs/design.md, Only what changed). Losing the file
 * only costs time. For jobs and commands.
 */
#pragma once
#include "job/fonts.h"

struct depend;

/* What a build that finds nothing changed says without loading the project. */
struct depend_totals {
	size_t pages, languages, products;
};

/*
 * Before the project is loaded. options: all that the command line says of what is made. With forget nothing of the last build is used.
 * Never NULL; everything lives in the arena but what depend_close gives back.
 */
struct depend *depend_open(struct arena *a, struct view root, struct view out, struct view options, bool forget);
void depend_close(struct depend *x);
/*
 * Whether no input and no product has changed since the last build, which ended well; then the messages of that build are added to d. False as
 * well when another build is at work in the folder.
 */
bool depend_still(struct depend *x, struct depend_totals *t, struct diags *d);

/*
 * How the project may be loaded without reading the pages that have not changed, or NULL. Afterwards depend_light_holds says whether that was right: when
 * others have changed in a way that those may show, it is not, and all must be read.
 */
const struct load_past *depend_light(struct depend *x);
bool depend_light_holds(struct depend *x, const struct world *w);
/* When the project is loaded: sets w->past to what the survey need not look at. x may be NULL here and below: then everything is made, and nothing
 * remembered. */
void depend_recall(struct depend *x, struct world *w);
/*
 * When all products are planned and the output is open: finds those that need not be made, and joins the files of search indexes that stay to the
 * plan.
 */
void depend_plan(struct depend *x, struct world *w, struct plan *plan, struct fonts *fonts, const struct output *out);
/*
 * After the survey, in place of plan_make: plans what the last build planned, without listing it, when nothing else can come of what has changed. False:
 * the products must be listed. With plan->logged, depend_alone says when the output is open whether no other build has ended meanwhile.
 */
bool depend_plan_again(struct depend *x, struct world *w, struct plan *plan, const bool *only);
bool depend_alone(struct depend *x, const struct output *out);
/* Whether anything of a page may have to be made; by its index. */
bool depend_touches(const struct depend *x, size_t page);
/* Whether a product is as it would be made. */
bool depend_fresh(const struct depend *x, struct view path);
/* Whether all products of a language are, but for its search index. */
bool depend_fresh_language(const struct depend *x, const struct language *l);
/* Whether the whole search index of a language is. */
bool depend_fresh_search(const struct depend *x, const struct language *l);
/* Whether all pages are, so that fonts need not look at them; with fonts, whether theirs are, too. */
bool depend_fresh_pages(const struct depend *x);
bool depend_fresh_fonts(const struct depend *x);

/*
 * In the parent, which has nothing to do while workers make products: of what depend_write will write all that is known by now. To be called before
 * anything that takes what was made.
 */
void depend_ahead(struct depend *x);
/* In a worker: appends that a product was made and what was read for it (locale->reads), for depend_take. s: its stamp; NULL or sign 0 when that is not known. */
void depend_made(const struct depend *x, const struct output *out, struct view path, enum file_written how, const struct file_stamp *s, uint64_t reads,
    struct buf *made);
/* In the parent: takes what depend_made appended. */
void depend_take(struct depend *x, struct view made);
/* In the parent: products of fonts, and of the search index of a language (paths, one a line), were written. */
void depend_made_fonts(struct depend *x);
void depend_made_search(struct depend *x, const struct language *l, struct view paths);

/* When the output is closed: what its log says. */
void depend_logged(struct depend *x, const struct state_log *log);
/* How many products stay, and are there. */
size_t depend_kept(const struct depend *x);
/* Writes <out>/.depend, last of all; d: all messages of the build. whole: every product that is planned has been made. */
void depend_write(struct depend *x, const struct depend_totals *t, const struct diags *d, bool whole);
/* Appends a line for each product that was made: "en/about.html: content/about.md changed". `in` says an English text in another language; NULL: none does. */
void depend_explain(struct depend *x, struct buf *out, struct view (*in)(const void *self, const char *english), const void *self);
