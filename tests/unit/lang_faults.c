/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/lang with a library that lacks what it is asked for: each answer is plainer then, none is wrong, and nothing crashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unicode/ubrk.h>
#include <unicode/ucal.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uidna.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ures.h>
#include <unicode/uscript.h>
#include <unistd.h>

#include "format/lang.h"

/* The function that fails, every time, and how. */
static const char *failing;
static UErrorCode how = U_MISSING_RESOURCE_ERROR;

static bool
strikes(const char *name, UErrorCode *code)
{
	if (!failing || U_FAILURE(*code) || strcmp(failing, name) != 0)
		return false;
	*code = how;
	return true;
}

#define TEXT_OF(x) #x
#define SYMBOL(x) TEXT_OF(x)	/* with the library's version, as the linker knows it */
#define FAILS(type, name, plain_name, none, parameters, arguments) \
	type name parameters \
	{ \
		__typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, SYMBOL(name)); \
\
		return strikes(plain_name, code) ? none : real arguments; \
	}

FAILS(UNumberFormat *, unum_open, "unum_open", NULL, (UNumberFormatStyle style, const UChar *pattern, int32_t n, const char *locale, UParseError *error,
    UErrorCode *code), (style, pattern, n, locale, error, code))
FAILS(int32_t, unum_formatDouble, "unum_formatDouble", 0, (const UNumberFormat *format, double number, UChar *to, int32_t n, UFieldPosition *at,
    UErrorCode *code), (format, number, to, n, at, code))
FAILS(UPluralRules *, uplrules_openForType, "uplrules_openForType", NULL, (const char *locale, UPluralType type, UErrorCode *code), (locale, type, code))
FAILS(int32_t, uplrules_select, "uplrules_select", 0, (const UPluralRules *rules, double number, UChar *to, int32_t n, UErrorCode *code),
    (rules, number, to, n, code))
FAILS(UDateFormat *, udat_open, "udat_open", NULL, (UDateFormatStyle time, UDateFormatStyle date, const char *locale, const UChar *zone, int32_t zone_n,
    const UChar *pattern, int32_t pattern_n, UErrorCode *code), (time, date, locale, zone, zone_n, pattern, pattern_n, code))
FAILS(int32_t, udat_format, "udat_format", 0, (const UDateFormat *format, UDate date, UChar *to, int32_t n, UFieldPosition *at, UErrorCode *code),
    (format, date, to, n, at, code))
FAILS(UDateTimePatternGenerator *, udatpg_open, "udatpg_open", NULL, (const char *locale, UErrorCode *code), (locale, code))
FAILS(UCalendar *, ucal_open, "ucal_open", NULL, (const UChar *zone, int32_t n, const char *locale, UCalendarType type, UErrorCode *code),
    (zone, n, locale, type, code))
FAILS(ULocaleDisplayNames *, uldn_openForContext, "uldn_openForContext", NULL, (const char *locale, UDisplayContext *contexts, int32_t n, UErrorCode *code),
    (locale, contexts, n, code))
FAILS(int32_t, uldn_regionDisplayName, "uldn_regionDisplayName", 0, (const ULocaleDisplayNames *names, const char *region, UChar *to, int32_t n,
    UErrorCode *code), (names, region, to, n, code))
FAILS(int32_t, uldn_localeDisplayName, "uldn_localeDisplayName", 0, (const ULocaleDisplayNames *names, const char *locale, UChar *to, int32_t n,
    UErrorCode *code), (names, locale, to, n, code))
FAILS(UCollator *, ucol_open, "ucol_open", NULL, (const char *locale, UErrorCode *code), (locale, code))
FAILS(UListFormatter *, ulistfmt_openForType, "ulistfmt_openForType", NULL, (const char *locale, UListFormatterType type, UListFormatterWidth width,
    UErrorCode *code), (locale, type, width, code))
FAILS(int32_t, ulistfmt_format, "ulistfmt_format", 0, (const UListFormatter *lists, const UChar *const texts[], const int32_t *lengths, int32_t n, UChar *to,
    int32_t room, UErrorCode *code), (lists, texts, lengths, n, to, room, code))
FAILS(int32_t, uloc_forLanguageTag, "uloc_forLanguageTag", 0, (const char *tag, char *to, int32_t n, int32_t *read, UErrorCode *code),
    (tag, to, n, read, code))
FAILS(int32_t, uloc_toLanguageTag, "uloc_toLanguageTag", 0, (const char *locale, char *to, int32_t n, UBool strict, UErrorCode *code),
    (locale, to, n, strict, code))
FAILS(UResourceBundle *, ures_open, "ures_open", NULL, (const char *package, const char *locale, UErrorCode *code), (package, locale, code))
FAILS(UResourceBundle *, ures_openDirect, "ures_openDirect", NULL, (const char *package, const char *locale, UErrorCode *code), (package, locale, code))
FAILS(UScriptCode, uscript_getScript, "uscript_getScript", USCRIPT_INVALID_CODE, (UChar32 c, UErrorCode *code), (c, code))
FAILS(UIDNA *, uidna_openUTS46, "uidna_openUTS46", NULL, (uint32_t options, UErrorCode *code), (options, code))

static int
setup(void **state)
{
	static struct arena a;

	arena_init(&a);
	*state = &a;
	return 0;
}

static int
teardown(void **state)
{
	failing = NULL;
	how = U_MISSING_RESOURCE_ERROR;
	arena_release(*state);
	return 0;
}

/* What a new French says when a function fails, in one text. */
static const char *
says(struct arena *a, const char *function)
{
	static const struct view items[] = { { "a", 1 }, { "b", 1 }, { "c", 1 } };
	static const char *const dates[] = { "2025-12-11", "2025-12", "2025" };
	struct view text = VIEW_NONE, v;
	struct lang *l;
	struct buf b;

	buf_init(&b);
	failing = function;
	l = lang_open(a, VIEW("fr"));
	buf_printf(&b, "%.*s|%.*s", VIEW_ARG(l->autonym), VIEW_ARG(l->english));
	buf_printf(&b, "|%.*s|%.*s", VIEW_ARG(lang_number(l, a, 1234.5, 1)), VIEW_ARG(lang_ungrouped(l, a, 2003)));
	buf_printf(&b, "|%.*s|%s", VIEW_ARG(lang_percent(l, a, 0.42)), lang_plural(l, 1));
	for (size_t i = 0; i < 3; i++)
		buf_printf(&b, "|%.*s", VIEW_ARG(lang_date(l, a, view_str(dates[i]), &text) ? text : VIEW("no")));
	buf_printf(&b, "|%.*s", VIEW_ARG(lang_country(l, a, VIEW("PE"), &text) ? text : VIEW("no")));
	buf_printf(&b, "|%.*s", VIEW_ARG(lang_list(l, a, items, 3)));
	buf_printf(&b, "|%s", view_cmp(lang_sort_key(l, a, VIEW("\u00e9")), lang_sort_key(l, a, VIEW("z"))) < 0 ? "ordered" : "by bytes");
	buf_printf(&b, "|%s", lang_spaceless(0x4E2D) ? "spaceless" : "spaced");
	buf_printf(&b, "|%s", lang_suspicious_host(VIEW("caf\u00e9.fr")) ? "suspicious" : "good");
	buf_printf(&b, "|%.*s", VIEW_ARG(lang_canonical(a, VIEW("FR"), &text) ? text : VIEW("no")));
	lang_close(l);
	failing = NULL;
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v.p;
}

/* The pieces of what French says that become others. */
static const struct {
	const char *function, *pieces[8];
} rows[] = {
	{ "unum_open", { "1\u202f234,5", "1234.5", "42\u00a0%", "42%" } },
	{ "unum_formatDouble", { "1\u202f234,5", "1234.5", "42\u00a0%", "42%" } },
	{ "uplrules_openForType", { "|one|", "|other|" } },
	{ "uplrules_select", { "|one|", "|other|" } },
	{ "udat_open", { "11 d\u00e9cembre 2025", "2025-12-11", "d\u00e9cembre 2025", "2025-12" } },
	{ "udat_format", { "11 d\u00e9cembre 2025", "2025-12-11", "d\u00e9cembre 2025", "2025-12" } },
	{ "udatpg_open", { "|d\u00e9cembre 2025", "|2025-12" } },
	{ "ucal_open", { NULL } },
	{ "uldn_openForContext", { "Fran\u00e7ais", "fr", "French", "fr", "P\u00e9rou", "no" } },
	{ "uldn_regionDisplayName", { "P\u00e9rou", "no" } },
	{ "uldn_localeDisplayName", { "Fran\u00e7ais", "fr", "French", "fr" } },
	{ "ucol_open", { "ordered", "by bytes" } },
	{ "ulistfmt_openForType", { "a, b et c", "a, b, c" } },
	{ "ulistfmt_format", { "a, b et c", "a, b, c" } },
	{ "uloc_toLanguageTag", { "good|fr", "good|no" } },
	{ "uscript_getScript", { "spaceless", "spaced" } },
	{ "uidna_openUTS46", { "good", "suspicious" } },
};

static void
each_function(void **state)
{
	struct arena *a = *state;
	const char *whole = says(a, NULL);

	assert_string_equal(whole, "Fran\u00e7ais|French|1\u202f234,5|2003|42\u00a0%|one|11 d\u00e9cembre 2025|d\u00e9cembre 2025|2025|P\u00e9rou|a, b et c|"
	    "ordered|spaceless|good|fr");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *expected = whole;

		for (size_t k = 0; k < 8 && rows[i].pieces[k]; k += 2) {
			const char *at = strstr(expected, rows[i].pieces[k]);

			assert_non_null(at);
			expected = view_printf(a, "%.*s%s%s", (int)(at - expected), expected, rows[i].pieces[k + 1],
			    at + strlen(rows[i].pieces[k])).p;
		}
		if (strcmp(says(a, rows[i].function), expected) != 0)
			fail_msg("%s: '%s', not '%s'", rows[i].function, says(a, rows[i].function), expected);
	}
}

/* Without the tag, or the data of the language, it is one that nobody knows: what is said is right in every language. */
static void
nothing_known(void **state)
{
	static const char *const functions[] = { "uloc_forLanguageTag", "ures_open" };

	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		const char *text = says(*state, functions[i]);

		assert_true(strncmp(text, "fr|", 3) == 0);
		assert_non_null(strstr(text, "|2025-12-11|2025-12|2025|no|"));
	}
	/* nor is a tag good whose parts nobody can look up */
	assert_true(view_ends(view_str(says(*state, "ures_openDirect")), "|no"));
}

/* Out of memory inside the library ends the program, as everywhere. */
static void
no_memory(void **state)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		how = U_MEMORY_ALLOCATION_ERROR;
		if (!freopen("/dev/null", "w", stderr))
			_exit(99);
		says(*state, "unum_open");
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_function, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_known, setup, teardown),
		cmocka_unit_test_setup_teardown(no_memory, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
