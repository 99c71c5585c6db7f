/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every question about a language, answered by ICU and CLDR. For models and jobs; ICU stays in lang.c and its siblings. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

struct diags;

/* A language, by its canonical BCP 47 tag. Made once per run by lang_open; ICU objects behind it open on first use. */
struct lang {
	struct view tag;	/* canonical: "zh-Hans", "pt-BR" */
	struct view autonym;	/* its name in itself, in title case where the script has case; the tag when CLDR has none */
	struct view english;	/* its name in English */
	struct view script;	/* ISO 15924, likely script: "Arab" */
	struct view bare;	/* language subtag alone: "zh" */
	bool rtl;
	bool spaceless;		/* written without spaces between words: Thai, Lao, Khmer, Burmese, Han, Japanese ... */
	struct lang_data *data;	/* private: ICU objects */
};

/* Whether text is a well-formed BCP 47 tag of a language CLDR or ISO 639 knows (or private use x-...); *canonical then
 * holds the canonical form ("ZH-hans-cn" gives "zh-Hans-CN"), in the arena. */
bool lang_canonical(struct arena *a, struct view tag, struct view *canonical);
/* Opens a language by canonical tag. Never NULL: what CLDR does not know gets root data, left to right. */
struct lang *lang_open(struct arena *a, struct view tag);
/* Numbers and dates are written as in this BCP 47 tag (NUL-terminated): "en-001", "ar-u-nu-latn". False when it is none. */
bool lang_formats(struct lang *l, struct view tag);
/* Frees the ICU objects behind it. */
void lang_close(struct lang *l);

/* CLDR cardinal plural category of n: "zero", "one", "two", "few", "many" or "other". */
const char *lang_plural(struct lang *l, double n);
/* Number in this language's digits and grouping, at most `decimals` decimals; in the arena. */
struct view lang_number(struct lang *l, struct arena *a, double n, int decimals);
/* 0.42 as "42 %" in this language's way. */
struct view lang_percent(struct lang *l, struct arena *a, double share);
/* "2025-12-11", "2025-12" or "2025" as a long date of this language, Gregorian calendar. False when text is no such date. */
bool lang_date(struct lang *l, struct arena *a, struct view iso8601, struct view *out);
/* Country name of an ISO 3166 alpha-2 or alpha-3 code in this language, CLDR's short form. False when there is no such code
 * or no name in this language (never a name in another language). */
bool lang_country(struct lang *l, struct arena *a, struct view code, struct view *out);
/* Bytes whose memcmp order is this language's collation order; in the arena. */
struct view lang_sort_key(struct lang *l, struct arena *a, struct view text);
/* Opening and closing quotation marks, list joined the language's way ("a, b and c"); in the arena. */
struct view lang_list(struct lang *l, struct arena *a, const struct view *items, size_t n);

/* Normalization form C. Text that is already NFC is returned as it is; no copy. */
struct view lang_nfc(struct arena *a, struct view text);
bool lang_is_nfc(struct view text);
/* Lower case, full case folding of UAX 21, for comparing. */
struct view lang_fold(struct arena *a, struct view text);
/* Whether the code point belongs to a script written without spaces between words. */
bool lang_spaceless(uint32_t c);
/* Whether it is a letter or a mark (general category L or M). */
bool lang_letter(uint32_t c);
/* The script of a code point (ISO 15924, "Khmr"); "Zyyy" and "Zinh" are those that many scripts share. Static memory. */
struct view lang_script_of(uint32_t c);
/* Whether devices of 2015 and later draw it without a font of ours: scripts that all systems have had fonts of for long, and signs of
 * Unicode 8 or before. */
bool lang_common(uint32_t c);
/* Value 0-9 of a decimal digit of any script, or -1. */
int lang_digit(uint32_t c);
/* Number of words (UAX 29 with dictionaries; what has a letter, digit or ideograph counts). */
size_t lang_words(struct lang *l, struct view text);
/* Columns a terminal needs: wide characters 2, marks 0. */
size_t lang_columns(struct view text);
/* Whether a host name mixes scripts or can be mistaken for another (uspoof, moderately restrictive). */
bool lang_suspicious_host(struct view host);
