/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/charset: which charsets are suggested for a file, and what is taken for Zawgyi. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>

#include "format/charset.h"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct view
encoded(const char *text, const char *charset)
{
	size_t left = strlen(text), room = 4 * left + 16;
	char *out = arena_alloc(&arena, room), *to = out, *in = arena_copy(&arena, text, left);
	iconv_t cd = iconv_open(charset, "UTF-8");

	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &left, &to, &room) != (size_t)-1);
	iconv_close(cd);
	return view_of(out, (size_t)(to - out));
}

static void
test_suggest(void **state)
{
	static const struct { const char *text, *charset, *name; } rows[] = {
		{ "Права всех трудящихся-мигрантов и членов их семей", "CP1251", "windows-1251" },
		{ "Права всех трудящихся-мигрантов и членов их семей", "KOI8-R", "koi8-r" },
		{ "Права всех трудящихся-мигрантов и членов их семей", "CP866", "ibm866" },
		{ "Lisez « notre » guide avant d’écrire à l’étranger.", "CP1252", "windows-1252" },
		{ "حقوق جميع العمال المهاجرين وأفراد أسرهم", "CP1256", "windows-1256" },
		{ "Τα δικαιώματα όλων των μεταναστών", "CP1253", "windows-1253" },
		{ "Droits de tous les étrangers", "UTF-8", "utf-8" },
		{ "Rights of all", "UTF-16", "utf-16" },
		{ "สิทธิของแรงงานย้ายถิ่นทุกคน", "CP874", "windows-874" },
		{ "이주노동자의 권리를 보호한다", "UHC", "euc-kr" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct view got = charset_suggest(&arena, encoded(rows[i].text, rows[i].charset));

		if (view_search(got, view_str(rows[i].name)) == got.n)
			fail_msg("%s: %.*s", rows[i].charset, VIEW_ARG(got));
	}
}

static void
test_none(void **state)
{
	(void)state;
	assert_int_equal(charset_suggest(&arena, VIEW("only ASCII")).n, 0);
	assert_int_equal(charset_suggest(&arena, VIEW_NONE).n, 0);
	assert_int_equal(charset_suggest(&arena, VIEW("\x89PNG\r\n\x1A\n\x01\x02\x03\x04")).n, 0);
}

static void
test_zawgyi(void **state)
{
	static const char *const zawgyi[] = { "ျမန္မာႏိုင္ငံ", "ေရႊ႕ေျပာင္းအလုပ္သမားမ်ား", "ကၽြန္ေတာ္တို႔၏ အခြင့္အေရးမ်ား", "မဂၤလာပါ ခင္ဗ်ာ ေနေကာင္းလား" };
	static const char *const unicode[] = { "မြန်မာနိုင်ငံ", "ရွှေ့ပြောင်းအလုပ်သမားများ", "ကျွန်တော်တို့၏ အခွင့်အရေးများ", "မင်္ဂလာပါ ခင်ဗျာ နေကောင်းလား",
		"အားလုံးသော ရွှေ့ပြောင်းအလုပ်သမားများနှင့် ၎င်းတို့၏ မိသားစုဝင်များ၏ အခွင့်အရေးများ", "ၵႂၢမ်းတႆး လႄႈ လိၵ်ႈ", "ကညီကျိာ်", "no Burmese", "" };

	(void)state;
	for (size_t i = 0; i < sizeof zawgyi / sizeof *zawgyi; i++)
		if (!charset_zawgyi(view_str(zawgyi[i])))
			fail_msg("not seen: %s", zawgyi[i]);
	for (size_t i = 0; i < sizeof unicode / sizeof *unicode; i++)
		if (charset_zawgyi(view_str(unicode[i])))
			fail_msg("taken for Zawgyi: %s", unicode[i]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_suggest), TEST(test_none), TEST(test_zawgyi) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
