/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page in one language: the skeleton run with that language's segments inside a template. For jobs and commands. */
#pragma once
#include "job/locale.h"
#include "model/value.h"

/* Products are written below the output folder: "fr/reporting/index.html". */
struct view assemble_path(struct arena *a, const struct language *l, const struct page *p);
/* The picture for shared links of a language: "fr/card.png". */
struct view assemble_card(struct arena *a, const struct language *l);
/* The Atom feed of a language: "fr/feed.xml". */
struct view assemble_feed(struct arena *a, const struct language *l);
/*
 * Appends the page's HTML to out. The memory it needs is taken from `item`, which the caller rewinds. False when the page grew past its
 * budget: its texts may make 16 times its input and 64 KiB, the frame around them 256 KiB (reported).
 */
bool assemble_page(struct locale *l, const struct page *p, struct arena *item, struct buf *out, struct diags *d);
/* The same inside another template of the theme, with what the caller puts into the context (a map): a page of a book. False also when the theme has
 * no such template (reported as layout_missing). */
bool assemble_page_in(struct locale *l, const struct page *p, struct view layout, const struct value *more, struct arena *item, struct buf *out,
    struct diags *d);
/* The page at the root, where a reader chooses a language; l is the source language. */
bool assemble_chooser(struct locale *l, struct arena *item, struct buf *out, struct diags *d);
/*
 * 404.html, which hosts show at any address: {{root}} is the base address. The theme has the template not-found (job/plan); l is the source language.
 */
bool assemble_not_found(struct locale *l, struct arena *item, struct buf *out, struct diags *d);
/*
 * A file that is no page of the site: a template with what the caller puts into the context (a map), in the locale's language. False when the theme
 * has no such template (reported as layout_missing) or it goes too deep.
 */
bool assemble_file(struct locale *l, struct view layout, const struct value *more, struct arena *item, struct buf *out,
    struct diags *d);
/*
 * The content of a page as it stands there, data and all, without the template around it: for search. Nothing is appended when it grows past its
 * budget (assemble_page has said so).
 */
void assemble_content(struct locale *l, const struct page *p, struct arena *item, struct buf *out);
/* The body alone, without template: for tests of the skeleton. */
void assemble_body(struct locale *l, const struct page *p, struct arena *item, struct buf *out);
