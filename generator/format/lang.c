/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages: tags, names, direction. Texts are in lang_text.c, numbers, dates and lists in lang_format.c. */
#include "format/lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucasemap.h>
#include <unicode/uclean.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "format/lang_data.h"

enum { TAG_MAX = 100 };

/* The library's memory: it goes on with NULL here and there, and crashes. */
static void *
icu_get(const void *context, size_t n)
{
	(void)context;
	return memory_get(n);
}

static void *
icu_resize(const void *context, void *p, size_t n)
{
	(void)context;
	return memory_resize(p, n);
}

static void
icu_free(const void *context, void *p)
{
	(void)context;
	free(p);
}

void
lang_start(void)
{
	UErrorCode code = U_ZERO_ERROR;

	u_setMemoryFunctions(NULL, icu_get, icu_resize, icu_free, &code);
}

bool
lang_went_well(UErrorCode code)
{
	if (code == U_MEMORY_ALLOCATION_ERROR)
		memory_fail();
	return U_SUCCESS(code);
}

void
lang_wide_init(struct lang_wide *w, int32_t cap)
{
	w->p = w->local;
	w->cap = LANG_LOCAL;
	lang_wide_room(w, cap);
}

void
lang_wide_room(struct lang_wide *w, int32_t cap)
{
	w->n = 0;
	if (cap <= w->cap)
		return;
	if (w->p == w->local)
		w->p = NULL;
	w->p = memory_resize(w->p, (size_t)cap * sizeof *w->p);
	w->cap = cap;
}

void
lang_wide_from(struct lang_wide *w, struct view text)
{
	UErrorCode code = U_ZERO_ERROR;

	if (text.n > INT32_MAX / 4)
		bug("text too long for ICU");
	lang_wide_init(w, (int32_t)text.n + 1);
	if (text.n)
		u_strFromUTF8WithSub(w->p, w->cap, &w->n, text.p, (int32_t)text.n, 0xFFFD, NULL, &code);
	if (!lang_went_well(code))
		bug("UTF-8 to UTF-16");
}

void
lang_wide_release(struct lang_wide *w)
{
	if (w->p != w->local)
		free(w->p);
	w->p = w->local;
	w->n = 0;
}

struct view
lang_narrow(struct arena *a, const UChar *p, int32_t n)
{
	UErrorCode code = U_ZERO_ERROR;
	char *q;
	int32_t len = 0;

	if (n <= 0)
		return view_copy(a, VIEW_NONE);
	q = arena_alloc(a, (size_t)n * 3 + 1);
	u_strToUTF8WithSub(q, n * 3 + 1, &len, p, n, 0xFFFD, NULL, &code);
	if (!lang_went_well(code))
		bug("UTF-16 to UTF-8");
	return view_of(q, (size_t)len);
}

/*
 * ICU falls back to the locale of the process where it knows none; ours shall not depend on the machine. The default is
 * ICU's, so it is set where ICU is entered.
 */
static void
forget_machine(void)
{
	UErrorCode code = U_ZERO_ERROR;

	if (uloc_getDefault()[0])
		uloc_setDefault("root", &code);
}

/* Whether code is in one entry of CLDR's list: "fr", or "aaa~i", which is aaa to aai. */
static bool
in_range(struct view code, const UChar *p, int32_t n)
{
	size_t start = 0, tail, len = (size_t)n;

	while (start < len && p[start] != '~')
		start++;
	tail = start < len ? len - start - 1 : 0;
	if (start != code.n || tail > start)
		return false;
	for (size_t i = 0; i < start; i++) {
		UChar c = (unsigned char)code.p[i];
		size_t at = i + tail;

		if (at < start ? c != p[i] : (c < p[i] || c > p[start + 1 + at - start]))
			return false;
	}
	return true;
}

/* Whether a subtag is in CLDR's table of valid ones; what is "language", "script" or "region". */
static bool
is_valid(const UResourceBundle *all, const char *what, const char *status, struct view code)
{
	UErrorCode error = U_ZERO_ERROR;
	UResourceBundle *kind = ures_getByKey(all, what, NULL, &error);
	UResourceBundle *list = ures_getByKey(kind, status, NULL, &error);
	bool found = false;

	if (lang_went_well(error)) {
		for (int32_t i = 0, n = ures_getSize(list); i < n && !found; i++) {
			int32_t len = 0;
			const UChar *p = ures_getStringByIndex(list, i, &len, &error);

			found = lang_went_well(error) && in_range(code, p, len);
		}
	}
	ures_close(list);
	ures_close(kind);
	return found;
}

static bool
subtags_known(const char *locale)
{
	UErrorCode error = U_ZERO_ERROR, code = U_ZERO_ERROR;
	UResourceBundle *data = ures_openDirect(NULL, "supplementalData", &error);
	UResourceBundle *all = ures_getByKey(data, "idValidity", NULL, &error);
	char language[ULOC_LANG_CAPACITY], script[ULOC_SCRIPT_CAPACITY], region[ULOC_COUNTRY_CAPACITY];
	bool known = false;

	uloc_getLanguage(locale, language, sizeof language, &code);
	uloc_getScript(locale, script, sizeof script, &code);
	uloc_getCountry(locale, region, sizeof region, &code);
	if (lang_went_well(error) && lang_went_well(code)) {
		known = language[0] && (is_valid(all, "language", "regular", view_str(language)) ||
		    is_valid(all, "language", "deprecated", view_str(language)));
		if (known && script[0])
			known = is_valid(all, "script", "regular", view_str(script));
		if (known && region[0])
			known = is_valid(all, "region", "regular", view_str(region)) ||
			    is_valid(all, "region", "macroregion", view_str(region));
	}
	ures_close(all);
	ures_close(data);
	return known;
}

/* Private use as a whole: "x-" and subtags of one to eight letters or digits. Writes it in lower case. */
static bool
private_tag(struct view tag, char *out)
{
	size_t run = 0;

	for (size_t i = 0; i < tag.n; i++) {
		char c = tag.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		out[i] = c;
		if (c == '-') {
			if (run == 0)
				return false;
			run = 0;
		} else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) || ++run > 8) {
			return false;
		}
	}
	out[tag.n] = '\0';
	return tag.n > 2 && out[0] == 'x' && out[1] == '-' && run > 0;
}

bool
lang_canonical(struct arena *a, struct view tag, struct view *canonical)
{
	char text[TAG_MAX + 1], locale[ULOC_FULLNAME_CAPACITY], out[ULOC_FULLNAME_CAPACITY];
	UErrorCode code = U_ZERO_ERROR;
	int32_t read = 0;

	if (tag.n == 0 || tag.n > TAG_MAX)
		return false;
	if (private_tag(tag, text)) {
		*canonical = view_copy(a, view_str(text));
		return true;
	}
	memcpy(text, tag.p, tag.n);
	text[tag.n] = '\0';
	forget_machine();
	uloc_forLanguageTag(text, locale, sizeof locale, &read, &code);
	if (!lang_went_well(code) || code == U_STRING_NOT_TERMINATED_WARNING || (size_t)read != tag.n)
		return false;
	uloc_toLanguageTag(locale, out, sizeof out, true, &code);
	if (!lang_went_well(code) || code == U_STRING_NOT_TERMINATED_WARNING)
		return false;
	/* once more: the canonical tag may be of another language than the one given (iw is he) */
	uloc_forLanguageTag(out, locale, sizeof locale, &read, &code);
	if (!lang_went_well(code) || !subtags_known(locale))
		return false;
	*canonical = view_copy(a, view_str(out));
	return true;
}

/* Languages that CLDR keeps under another code of the same language. */
static bool
same_language(const char *own, const char *found)
{
	static const char *const pairs[][2] = {
		{ "no", "nb" }, { "nb", "no" }, { "nn", "no" },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strcmp(own, pairs[i][0]) == 0 && strcmp(found, pairs[i][1]) == 0)
			return true;
	return strcmp(own, found) == 0;
}

/* What CLDR says to use instead of a language subtag ("fa_AF" for prs); false when nothing, or a choice of several. */
static bool
alias_of(const char *language, char *to, size_t room)
{
	static const char *const path[] = { "alias", "language" };
	UErrorCode code = U_ZERO_ERROR;
	UResourceBundle *at = ures_openDirect(NULL, "metadata", &code);
	const UChar *wide;
	int32_t n = 0;
	bool found;

	for (size_t i = 0; i < sizeof path / sizeof *path; i++)
		at = ures_getByKey(at, path[i], at, &code);
	at = ures_getByKey(at, language, at, &code);
	wide = ures_getStringByKey(at, "replacement", &n, &code);
	found = lang_went_well(code) && (size_t)n < room && !u_strchr(wide, ' ');
	if (found)
		u_UCharsToChars(wide, to, n + 1);
	ures_close(at);
	return found;
}

/*
 * Puts CLDR's alias of a language (prs is fa_AF, quz is qu, tl is fil) in its place: the tag stays as the author wrote
 * it, the data are those of the alias. Script and region of the tag win over those of the alias; extensions are lost.
 */
static void
resolve_alias(struct lang_data *data)
{
	char parts[2][3][ULOC_LANG_CAPACITY], to[ULOC_FULLNAME_CAPACITY];
	const char *const from[] = { data->own, to };
	UErrorCode code = U_ZERO_ERROR;

	uloc_getLanguage(data->own, to, sizeof to, &code);
	if (!alias_of(to, to, sizeof to))
		return;
	for (size_t i = 0; i < 2; i++) {
		uloc_getLanguage(from[i], parts[i][0], ULOC_LANG_CAPACITY, &code);
		uloc_getScript(from[i], parts[i][1], ULOC_LANG_CAPACITY, &code);
		uloc_getCountry(from[i], parts[i][2], ULOC_LANG_CAPACITY, &code);
	}
	if (!lang_went_well(code))
		return;
	for (size_t k = 1; k < 3; k++)
		if (parts[0][k][0])
			memcpy(parts[1][k], parts[0][k], ULOC_LANG_CAPACITY);
	snprintf(data->own, sizeof data->own, "%s%s%s%s%s", parts[1][0], parts[1][1][0] ? "_" : "", parts[1][1],
	    parts[1][2][0] ? "_" : "", parts[1][2]);
}

/* Decides where the language's data is. CLDR lends some languages those of a neighbour (ht gets fr): not to us. */
static void
find_data(struct lang_data *data)
{
	UErrorCode code = U_ZERO_ERROR;
	UResourceBundle *bundle = ures_open(NULL, data->own, &code);
	char own[ULOC_LANG_CAPACITY] = "", found[ULOC_LANG_CAPACITY] = "";
	const char *valid;

	valid = lang_went_well(code) ? ures_getLocaleByType(bundle, ULOC_VALID_LOCALE, &code) : NULL;
	if (valid && lang_went_well(code)) {
		uloc_getLanguage(data->own, own, sizeof own, &code);
		uloc_getLanguage(valid, found, sizeof found, &code);
	}
	ures_close(bundle);
	data->known = own[0] && found[0] && same_language(own, found);
	if (data->known)
		memcpy(data->locale, data->own, sizeof data->locale);
	else
		data->locale[0] = '\0';
}

ULocaleDisplayNames *
lang_names(const char *locale)
{
	UDisplayContext contexts[] = {
		UDISPCTX_DIALECT_NAMES,
		UDISPCTX_LENGTH_FULL,
		UDISPCTX_NO_SUBSTITUTE,
		UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU,
	};
	UErrorCode code = U_ZERO_ERROR;
	ULocaleDisplayNames *names;

	names = uldn_openForContext(locale, contexts, sizeof contexts / sizeof *contexts, &code);
	return lang_went_well(code) ? names : NULL;
}

/* The name of one locale in another one's language; empty when there is none. */
static struct view
locale_name(struct arena *a, const char *in, const char *of)
{
	ULocaleDisplayNames *names = lang_names(in);
	UErrorCode code = U_ZERO_ERROR;
	UChar text[256];
	int32_t n = 0;

	if (names) {
		n = uldn_localeDisplayName(names, of, text, sizeof text / sizeof *text, &code);
		uldn_close(names);
	}
	if (!names || !lang_went_well(code) || n > (int32_t)(sizeof text / sizeof *text))
		return VIEW_NONE;
	return lang_narrow(a, text, n);
}

/* "français" to "Français"; the first word only, and not where it has a capital of its own ("isiZulu"). */
static struct view
title_case(struct arena *a, const char *locale, struct view name)
{
	UErrorCode code = U_ZERO_ERROR;
	size_t room = name.n * 3 + 8;
	char *out = arena_alloc(a, room);
	UCaseMap *map;
	int32_t n = 0;

	for (size_t at = 0; at < name.n;) {
		UChar32 c = (UChar32)utf8_next(name, &at);

		if (u_isUWhiteSpace(c))
			break;
		if (u_isUUppercase(c))
			return name;
	}
	map = ucasemap_open(locale, U_TITLECASE_NO_LOWERCASE | U_TITLECASE_WHOLE_STRING, &code);
	if (lang_went_well(code)) {
		n = ucasemap_utf8ToTitle(map, out, (int32_t)room, name.p, (int32_t)name.n, &code);
		ucasemap_close(map);
	}
	return lang_went_well(code) ? view_of(out, (size_t)n) : name;
}

/* Whether a script is written without spaces, by its ISO 15924 code. */
static bool
script_spaceless(const char *script)
{
	static const char *const more[] = { "Hans", "Hant", "Hanb", "Jpan", "Hrkt", "Tibt", "Java", "Bali" };
	int32_t number;

	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		if (strcmp(script, more[i]) == 0)
			return true;
	number = u_getPropertyValueEnum(UCHAR_SCRIPT, script);
	return number > 0 && uscript_breaksBetweenLetters((UScriptCode)number);
}

/* Script and direction, likely ones where the tag does not say. */
static void
find_script(struct arena *a, struct lang *l)
{
	char likely[ULOC_FULLNAME_CAPACITY], script[ULOC_SCRIPT_CAPACITY] = "";
	UErrorCode code = U_ZERO_ERROR;

	/* the empty locale would become en_Latn_US */
	likely[0] = '\0';
	if (l->data->own[0])
		uloc_addLikelySubtags(l->data->own, likely, sizeof likely, &code);
	if (lang_went_well(code))
		uloc_getScript(likely, script, sizeof script, &code);
	l->script = view_copy(a, lang_went_well(code) && script[0] ? view_str(script) : VIEW("Zzzz"));
	l->spaceless = script_spaceless(l->script.p);
	l->rtl = uloc_isRightToLeft(l->data->own);
}

struct lang *
lang_open(struct arena *a, struct view tag)
{
	struct lang *l = arena_new(a, struct lang);
	struct lang_data *data = l->data = arena_new(a, struct lang_data);
	UErrorCode code = U_ZERO_ERROR;
	int32_t read = 0;

	forget_machine();
	data->decimals = -1;
	l->tag = view_copy(a, tag);
	l->bare = view_slice(l->tag, 0, view_starts(tag, "x-") ? tag.n : view_find(tag, '-'));
	if (tag.n <= TAG_MAX && !view_starts(tag, "x-"))
		uloc_forLanguageTag(l->tag.p, data->own, sizeof data->own, &read, &code);
	if (!lang_went_well(code) || code == U_STRING_NOT_TERMINATED_WARNING)
		data->own[0] = '\0';
	code = U_ZERO_ERROR;
	if (data->own[0])
		resolve_alias(data);
	find_data(data);
	find_script(a, l);
	if (data->known) {
		l->autonym = locale_name(a, data->locale, data->own);
		l->autonym = title_case(a, data->locale, l->autonym);
		uloc_setKeywordValue("calendar", "gregorian", data->locale, sizeof data->locale, &code);
	}
	if (data->own[0])
		l->english = locale_name(a, "en", data->own);
	if (l->autonym.n == 0)
		l->autonym = l->tag;
	if (l->english.n == 0)
		l->english = l->tag;
	memcpy(data->formats, data->locale, sizeof data->formats);
	return l;
}

bool
lang_formats(struct lang *l, struct view tag)
{
	char locale[ULOC_FULLNAME_CAPACITY];
	UErrorCode code = U_ZERO_ERROR;
	int32_t read = 0;

	if (tag.n == 0 || tag.n > TAG_MAX)
		return false;
	uloc_forLanguageTag(tag.p, locale, sizeof locale, &read, &code);
	uloc_setKeywordValue("calendar", "gregorian", locale, sizeof locale, &code);
	if (!lang_went_well(code) || code == U_STRING_NOT_TERMINATED_WARNING || (size_t)read != tag.n)
		return false;
	lang_format_close(l->data);
	memcpy(l->data->formats, locale, sizeof locale);
	return true;
}

void
lang_close(struct lang *l)
{
	ubrk_close(l->data->words);	/* NULL is fine */
	l->data->words = NULL;
	lang_format_close(l->data);
}

struct view
lang_iso639_3(const struct lang *l, struct arena *a)
{
	struct view code = view_str(uloc_getISO3Language(view_copy(a, l->bare).p));

	return view_copy(a, code.n ? code : VIEW("und"));
}
