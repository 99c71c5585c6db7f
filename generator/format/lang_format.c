/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, dates, countries, plurals, lists and order in a language. Part of lang.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udatpg.h>
#include <unicode/uregion.h>
#include <unicode/ustring.h>

#include "base/date.h"
#include "format/lang_data.h"

enum { OUT = 512 };

const char *const lang_categories[LANG_CATEGORIES] = { "zero", "one", "two", "few", "many", "other" };

const char *
lang_plural(struct lang *l, double n)
{
	struct lang_data *data = l->data;
	UErrorCode code = U_ZERO_ERROR;
	UChar text[16];
	int32_t len;

	if (!data->plurals)
		data->plurals = uplrules_openForType(data->own, UPLURAL_TYPE_CARDINAL, &code);
	if (!lang_went_well(code) || !isfinite(n))
		return "other";
	len = uplrules_select(data->plurals, n, text, sizeof text / sizeof *text, &code);
	if (!lang_went_well(code) || len >= (int32_t)(sizeof text / sizeof *text))
		return "other";
	for (size_t i = 0; i < LANG_CATEGORIES; i++) {
		UChar wide[16];

		u_uastrcpy(wide, lang_categories[i]);
		if (u_strcmp(wide, text) == 0)
			return lang_categories[i];
	}
	return "other";
}

size_t
lang_examples(struct lang *l, const char *category, double *numbers, size_t room)
{
	enum { UPTO = 200 };
	size_t n = 0;

	for (int i = 0; i <= UPTO + 1 && n < room; i++) {
		double number = i <= UPTO ? i : 1e6;

		if (strcmp(lang_plural(l, number), category) == 0)
			numbers[n++] = number;
	}
	return n;
}

bool
lang_has_category(struct lang *l, const char *category)
{
	double number;

	return strcmp(category, "other") == 0 || lang_examples(l, category, &number, 1) > 0;
}

/* A formatted number; false when there is no formatter, or it fails. */
static bool
number_text(const UNumberFormat *format, struct arena *a, double n, struct view *out)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[OUT];
	int32_t len = format ? unum_formatDouble(format, n, text, OUT, NULL, &code) : 0;

	if (!format || !lang_went_well(code) || len > OUT)
		return false;
	*out = lang_narrow(a, text, len);
	return true;
}

static UNumberFormat *
number_format(const struct lang_data *data, UNumberFormatStyle style)
{
	UErrorCode code = U_ZERO_ERROR;
	UNumberFormat *format = unum_open(style, NULL, 0, data->formats, NULL, &code);

	if (!lang_went_well(code))
		return NULL;
	unum_setAttribute(format, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
	return format;
}

struct view
lang_number(struct lang *l, struct arena *a, double n, int decimals)
{
	struct lang_data *data = l->data;
	struct view text;

	if (!data->number)
		data->number = number_format(data, UNUM_DECIMAL);
	if (data->number && data->decimals != decimals) {
		unum_setAttribute(data->number, UNUM_MAX_FRACTION_DIGITS, decimals);
		data->decimals = decimals;
	}
	return number_text(data->number, a, n, &text) ? text : view_printf(a, "%.*f", decimals, n);
}

struct view
lang_ungrouped(struct lang *l, struct arena *a, double n)
{
	UNumberFormat *format = number_format(l->data, UNUM_DECIMAL);
	struct view text;

	if (format) {
		unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, 0);
		unum_setAttribute(format, UNUM_GROUPING_USED, 0);
	}
	if (!number_text(format, a, n, &text))
		text = view_printf(a, "%.0f", n);
	unum_close(format);	/* NULL is fine */
	return text;
}

struct view
lang_percent(struct lang *l, struct arena *a, double share)
{
	struct lang_data *data = l->data;
	struct view text;

	if (!data->percent)
		data->percent = number_format(data, UNUM_PERCENT);
	return number_text(data->percent, a, share, &text) ? text : view_printf(a, "%.0f%%", share * 100);
}

/* Reads an ISO 8601 date; false when it is none or no day of the calendar. */
static bool
read_date(struct view text, enum date_kind *kind, double *ms)
{
	struct date d;

	if (!date_read(text, &d))
		return false;
	*kind = d.day ? DATE_DAY : d.month ? DATE_MONTH : DATE_YEAR;
	*ms = (double)date_days(d) * 86400000.0;
	return true;
}

/* The language's pattern for a date that lacks its day, or its day and month. */
static int32_t
date_pattern(const struct lang_data *data, enum date_kind kind, UChar *pattern, int32_t cap, UErrorCode *code)
{
	UDateTimePatternGenerator *generator = udatpg_open(data->formats, code);
	const UChar *skeleton = kind == DATE_MONTH ? u"yMMMM" : u"y";
	int32_t n = 0;

	if (lang_went_well(*code)) {
		n = udatpg_getBestPattern(generator, skeleton, u_strlen(skeleton), pattern, cap, code);
		udatpg_close(generator);
	}
	return n;
}

/* A formatter in UTC with the Gregorian calendar run backwards without Julian dates. */
static UDateFormat *
date_format(const struct lang_data *data, enum date_kind kind)
{
	UErrorCode code = U_ZERO_ERROR;
	UDateFormat *format;
	UCalendar *calendar;
	UChar pattern[128];
	int32_t n;

	if (kind == DATE_DAY) {
		format = udat_open(UDAT_NONE, UDAT_LONG, data->formats, u"UTC", -1, NULL, 0, &code);
	} else {
		n = date_pattern(data, kind, pattern, sizeof pattern / sizeof *pattern, &code);
		format = udat_open(UDAT_PATTERN, UDAT_PATTERN, data->formats, u"UTC", -1, pattern, n, &code);
	}
	if (!lang_went_well(code))
		return NULL;
	calendar = ucal_open(u"UTC", -1, data->formats, UCAL_GREGORIAN, &code);
	if (lang_went_well(code)) {
		ucal_setGregorianChange(calendar, -1e17, &code);
		if (lang_went_well(code))
			udat_setCalendar(format, calendar);
		ucal_close(calendar);
	}
	return format;
}

bool
lang_date(struct lang *l, struct arena *a, struct view iso8601, struct view *out)
{
	struct lang_data *data = l->data;
	UErrorCode code = U_ZERO_ERROR;
	enum date_kind kind;
	UChar text[OUT];
	int32_t n;
	double ms;

	if (!read_date(iso8601, &kind, &ms))
		return false;
	if (data->known && !data->dates[kind])
		data->dates[kind] = date_format(data, kind);
	/* root's "2025 M12 11" is nobody's: ISO 8601 is at least everybody's */
	*out = view_copy(a, iso8601);
	if (!data->dates[kind])
		return true;
	n = udat_format(data->dates[kind], ms, text, OUT, NULL, &code);
	if (lang_went_well(code) && n <= OUT)
		*out = lang_narrow(a, text, n);
	return true;
}

bool
lang_country(struct lang *l, struct arena *a, struct view code, struct view *out)
{
	struct lang_data *data = l->data;
	UErrorCode error = U_ZERO_ERROR;
	const URegion *region;
	UChar text[OUT];
	char upper[4] = "";
	int32_t n;

	if (!data->known || (code.n != 2 && code.n != 3))
		return false;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];

		upper[i] = c >= 'a' && c <= 'z' ? (char)(c + 'A' - 'a') : c;
		if (upper[i] < 'A' || upper[i] > 'Z')
			return false;
	}
	region = uregion_getRegionFromCode(upper, &error);
	if (!lang_went_well(error) || uregion_getType(region) != URGN_TERRITORY)
		return false;
	if (!data->names)
		data->names = lang_names(data->locale);
	if (!data->names)
		return false;
	n = uldn_regionDisplayName(data->names, uregion_getRegionCode(region), text, OUT, &error);
	if (!lang_went_well(error) || n <= 0 || n > OUT)
		return false;
	*out = lang_narrow(a, text, n);
	return true;
}

struct view
lang_sort_key(struct lang *l, struct arena *a, struct view text)
{
	struct lang_data *data = l->data;
	UErrorCode code = U_ZERO_ERROR;
	struct lang_wide wide;
	uint8_t *key;
	int32_t n;

	if (!data->collator) {
		data->collator = ucol_open(data->locale, &code);
		if (lang_went_well(code))
			ucol_setAttribute(data->collator, UCOL_NORMALIZATION_MODE, UCOL_ON, &code);
		if (!lang_went_well(code))
			return view_copy(a, text);
	}
	lang_wide_from(&wide, text);
	n = ucol_getSortKey(data->collator, wide.p, wide.n, NULL, 0);
	key = arena_alloc(a, (size_t)n + 1);
	n = ucol_getSortKey(data->collator, wide.p, wide.n, key, n + 1);
	lang_wide_release(&wide);
	return view_of((const char *)key, n > 0 ? (size_t)n - 1 : 0);
}

/* For want of a formatter: "a, b, c". */
static struct view
plain_list(struct arena *a, const struct view *items, size_t n)
{
	struct view out;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&b, ", ");
		buf_addv(&b, items[i]);
	}
	out = view_copy(a, view_buf(&b));
	buf_release(&b);
	return out;
}

struct view
lang_list(struct lang *l, struct arena *a, const struct view *items, size_t n)
{
	struct lang_data *data = l->data;
	struct lang_wide *wides;
	const UChar **texts;
	struct lang_wide out;
	struct view result;
	int32_t *lengths;
	int32_t room = 64, len;
	UErrorCode code = U_ZERO_ERROR;

	if (n < 2)
		return n ? view_copy(a, items[0]) : VIEW_NONE;
	if (!data->lists)
		data->lists = ulistfmt_openForType(data->locale, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &code);
	if (!lang_went_well(code) || n > INT32_MAX)
		return plain_list(a, items, n);
	wides = memory_get(n * sizeof *wides);
	texts = memory_get(n * sizeof *texts);
	lengths = memory_get(n * sizeof *lengths);
	for (size_t i = 0; i < n; i++) {
		lang_wide_from(&wides[i], items[i]);
		texts[i] = wides[i].p;
		lengths[i] = wides[i].n;
		room += lengths[i] + 32;
	}
	lang_wide_init(&out, room);
	len = ulistfmt_format(data->lists, texts, lengths, (int32_t)n, out.p, out.cap, &code);
	result = lang_went_well(code) && len <= out.cap ? lang_narrow(a, out.p, len) : plain_list(a, items, n);
	lang_wide_release(&out);
	for (size_t i = 0; i < n; i++)
		lang_wide_release(&wides[i]);
	free(wides);
	free(texts);
	free(lengths);
	return result;
}

void
lang_format_close(struct lang_data *data)
{
	if (data->number)
		unum_close(data->number);
	if (data->percent)
		unum_close(data->percent);
	if (data->plurals)
		uplrules_close(data->plurals);
	for (size_t i = 0; i < DATE_KINDS; i++) {
		if (data->dates[i])
			udat_close(data->dates[i]);
		data->dates[i] = NULL;
	}
	if (data->names)
		uldn_close(data->names);
	if (data->lists)
		ulistfmt_close(data->lists);
	if (data->collator)
		ucol_close(data->collator);
	data->number = data->percent = NULL;
	data->plurals = NULL;
	data->names = NULL;
	data->lists = NULL;
	data->collator = NULL;
}
