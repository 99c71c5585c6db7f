/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole project read once: settings, pages, data, theme. What workers inherit when they are forked. For jobs and commands. */
#pragma once
#include "base/work.h"
#include "model/asset.h"
#include "model/data.h"
#include "model/exceptions.h"
#include "model/links.h"
#include "model/page.h"
#include "model/strings.h"

struct world {
	struct arena *arena;
	struct diags *diags;
	struct site site;
	struct template_set templates;
	struct strings strings;
	struct list pages;		/* of struct page *, in reading order, general pages and pages of one language */
	struct map by_path;		/* path to struct page * */
	struct page *home;		/* content/index.md, or NULL */
	struct list data;		/* of struct data * */
	struct list assets;		/* of struct asset * */
	struct links links;
	struct exceptions exceptions;	/* site.exceptions */
	const struct load_past *light;	/* pages that need not be read; or NULL */
	const struct prog *chooser;	/* NULL when the theme has none */
	const struct prog **layouts;	/* one a page, by page->index */
	struct survey *survey;		/* what job/survey counted; NULL until then */
	struct view newest;		/* the latest as-of day of all pages, or empty */
	const struct page *desk;	/* the first general page with that layout, or NULL */
	const struct page *search;	/* the same */
	struct survey_past *past;	/* what the survey need not look at; or NULL */
	bool keep;			/* the survey keeps what it chose, for a build */
	bool *cards;			/* one a language: it has a picture for shared links (job/fonts); NULL: none has */
	struct work_late late;		/* workers that are done */
	bool fonts;			/* the site has fonts of its own: assets/fonts.css (job/fonts) */
};

/*
 * Reads all of the project but the catalogs, orders the pages, resolves their links. Everything wrong is reported and left out; false only
 * when there is no project.
 */
bool world_load(struct world *w, struct arena *a, struct view root, struct diags *d);
/*
 * The same, with pages read by that many workers where there are many of them, and without those that an earlier build knew and of which nothing has
 * changed: take returns one with `light` set, which has path, key, names, title, description and ids, and neither a body nor partial lines; or NULL, then
 * the page is read. past may be NULL.
 */
struct load_past {
	struct page *(*take)(void *self, struct view path, struct arena *a);
	void *self;
};
bool world_load_by(struct world *w, struct arena *a, struct view root, unsigned jobs, const struct load_past *past, struct diags *d);
/* Reads the rest of a light page; called by whoever needs more of one than others see. Nothing is reported: there was nothing to say. */
void load_fill(const struct world *w, const struct page *p);
void world_close(struct world *w);
/* As world_close, but workers that are going away are not waited for: they take as long as it takes to give back their memory, and the caller may
 * do the same meanwhile. It calls work_wait(late) last of all. */
void world_leave(struct world *w, struct work_late *late);
