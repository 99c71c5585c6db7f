/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts: what they cover, and small copies that hold only what texts need. For jobs; HarfBuzz stays in font.c. */
#pragma once
#include <stdint.h>

#include "base/diag.h"
#include "base/text.h"

/* An opened font, and what texts need of one; both are freed by their close. */
struct font;
struct font_need;

/* Texts a font carries about itself (its name table). */
enum font_text { FONT_COPYRIGHT, FONT_FAMILY, FONT_LICENCE, FONT_LICENCE_URL, FONT_TEXTS };

/*
 * Opens a TrueType or OpenType file, or the face of a collection whose family has this name (compared by letters and digits alone); the
 * first one when it is empty or none has. bytes must live as long as the font. NULL when it is no font with outlines that maps characters.
 */
struct font *font_open(struct view bytes, struct view family);
void font_close(struct font *f);
/* Whether it has a glyph for the code point. */
bool font_has(const struct font *f, uint32_t c);
/* What it says about itself, in UTF-8, in the arena; empty when it says nothing. */
struct view font_text(const struct font *f, enum font_text which, struct arena *a);

/*
 * Gathers what texts need of a font. Only code points of one script (ISO 15924) and those that many scripts share count: letters of other
 * scripts are drawn by other fonts.
 */
struct font_need *font_need_open(struct font *f, struct view script);
void font_need_close(struct font_need *n);
/* A text in a language (BCP 47): its code points, those the shaper asks for instead of them, and every glyph on the way. */
void font_need_add(struct font_need *n, struct view text, struct view lang);
/* The same for the same needs, whatever the order of the texts. */
uint64_t font_need_digest(const struct font_need *n);
/* Appends the code points that the font has as a CSS unicode-range; a gap of unused ones within a script is not worth a new range. */
void font_need_range(const struct font_need *n, struct buf *out);

/*
 * Two ways to the same picture; either can be the smaller one. BY_TEXT: whatever the layout rules could make of the code points stays.
 * BY_GLYPHS: only glyphs that were seen while shaping stay, under their numbers, and the layout rules as they are.
 */
enum font_method { FONT_BY_TEXT, FONT_BY_GLYPHS };

/*
 * Appends a font that draws these texts as the whole one does, as TrueType or OpenType: no hints, a box for what is missing, the given name
 * inside (a licence may reserve the old one), copyright and licence kept. Same input, same bytes. False when HarfBuzz cannot.
 */
bool font_subset(const struct font_need *n, enum font_method method, struct view name, struct buf *out);

/* Takes a line of an outline: in ems from where the text begins on its base line, y downwards. */
typedef void font_line(void *self, float x0, float y0, float x1, float y1);
/*
 * Shapes a text of one script, in its own direction, and gives the outlines of its glyphs to line, which may be NULL. Returns its width in ems; less than 0
 * when a letter is missing, of which the box was given.
 */
float font_draw(const struct font *f, struct view text, struct view lang, font_line *line, void *self);
/* How far lines of text reach above and below their base line, in ems. */
void font_lines(const struct font *f, float *above, float *below);

/* Says which HarfBuzz makes the subsets: bytes may change with it. */
const char *font_version(void);

/* WOFF2 by the program woff2_compress (Debian package woff2): whether it is there; and appends the packed font. False after reporting. */
bool font_can_pack(void);
bool font_pack(struct view font, struct buf *out, struct diags *d);
