/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/lang.h. */
#include <setjmp.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "format/lang.h"

#define IS(view_, text_) \
	do { \
		struct view got_ = (view_); \
		if (!view_is(got_, (text_))) \
			fail_msg("got '%.*s', not '%s'", VIEW_ARG(got_), (text_)); \
	} while (0)

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
	arena_release(*state);
	return 0;
}

static void
tags_are_made_canonical(void **state)
{
	static const char *const good[][2] = {
		{ "fr", "fr" }, { "FR", "fr" }, { "ZH-hans-cn", "zh-Hans-CN" }, { "pt-br", "pt-BR" }, { "iw", "he" },
		{ "quz", "quz" }, { "quc", "quc" }, { "es-419", "es-419" }, { "mam", "mam" }, { "ht", "ht" },
		{ "x-Test", "x-test" }, { "sr-latn", "sr-Latn" }, { "eng", "en" }, { "de-1996", "de-1996" },
		{ "i-klingon", "tlh" }, { "ar-u-nu-latn", "ar-u-nu-latn" }, { "tl", "tl" },
	};
	static const char *const bad[] = {
		"", "f", "fr-", "-fr", "pt_BR", "french", "xx", "qqz", "fr-XX", "zh-Hnas", "und", "mul", "x-", "x", "x-a_b",
		"x-toolongsubtag", "en--GB", "fr fr", "fr.yaml", "../fr", "qaa",
	};
	struct view got;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		got = VIEW_NONE;
		if (!lang_canonical(*state, view_str(good[i][0]), &got))
			fail_msg("'%s' refused", good[i][0]);
		IS(got, good[i][1]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (lang_canonical(*state, view_str(bad[i]), &got))
			fail_msg("'%s' accepted", bad[i]);
	assert_false(lang_canonical(*state, view_of("fr\0x", 4), &got));
	/* private ones: any letters and digits, up to eight between two '-', a hundred in all */
	assert_true(lang_canonical(*state, VIEW("x-AZ09az-12345678"), &got));
	IS(got, "x-az09az-12345678");
	for (const char *c = "@[`{/:"; *c; c++)
		assert_false(lang_canonical(*state, view_printf(*state, "x-a%cb", *c), &got));
	assert_false(lang_canonical(*state, VIEW("x-a--b"), &got) || lang_canonical(*state, VIEW("x-a-"), &got));
	assert_true(lang_canonical(*state, view_printf(*state, "x%049d", 0), &got) == false);
	{
		char tag[102] = "x";

		for (size_t i = 1; i < 101; i += 2)
			memcpy(tag + i, "-a", 2);
		assert_false(lang_canonical(*state, view_of(tag, 101), &got));
		assert_true(lang_canonical(*state, view_of(tag, 99), &got));
	}
}

static void
names_and_direction(void **state)
{
	static const struct {
		const char *tag, *autonym, *english, *script, *bare;
		bool rtl, spaceless;
	} rows[] = {
		{ "fr", "Français", "French", "Latn", "fr", false, false },
		{ "en", "English", "English", "Latn", "en", false, false },
		{ "zh-Hans", "简体中文", "Simplified Chinese", "Hans", "zh", false, true },
		{ "zh", "中文", "Chinese", "Hans", "zh", false, true },
		{ "pt-BR", "Português (Brasil)", "Brazilian Portuguese", "Latn", "pt", false, false },
		{ "ar", "العربية", "Arabic", "Arab", "ar", true, false },
		{ "ur", "اردو", "Urdu", "Arab", "ur", true, false },
		{ "ru", "Русский", "Russian", "Cyrl", "ru", false, false },
		{ "am", "አማርኛ", "Amharic", "Ethi", "am", false, false },
		{ "bn", "বাংলা", "Bangla", "Beng", "bn", false, false },
		{ "th", "ไทย", "Thai", "Thai", "th", false, true },
		{ "ja", "日本語", "Japanese", "Jpan", "ja", false, true },
		{ "ko", "한국어", "Korean", "Kore", "ko", false, false },
		{ "my", "မြန်မာ", "Burmese", "Mymr", "my", false, true },
		{ "zu", "isiZulu", "Zulu", "Latn", "zu", false, false },
		{ "sr-Latn", "Srpski (latinica)", "Serbian (Latin)", "Latn", "sr", false, false },
		{ "ku", "Kurdî", "Kurdish", "Latn", "ku", false, false },
		{ "ku-Arab", "ku-Arab", "Kurdish (Arabic)", "Arab", "ku", true, false },
		{ "ht", "ht", "Haitian Creole", "Latn", "ht", false, false },	/* CLDR lends it French: not taken */
		{ "prs", "دری", "Dari", "Arab", "prs", true, false },	/* CLDR's alias: fa-AF */
		{ "quz", "Runasimi", "Quechua", "Latn", "quz", false, false },
		{ "cmn-Hant", "繁體中文", "Traditional Chinese", "Hant", "cmn", false, true },
		{ "sh", "Srpski (latinica)", "Serbian (Latin)", "Latn", "sh", false, false },
		{ "quc", "quc", "Kʼicheʼ", "Latn", "quc", false, false },
		{ "x-test", "x-test", "x-test", "Zzzz", "x-test", false, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i].tag));

		IS(l->tag, rows[i].tag);
		IS(l->autonym, rows[i].autonym);
		IS(l->english, rows[i].english);
		IS(l->script, rows[i].script);
		IS(l->bare, rows[i].bare);
		assert_int_equal(l->rtl, rows[i].rtl);
		assert_int_equal(l->spaceless, rows[i].spaceless);
		lang_close(l);
	}
}

static void
plural_categories(void **state)
{
	static const struct {
		const char *tag;
		double n;
		const char *category;
	} rows[] = {
		{ "en", 1, "one" }, { "en", 2, "other" }, { "en", 0, "other" }, { "fr", 0, "one" }, { "fr", 1.5, "one" },
		{ "fr", 1000000, "many" }, { "ar", 0, "zero" }, { "ar", 1, "one" }, { "ar", 2, "two" }, { "ar", 3, "few" },
		{ "ar", 11, "many" }, { "ar", 100, "other" }, { "ru", 21, "one" }, { "ru", 22, "few" }, { "ru", 5, "many" },
		{ "ru", 1.5, "other" }, { "zh-Hans", 1, "other" }, { "x-test", 1, "other" }, { "quz", 1, "other" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i].tag));

		assert_string_equal(lang_plural(l, rows[i].n), rows[i].category);
		assert_string_equal(lang_plural(l, rows[i].n), rows[i].category);
		lang_close(l);
	}
}

/* Which categories a language has for whole numbers: "zero one two few many other" as six letters. */
static void
plural_examples(void **state)
{
	static const struct {
		const char *tag, *has;
		double few[3];
	} rows[] = {
		{ "en", "-o---o", { 0 } }, { "fr", "-o--mo", { 0 } }, { "ar", "zotfmo", { 3, 4, 5 } }, { "ru", "-o-fmo", { 2, 3, 4 } },
		{ "cs", "-o-f-o", { 2, 3, 4 } }, { "zh-Hans", "-----o", { 0 } }, { "cy", "zotfmo", { 3 } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i].tag));
		double numbers[3] = { 0 };
		char has[LANG_CATEGORIES + 1] = "";

		for (int k = 0; k < LANG_CATEGORIES; k++)
			has[k] = lang_has_category(l, lang_categories[k]) ? lang_categories[k][0] : '-';
		assert_string_equal(has, rows[i].has);
		lang_examples(l, "few", numbers, 3);
		assert_memory_equal(numbers, rows[i].few, sizeof numbers);
		lang_close(l);
	}
}

static void
numbers(void **state)
{
	struct lang *en = lang_open(*state, VIEW("en")), *fr = lang_open(*state, VIEW("fr"));
	struct lang *ar = lang_open(*state, VIEW("ar")), *bn = lang_open(*state, VIEW("bn"));
	struct lang *none = lang_open(*state, VIEW("x-test")), *ccp = lang_open(*state, VIEW("ccp"));

	IS(lang_number(en, *state, 1234567.891, 2), "1,234,567.89");
	IS(lang_number(en, *state, 1234567.891, 0), "1,234,568");
	IS(lang_number(en, *state, 2.5, 0), "3");
	IS(lang_number(en, *state, -1, 3), "-1");
	IS(lang_number(fr, *state, 12345.5, 1), "12\u202f345,5");
	IS(lang_number(bn, *state, 1234567, 0), "১২,৩৪,৫৬৭");
	IS(lang_number(ar, *state, 59, 0), "٥٩");
	IS(lang_number(none, *state, 1234.5, 1), "1,234.5");
	IS(lang_ungrouped(en, *state, 2003), "2003");
	IS(lang_ungrouped(fr, *state, 12003), "12003");
	IS(lang_ungrouped(bn, *state, 2003), "২০০৩");
	IS(lang_ungrouped(ar, *state, 2003), "٢٠٠٣");
	IS(lang_ungrouped(none, *state, 2003), "2003");
	IS(lang_number(en, *state, 2003, 0), "2,003");
	IS(lang_percent(en, *state, 0.42), "42%");
	IS(lang_percent(fr, *state, 0.42), "42\u00a0%");
	IS(lang_percent(ar, *state, 1), "١٠٠٪\u061c");
	/* digits of two units each: longer than any number that stands on a page */
	IS(lang_number(ccp, *state, 12, 0), "\U00011137\U00011138");
	assert_int_equal(lang_number(ccp, *state, 1e308, 0).n, 309);
	assert_int_equal(lang_ungrouped(ccp, *state, 1e308).n, 309);
	assert_string_equal(lang_plural(en, INFINITY), "other");
	assert_string_equal(lang_plural(en, NAN), "other");
	lang_close(ccp);
	lang_close(en);
	lang_close(fr);
	lang_close(ar);
	lang_close(bn);
	lang_close(none);
}

static void
dates_are_gregorian(void **state)
{
	static const char *const rows[][3] = {
		{ "en", "2025-12-11", "December 11, 2025" }, { "en", "2025-12", "December 2025" }, { "en", "2025", "2025" },
		{ "fr", "1990-12-18", "18 décembre 1990" }, { "fr", "1990-12", "décembre 1990" },
		{ "zh-Hans", "2025-12-11", "2025年12月11日" }, { "zh-Hans", "2025", "2025年" },
		{ "fa", "2025-12-11", "۱۱ دسامبر ۲۰۲۵" }, { "th", "2025-12-11", "11 ธันวาคม ค.ศ. 2025" },
		{ "am", "2025-12-11", "11 ዲሴምበር 2025" }, { "ar", "2025-12-11", "١١ ديسمبر ٢٠٢٥" },
		{ "ru", "2025-12", "декабрь 2025\u202fг." }, { "bn", "2025-12-11", "১১ ডিসেম্বর, ২০২৫" },
		{ "en", "2024-02-29", "February 29, 2024" }, { "en", "1500-03-10", "March 10, 1500" }, { "en", "0001-01-01", "January 1, 1" },
		{ "en", "1970-01-01", "January 1, 1970" }, { "ht", "2025-12-11", "2025-12-11" },
		{ "x-test", "2025-12", "2025-12" }, { "nb", "2025-12-11", "11. desember 2025" }, { "nn", "2025-12-11", "11. desember 2025" },
		{ "no", "2025-12-11", "11. desember 2025" },
	};
	static const char *const bad[] = {
		"", "25", "2025-", "2025-13", "2025-00", "2025-1", "2025-02-29", "1900-02-29", "2025-04-31", "2025-12-00",
		"2025-12-11T00", "11/12/2025", "2025-12-1", "2025/12/11", "0000", "2025 ",
	};
	struct lang *en = lang_open(*state, VIEW("en"));
	struct view got;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i][0]));

		assert_true(lang_date(l, *state, view_str(rows[i][1]), &got));
		IS(got, rows[i][2]);
		lang_close(l);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (lang_date(en, *state, view_str(bad[i]), &got))
			fail_msg("'%s' accepted", bad[i]);
	lang_close(en);
}

static void
countries_are_never_borrowed(void **state)
{
	static const char *const rows[][3] = {
		{ "fr", "PE", "Pérou" }, { "fr", "PER", "Pérou" }, { "fr", "per", "Pérou" }, { "en", "BA", "Bosnia & Herzegovina" },
		{ "ar", "MA", "المغرب" }, { "zh-Hans", "MX", "墨西哥" }, { "ru", "TJ", "Таджикистан" }, { "bn", "BD", "বাংলাদেশ" },
		{ "pt-BR", "CPV", "Cabo Verde" }, { "en", "TLS", "Timor-Leste" },
	};
	static const char *const none[][2] = {
		{ "en", "ZZ" }, { "en", "SU" }, { "en", "EU" }, { "en", "419" }, { "en", "P" }, { "en", "PERU" }, { "en", "" },
		{ "en", "QQQ" }, { "ht", "PE" }, { "x-test", "PE" }, { "om", "BA" }, { "bo", "BA" }, { "mam", "PE" },
	};
	struct view got;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i][0]));

		if (!lang_country(l, *state, view_str(rows[i][1]), &got))
			fail_msg("no name of %s in %s", rows[i][1], rows[i][0]);
		IS(got, rows[i][2]);
		lang_close(l);
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct lang *l = lang_open(*state, view_str(none[i][0]));

		if (lang_country(l, *state, view_str(none[i][1]), &got))
			fail_msg("'%s' in %s: '%.*s'", none[i][1], none[i][0], VIEW_ARG(got));
		lang_close(l);
	}
}

static void
order_of(void **state, const char *tag, const char *first, const char *second)
{
	struct lang *l = lang_open(*state, view_str(tag));
	struct view a = lang_sort_key(l, *state, view_str(first)), b = lang_sort_key(l, *state, view_str(second));

	if (view_cmp(a, b) >= 0)
		fail_msg("%s: '%s' not before '%s'", tag, first, second);
	lang_close(l);
}

static void
collation_and_lists(void **state)
{
	static const struct view items[] = { { "a", 1 }, { "b", 1 }, { "c", 1 } };
	struct lang *en = lang_open(*state, VIEW("en")), *ar = lang_open(*state, VIEW("ar"));

	order_of(state, "fr", "eau", "école");
	order_of(state, "fr", "école", "zoo");
	order_of(state, "sv", "zoo", "ål");
	order_of(state, "de", "Äpfel", "Zaun");
	order_of(state, "zh-Hans", "阿", "中");
	order_of(state, "en", "", "a");
	order_of(state, "x-test", "a", "B");
	IS(lang_list(en, *state, items, 3), "a, b, and c");
	IS(lang_list(en, *state, items, 2), "a and b");
	IS(lang_list(en, *state, items, 1), "a");
	IS(lang_list(en, *state, items, 0), "");
	IS(lang_list(ar, *state, items, 2), "a وb");
	lang_close(en);
	lang_close(ar);
}

static void
normal_form(void **state)
{
	struct view same = VIEW("caf\u00e9 العربية 中文"), got;

	got = lang_nfc(*state, same);
	assert_ptr_equal(got.p, same.p);
	IS(lang_nfc(*state, VIEW("cafe\u0301")), "caf\u00e9");
	IS(lang_nfc(*state, VIEW("\u1112\u1161\u11ab")), "\ud55c");
	IS(lang_nfc(*state, VIEW("q\u0323\u0307 q\u0307\u0323")), "q\u0323\u0307 q\u0323\u0307");
	IS(lang_nfc(*state, VIEW("\u0958")), "\u0915\u093c");	/* grows */
	IS(lang_nfc(*state, VIEW("")), "");
	assert_true(lang_is_nfc(same));
	assert_true(lang_is_nfc(VIEW_NONE));
	assert_false(lang_is_nfc(VIEW("e\u0301")));
	assert_false(lang_is_nfc(VIEW("\u212b")));
	IS(lang_fold(*state, VIEW("HeLLo 1")), "hello 1");
	IS(lang_fold(*state, VIEW("Straße ÉCOLE Σς")), "strasse école σσ");
	IS(lang_fold(*state, VIEW("\u0390\u0390")), "\u03b9\u0308\u0301\u03b9\u0308\u0301");
	IS(lang_fold(*state, VIEW("")), "");
	IS(lang_fold(*state, VIEW("İşçi İ")), "işçi i");
}

static void
characters(void **state)
{
	(void)state;
	assert_true(lang_spaceless(0x0E01));	/* Thai */
	assert_true(lang_spaceless(0x0E81));
	assert_true(lang_spaceless(0x1780));
	assert_true(lang_spaceless(0x1000));
	assert_true(lang_spaceless(0x4E2D));
	assert_true(lang_spaceless(0x3042));
	assert_true(lang_spaceless(0x30FC));
	assert_true(lang_spaceless(0x3002));	/* 。 */
	assert_true(lang_spaceless(0xFF0C));
	assert_true(lang_spaceless(0x0F40));
	assert_true(lang_spaceless(0x20000));
	assert_false(lang_spaceless('a'));
	assert_false(lang_spaceless(0xD55C));	/* Hangul */
	assert_false(lang_spaceless(0x0939));
	assert_false(lang_spaceless(0x0628));
	assert_false(lang_spaceless(0x2019));
	assert_false(lang_spaceless(0x1F600));
	assert_false(lang_spaceless(0x110000));
	assert_true(lang_letter('a') && lang_letter('Z') && lang_letter(0xE9) && lang_letter(0x0301) && lang_letter(0x4E2D));
	assert_false(lang_letter('1') || lang_letter('@') || lang_letter('[') || lang_letter(0xD7) || lang_letter(0x110000));
	assert_true(view_is(lang_script_of(0x1781), "Khmr") && view_is(lang_script_of(' '), "Zyyy"));
	assert_true(view_is(lang_script_of(0x0301), "Zinh") && view_is(lang_script_of(0x110000), "Zzzz"));
	assert_true(lang_common('a') && lang_common(0x0627) && lang_common(0x4E2D) && lang_common(0x2019) && lang_common(0x1F600));
	/* a script of its own, a sign of Unicode 14, private, not assigned, none */
	assert_false(lang_common(0x1781) || lang_common(0x1FAE0) || lang_common(0xE000) || lang_common(0x0378) || lang_common(0x110000));
	assert_int_equal(lang_digit('7'), 7);
	assert_int_equal(lang_digit(0x0665), 5);
	assert_int_equal(lang_digit(0x09EF), 9);
	assert_int_equal(lang_digit('a'), -1);
	assert_int_equal(lang_digit(0xB2), -1);
	assert_int_equal(lang_digit(0x110000), -1);
	/* Tibetan, Javanese and Balinese have none either; what stands among ideographs; marks and signs that do not */
	assert_true(lang_spaceless(0xA98F) && lang_spaceless(0x1B05) && lang_spaceless(0x0F0B));
	assert_true(lang_spaceless(0x3000) && lang_spaceless(0x3001) && lang_spaceless(0xFF65) && lang_spaceless(0x3099));
	assert_false(lang_spaceless(0x2014) || lang_spaceless(0xFE0F) || lang_spaceless(0x0DF4) || lang_spaceless(0x0E3F));
	for (const char *none = "\x1F\x7F\t"; *none; none++)
		assert_int_equal(lang_columns(view_of(none, 1)), 0);
	assert_int_equal(lang_columns(VIEW("\xC2\x80\xC2\x9F\u00AD\u1160\u11FF\u20DD")), 0);
	assert_int_equal(lang_columns(VIEW("~\u00A0\u00B7\u02FF\u0370\u0903")), 6);
	assert_int_equal(lang_columns(VIEW("\u1100\u1200")), 3);
	assert_int_equal(lang_columns(VIEW("abc")), 3);
	assert_int_equal(lang_columns(VIEW("中文a")), 5);
	assert_int_equal(lang_columns(VIEW("e\u0301\u200d")), 1);
	assert_int_equal(lang_columns(VIEW("ｱＡ")), 3);
	assert_int_equal(lang_columns(VIEW("\u0e01\u0e34")), 1);
}

static void
line_breaks(void **state)
{
	static const struct {
		const char *tag, *text;
		size_t n, first;
	} rows[] = { { "en", "", 0, 0 }, { "en", "one", 1, 3 }, { "en", "one two-three", 3, 4 }, { "fr", "vrai ?", 1, 6 }, { "zh-Hans", "移徙工人。", 4, 3 } };
	struct lang *th = lang_open(*state, VIEW("th"));
	size_t *ends;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i].tag));
		struct view text = view_str(rows[i].text);
		size_t n = lang_breaks(l, *state, text, &ends);

		if (n != rows[i].n || (n && (ends[0] != rows[i].first || ends[n - 1] != text.n)))
			fail_msg("'%s': %zu pieces, the first of %zu", rows[i].text, n, n ? ends[0] : 0);
		lang_close(l);
	}
	assert_true(lang_breaks(th, *state, VIEW("สวัสดีครับ"), &ends) > 1);
	lang_close(th);
}

static void
words(void **state)
{
	static const struct {
		const char *tag, *text;
		size_t n;
	} rows[] = {
		{ "en", "", 0 }, { "en", "Hello, world!", 2 }, { "en", "don't e.g. 3.14 1,000; a_b - __ ...", 5 },
		{ "en", "x.1 1.x a'1", 6 }, { "en", "a:b", 2 }, { "en", "café crème", 2 }, { "en", "— \u2026", 0 },
		{ "th", "สวัสดีครับ", 2 }, { "zh-Hans", "移徙工人", 2 }, { "ar", "حقوق العمال المهاجرين", 3 },
		{ "ja", "これは本です。", 4 }, { "en", "\U00020000", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct lang *l = lang_open(*state, view_str(rows[i].tag));
		size_t n = lang_words(l, view_str(rows[i].text)), again = lang_words(l, view_str(rows[i].text));

		if (n != rows[i].n || again != n)
			fail_msg("'%s': %zu words, not %zu", rows[i].text, n, rows[i].n);
		lang_close(l);
	}
}

/* The shortcut for ASCII must count what ICU counts: the same text with a word that is not ASCII has one more. */
static void
ascii_words_are_icu_words(void **state)
{
	static const char letters[] = "ab1 2.,;'_-\" (\nZ";
	struct lang *en = lang_open(*state, VIEW("en"));
	unsigned seed = 1;

	for (int round = 0; round < 20000; round++) {
		char text[24];
		size_t n = 0, plain;

		for (; n < 12; n++) {
			seed = seed * 1103515245u + 12345u;
			text[n] = letters[(seed >> 16) % (sizeof letters - 1)];
		}
		plain = lang_words(en, view_of(text, n));
		memcpy(text + n, " \xC3\xA9", 4);
		if (lang_words(en, view_of(text, n + 3)) != plain + 1)
			fail_msg("'%.12s': %zu", text, plain);
	}
	lang_close(en);
}

static void
hosts(void **state)
{
	static const char *const good[] = {
		"", "example.org", "www.ohchr.org", "EXAMPLE.org", "caf\u00e9.fr", "xn--caf-dma.fr", "пример.рф", "例え.jp",
		"موقع.مصر", "b\u00fccher.de", "1-2.example", "пример.рф.", "XN--CAF-DMA.fr",
	};
	static const char *const bad[] = {
		"p\u0430ypal.com", "\u0430\u0440\u0440\u04cf\u0435.com", "xn--80ak6aa92e.com", "exam\u200bple.org",
		"g\u03bfogle.com", "ohchr\u2024org", "a\u202eb.org", "xn--\x80.com", "xn--zzzzzzzzz99999.com",
		"пример..рф", "\u0430\u0440\u0440.\u0441om", "пример.com\u00AD", "\uff45xample.org",
	};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (lang_suspicious_host(view_str(good[i])))
			fail_msg("'%s' is suspicious", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (!lang_suspicious_host(view_str(bad[i])))
			fail_msg("'%s' is not suspicious", bad[i]);
}

/* What a language answers does not depend on the environment. */
static void
environment_does_not_matter(void **state)
{
	struct lang *l;
	struct view got;

	setenv("LC_ALL", "sv_SE.UTF-8", 1);
	setenv("TZ", "Asia/Tokyo", 1);
	l = lang_open(*state, VIEW("mam"));
	IS(l->autonym, "mam");
	assert_false(lang_country(l, *state, VIEW("PE"), &got));
	assert_true(lang_date(l, *state, VIEW("2025-12-11"), &got));
	IS(got, "2025-12-11");
	IS(lang_number(l, *state, 1234.5, 1), "1,234.5");
	lang_close(l);
	l = lang_open(*state, VIEW("om"));	/* CLDR has it, but no names of countries */
	assert_false(lang_country(l, *state, VIEW("PE"), &got));
	lang_close(l);
	order_of(state, "rw", "\u00e5l", "zoo");	/* no order of its own: root's, not Swedish */
	order_of(state, "mam", "\u00e5l", "zoo");
	l = lang_open(*state, VIEW("en"));
	assert_true(lang_date(l, *state, VIEW("2025-12-11"), &got));
	IS(got, "December 11, 2025");
	lang_close(l);
}

/* Dates and numbers of a neighbour, or in other digits. */
static void
formats(void **state)
{
	struct arena a;
	struct view out;
	struct lang *l;

	(void)state;
	arena_init(&a);
	l = lang_open(&a, VIEW("en"));
	assert_true(lang_date(l, &a, VIEW("2025-12-11"), &out) && view_is(out, "December 11, 2025"));
	assert_true(lang_formats(l, VIEW("en-001")));
	assert_true(lang_date(l, &a, VIEW("2025-12-11"), &out) && view_is(out, "11 December 2025"));
	assert_false(lang_formats(l, VIEW("no tag")) || lang_formats(l, VIEW("")));
	assert_false(lang_formats(l, view_printf(&a, "en-x%0200d", 0)) || lang_formats(l, VIEW("en_001")));
	/* what was refused changed nothing */
	assert_true(lang_date(l, &a, VIEW("2025-12-11"), &out) && view_is(out, "11 December 2025"));
	lang_close(l);
	l = lang_open(&a, VIEW("ar"));
	assert_true(view_is(lang_number(l, &a, 42, 0), "\xD9\xA4\xD9\xA2"));
	assert_true(lang_formats(l, VIEW("ar-u-nu-latn")));
	assert_true(view_is(lang_number(l, &a, 42, 0), "42"));
	lang_close(l);
	arena_release(&a);
}

static void
three_letters(void **state)
{
	static const char *const codes[][2] = { { "ar", "ara" }, { "zh-Hans", "zho" }, { "fil", "fil" }, { "qu", "que" }, { "fa", "fas" }, { "x-own", "und" } };
	struct arena *a = *state;

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		struct lang *l = lang_open(a, view_str(codes[i][0]));

		IS(lang_iso639_3(l, a), codes[i][1]);
		lang_close(l);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		/* first, before ICU has read the environment */
		cmocka_unit_test_setup_teardown(environment_does_not_matter, setup, teardown),
		cmocka_unit_test_setup_teardown(tags_are_made_canonical, setup, teardown),
		cmocka_unit_test_setup_teardown(three_letters, setup, teardown),
		cmocka_unit_test_setup_teardown(names_and_direction, setup, teardown),
		cmocka_unit_test_setup_teardown(plural_categories, setup, teardown),
		cmocka_unit_test_setup_teardown(plural_examples, setup, teardown),
		cmocka_unit_test_setup_teardown(numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(dates_are_gregorian, setup, teardown),
		cmocka_unit_test_setup_teardown(countries_are_never_borrowed, setup, teardown),
		cmocka_unit_test_setup_teardown(collation_and_lists, setup, teardown),
		cmocka_unit_test_setup_teardown(normal_form, setup, teardown),
		cmocka_unit_test_setup_teardown(characters, setup, teardown),
		cmocka_unit_test_setup_teardown(words, setup, teardown),
		cmocka_unit_test_setup_teardown(line_breaks, setup, teardown),
		cmocka_unit_test_setup_teardown(ascii_words_are_icu_words, setup, teardown),
		cmocka_unit_test_setup_teardown(hosts, setup, teardown),
		cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
