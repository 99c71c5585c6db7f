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
/* Those of a site without fonts of its own, where no picture for shared links is to be made. */
struct fonts *fonts_none(struct world *w);
/* Digest of the fonts that were found, of who has which, and of how they are packed. outer: list of struct view, the paths of this computer that
 * decide over it. */
uint64_t fonts_digest(struct fonts *f, struct list *outer);
/* The same of the fonts for pictures. */
uint64_t fonts_cards_digest(const struct fonts *f);
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

/*
 * Pictures for shared links (Open Graph), one for each published language for whose script this computer has a font: finds these, adds the pictures to the
 * plan and sets w->cards. Only where there is a base address.
 */
void fonts_cards_open(struct fonts *f, struct plan *plan);
/* Appends the picture of the locale's language, which must have one, as PNG; in a worker. */
void fonts_card(const struct fonts *f, const struct locale *l, struct arena *a, struct buf *out);

/* For check: reports the characters of a language's texts that neither its font nor common ones have (lang_common). */
void fonts_check(const struct fonts *f, struct locale *l, const struct plan *plan, struct diags *d);

/* A font that a script gets where language.yaml says nothing else. */
struct fonts_family {
	struct view family, package, script;	/* script: in English */
	bool installed;
};
/* All of them, for waypost doctor; list of struct fonts_family in the arena. */
struct list fonts_families(struct arena *a);

/* A font as assets/fonts.css has it; borrowed from there. */
struct fonts_face_said {
	struct view family;	/* "wp-ethi" */
	struct view file;	/* "fonts/ethi.woff2", beside the sheet */
	struct view rule;	/* the line @font-face */
};

/* The font of a language in a sheet that fonts_write made. False when it has none. */
bool fonts_face_in(struct view css, struct view tag, struct fonts_face_said *said);

/*
 * Appends what words in some languages need of assets/fonts.css, as fonts_write made it: not the letters of names of languages. tags: their tags
 * as keys; the arena is for what it needs itself.
 */
void fonts_css_some(struct view css, struct arena *a, const struct map *tags, struct buf *out);
