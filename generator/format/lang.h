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
/* To be called once, before all else here: when there is no memory left, ICU ends the program as our own code does (memory_fail). */
void lang_start(void);
/* Opens a language by canonical tag. Never NULL: what CLDR does not know gets root data, left to right. */
struct lang *lang_open(struct arena *a, struct view tag);
/* Numbers and dates are written as in this BCP 47 tag (NUL-terminated): "en-001", "ar-u-nu-latn". False when it is none. */
bool lang_formats(struct lang *l, struct view tag);
/* Its code in ISO 639-3, "ara", in the arena; "und" when it has none. */
struct view lang_iso639_3(const struct lang *l, struct arena *a);
/* Frees the ICU objects behind it. */
void lang_close(struct lang *l);

/* CLDR's cardinal plural categories, in its order: "zero", "one", "two", "few", "many", "other". */
enum { LANG_CATEGORIES = 6 };
extern const char *const lang_categories[LANG_CATEGORIES];
/* The one of n. */
const char *lang_plural(struct lang *l, double n);
/* The first whole numbers (to 200, then a million) that are of a category, at most room of them; returns how many. */
size_t lang_examples(struct lang *l, const char *category, double *numbers, size_t room);
/* Whether whole numbers may be of a category; `other` always counts. */
bool lang_has_category(struct lang *l, const char *category);
/* Number in this language's digits and grouping, at most `decimals` decimals; in the arena. */
struct view lang_number(struct lang *l, struct arena *a, double n, int decimals);
/* A whole number in this language's digits, without grouping: a year. */
struct view lang_ungrouped(struct lang *l, struct arena *a, double n);
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

/*
 * From a byte that is not ASCII: the position behind its character and those that follow, as long as they are blanks, commas, full stops or
 * well-formed code points below U+10000 that are in normalization form C for certain (also behind ASCII) and are no digit, control, line end or
 * bidi control.
 */
size_t lang_calm(struct view v, size_t at);
/*
 * The same of the sixteen bytes from p on, where a character begins, and all of ASCII: how many bytes are passed. Knows common scripts only, and one
 * at a time: that of the first character that is not ASCII. Eighteen bytes can be read; a character that begins in the block counts whole.
 */
unsigned lang_calm_block(const char *p);
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
/* Where lines of a text may end: bytes behind each piece, the last one behind the text; in the arena. Returns how many. */
size_t lang_breaks(const struct lang *l, struct arena *a, struct view text, size_t **ends);
/* Columns a terminal needs: wide characters 2, marks 0. */
size_t lang_columns(struct view text);
/* Whether a host name mixes scripts or can be mistaken for another (uspoof, moderately restrictive). */
bool lang_suspicious_host(struct view host);

/* What a character is to a search without a server; the same at both ends (docs/design.md, "Search"). */
enum lang_search_kind {
	LANG_SEARCH_GAP,	/* ends a word: blanks, signs, apostrophes */
	LANG_SEARCH_DROP,	/* nothing: joiners, soft hyphen, tatweel, marks that people leave out */
	LANG_SEARCH_WORD,	/* part of a word between gaps */
	/* scripts written without spaces: the parts of a cluster */
	LANG_SEARCH_UNIT,	/* begins a cluster */
	LANG_SEARCH_LEAD,	/* begins one and takes the next letter in: vowels of Thai and Lao that are written first */
	LANG_SEARCH_MARK,	/* belongs to the cluster before */
	LANG_SEARCH_JOIN	/* belongs to it and takes the next letter in: stacked letters of Khmer and Burmese */
};
struct lang_folded {
	enum lang_search_kind kind;
	unsigned n;
	char text[24];		/* UTF-8, NUL-terminated: lower case, compatibility forms and accents resolved, digits 0-9 */
};
void lang_search_char(uint32_t c, struct lang_folded *f);
/* The lower case of one character, as the script finds it by itself. */
uint32_t lang_search_lower(uint32_t c);
/*
 * Whether the script must be told of a character in its table: it would take it for something else. Digits and capitals it knows. A variant is one
 * that is folded to another letter and that the script cannot take apart: readers may type it where the site has only the other.
 */
bool lang_search_told(uint32_t c);
bool lang_search_variant(uint32_t c);
/* What it knows besides, inside the brackets of a regular expression: characters that are dropped, or that end a word. */
void lang_search_ranges(struct buf *out, bool drop);

/* The alphabet of a language, for a list from A to Z. */
struct lang_alphabet;
struct lang_initial {
	struct view label;	/* the letter, or the group of Chinese characters, that the text stands below */
	struct view group, key;	/* memcmp orders groups by the one, texts in a group by the other */
};
/* Lives in the arena; lang_alphabet_close frees what ICU holds. Never NULL. */
struct lang_alphabet *lang_alphabet_open(struct arena *a, struct lang *l);
void lang_alphabet_close(struct lang_alphabet *x);
/* Where a text, which is in language `of`, stands. Signs and articles at its beginning do not count. */
void lang_alphabet_find(struct lang_alphabet *x, struct arena *a, const struct lang *of, struct view text, struct lang_initial *out);
