/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lang.c, lang_text.c and lang_format.c share; the only header with ICU types. Nobody else may include it. */
#pragma once
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/utypes.h>

#include "format/lang.h"

/* How much of a date a text holds; also the index of its formatter. */
enum date_kind { DATE_DAY, DATE_MONTH, DATE_YEAR, DATE_KINDS };

/* ICU's side of a language. Each object opens on first use and stays until lang_close; NULL before that. */
struct lang_data {
	char own[ULOC_FULLNAME_CAPACITY];	/* the tag as ICU spells it */
	char locale[ULOC_FULLNAME_CAPACITY];	/* where its data is: own, or "" (root) when CLDR has none */
	char formats[ULOC_FULLNAME_CAPACITY];	/* whose numbers and dates are written: locale, or what lang_formats said */
	bool known;				/* CLDR has data of this very language */
	UNumberFormat *number;
	int decimals;				/* number is set to that many */
	UNumberFormat *percent;
	UPluralRules *plurals;
	UDateFormat *dates[DATE_KINDS];
	ULocaleDisplayNames *names;
	UListFormatter *lists;
	UCollator *collator;
	UBreakIterator *words;
};

enum { LANG_LOCAL = 256 };

/* UTF-16 for ICU: short texts stay inside. lang_wide_release ends it. */
struct lang_wide {
	UChar *p;
	int32_t n;
	int32_t cap;
	UChar local[LANG_LOCAL];
};

/* Whether a call went well; out of memory ends the program. */
bool lang_went_well(UErrorCode code);
/* An empty text with room for cap units. */
void lang_wide_init(struct lang_wide *w, int32_t cap);
/* Room for at least cap units; the text is lost. */
void lang_wide_room(struct lang_wide *w, int32_t cap);
/* UTF-8 to UTF-16; ill-formed bytes become U+FFFD. */
void lang_wide_from(struct lang_wide *w, struct view text);
void lang_wide_release(struct lang_wide *w);
/* UTF-16 to UTF-8 in the arena. */
struct view lang_narrow(struct arena *a, const UChar *p, int32_t n);
/* Names of languages and countries, never borrowed from another language; NULL when ICU has none. */
ULocaleDisplayNames *lang_names(const char *locale);
/* Closes what lang_format.c opened. */
void lang_format_close(struct lang_data *data);
