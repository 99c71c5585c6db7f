/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fonts of a site: which languages get one, what its texts need of it, small copies of them. For jobs and commands. */
#pragma once
#include "job/locale.h"
#include "job/output.h"

struct fonts;
struct fonts_texts;

/*
 * Finds the fonts of the published languages (design.md, Fonts), plans their products and sets w->fonts. What cannot be used is reported, and
 * is not there. Never NULL. Everything lives in the world's arena but what fonts_close frees.
 */
struct fonts *fonts_open(struct world *w, struct plan *plan);
void fonts_close(struct fonts *f);
/* Digest of the fonts that were found, of who has which, and of how they are packed. outer: list of struct view, the paths of this computer that
 * decide over it. */
uint64_t fonts_digest(struct fonts *f, struct list *outer);
/* Whether any language has a font; whether a product is one of theirs. */
bool fonts_any(const struct fonts *f);
bool fonts_make(const struct fonts *f, struct view path);

/* Gathers the texts of pages in a language that has a font, and the names of such languages elsewhere; in a worker. */
struct fonts_texts *fonts_texts_open(const struct fonts *f);
/* A page as it is published: every text counts in the language that the markup says it is in. */
void fonts_texts_page(struct fonts_texts *t, struct view html);
/* The words of the interface, which scripts show. */
void fonts_texts_strings(struct fonts_texts *t, const struct locale *l);
/* Appends what was gathered and frees it. */
void fonts_texts_close(struct fonts_texts *t, struct buf *result);
/* In the parent: adds what fonts_texts_close made, which is taken off the front. */
void fonts_take(struct fonts *f, struct view *result);

struct fonts_done {
	size_t written, unchanged, failed;
};

/* Makes the fonts and assets/fonts.css of all texts taken, in workers; what was made of the same texts and fonts before stays. */
struct fonts_done fonts_write(struct fonts *f, const struct output *out, unsigned jobs);

/* For check: reports the characters of a language's texts that neither its font nor common ones have (lang_common). */
void fonts_check(const struct fonts *f, struct locale *l, const struct plan *plan, struct diags *d);
