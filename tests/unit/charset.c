/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/charset: every allowed charset with good, cut off and mislabelled bytes; the check of text. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "format/charset.h"

static struct arena arena;
static struct diags diags;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	diags_init(&diags);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}

/* The first message as "line:col id [args 1 to 3]", or "". */
static const char *
message(void)
{
	const struct diag *d = diags.list.n ? LIST_AT(&diags.list, struct diag, 0) : NULL;
	struct buf b;
	struct view v;

	if (!d)
		return "";
	buf_init(&b);
	buf_printf(&b, "%u:%u ", d->place.line, d->place.col);
	diag_name(&b, d->id);
	if (d->id != DIAG_charset_unknown)
		for (int i = 0; i < 3 && d->args[i].n; i++)
			buf_printf(&b, " %.*s", VIEW_ARG(d->args[i]));
	v = view_copy(&arena, view_buf(&b));
	buf_release(&b);
	assert_int_equal(diags.list.n, 1);
	return v.p;
}

static void
again(void)
{
	diags_release(&diags);
	diags_init(&diags);
}

static void
reads(struct view bytes, const char *charset, const char *expected)
{
	struct view text = VIEW_NONE;

	again();
	if (!charset_text(&arena, bytes, view_str(charset), VIEW("f"), &text, &diags))
		fail_msg("%s: %s", charset, message());
	assert_int_equal(diags.list.n, 0);
	assert_string_equal(view_copy(&arena, text).p, expected);
	assert_int_equal(text.n, strlen(expected));
}

static void
refuses(struct view bytes, const char *charset, const char *expected)
{
	struct view text;

	again();
	assert_false(charset_text(&arena, bytes, view_str(charset), VIEW("f"), &text, &diags));
	assert_string_equal(message(), expected);
}

/*
 * One row for each allowed charset: other names, a word and its bytes. `broken` is what these bytes are not: a byte that the
 * charset does not have ("" when it has all), and for charsets of several bytes the message when the last byte is missing.
 */
struct sample {
	const char *name, *alias, *text;
	struct view bytes;
	const char *broken;
	const char *cut;
};

static const struct sample samples[] = {
	{ "utf-8", "UTF_8", "h\xC3\xA9", { "h\xC3\xA9", 3 }, "\xFF", "1:2 utf8-invalid 0xC3" },
	{ "us-ascii", "ASCII", "he", { "he", 2 }, "\xE9", NULL },
	{ "utf-16", "Unicode", "\xC3\xA9\xE4\xB8\xAD", { "\xE9\0\x2D\x4E", 4 }, NULL,
	    "1:2 charset-invalid 0x2D utf-16 , or was cut off here" },
	{ "utf-16le", "UTF16LE", "\xC3\xA9", { "\xE9\0", 2 }, NULL,
	    "1:1 charset-invalid 0xE9 utf-16le , or was cut off here" },
	{ "utf-16be", "UTF16BE", "\xC3\xA9", { "\0\xE9", 2 }, NULL,
	    "1:1 charset-invalid 0x00 utf-16be , or was cut off here" },
	{ "windows-1250", "cp1250", "\xC5\x82", { "\xB3", 1 }, "\x83", NULL },
	{ "windows-1251", "CP-1251", "\xD0\xB4", { "\xE4", 1 }, "\x98", NULL },
	{ "windows-1252", "ISO-8859-1", "\xE2\x82\xAC\xC3\xA9", { "\x80\xE9", 2 }, "\x81", NULL },
	{ "windows-1253", "cp1253", "\xCE\xB4", { "\xE4", 1 }, "\x81", NULL },
	{ "windows-1254", "latin5", "\xC4\x9F", { "\xF0", 1 }, "\x81", NULL },
	{ "windows-1255", "cp1255", "\xD7\xA9", { "\xF9", 1 }, "\x81", NULL },
	{ "windows-1256", "cp1256", "\xD9\xBE\xD8\xB4", { "\x81\xD4", 2 }, "", NULL },
	{ "windows-1257", "cp1257", "\xC4\x97", { "\xEB", 1 }, "\x81", NULL },
	{ "windows-1258", "cp1258", "\xC4\x91\xE2\x82\xAB", { "\xF0\xFE", 2 }, "\xD2\x8A", NULL },
	{ "windows-874", "TIS-620", "\xE0\xB8\x81\xE2\x82\xAC", { "\xA1\x80", 2 }, "\x81", NULL },
	{ "iso-8859-2", "Latin2", "\xC5\x82", { "\xB3", 1 }, "\x9A", NULL },
	{ "iso-8859-3", "Latin3", "\xC4\xA7", { "\xB1", 1 }, "\xA5", NULL },
	{ "iso-8859-4", "Latin4", "\xC4\x93", { "\xBA", 1 }, "\x85", NULL },
	{ "iso-8859-5", "Cyrillic", "\xD0\xB4", { "\xD4", 1 }, "\x85", NULL },
	{ "iso-8859-6", "Arabic", "\xD8\xB4", { "\xD4", 1 }, "\xFF", NULL },
	{ "iso-8859-7", "Greek", "\xCE\xB4", { "\xE4", 1 }, "\xD2", NULL },
	{ "iso-8859-8", "Hebrew", "\xD7\xA9", { "\xF9", 1 }, "\xBF", NULL },
	{ "iso-8859-10", "Latin6", "\xC4\x93", { "\xB2", 1 }, "\x85", NULL },
	{ "iso-8859-13", "Latin7", "\xC4\x97", { "\xEB", 1 }, "\x85", NULL },
	{ "iso-8859-14", "Latin8", "\xC5\xB7", { "\xFE", 1 }, "\x85", NULL },
	{ "iso-8859-15", "Latin9", "\xE2\x82\xAC", { "\xA4", 1 }, "\x85", NULL },
	{ "iso-8859-16", "Latin10", "\xC8\x99", { "\xBA", 1 }, "\x85", NULL },
	{ "koi8-r", "KOI8", "\xD0\xB4", { "\xC4", 1 }, "", NULL },
	{ "koi8-u", "KOI8-RU", "\xD1\x94", { "\xA4", 1 }, "", NULL },
	{ "koi8-t", "KOI8T", "\xD2\xB6", { "\x8E", 1 }, "\x88", NULL },
	{ "kz-1048", "RK1048", "\xD2\x93", { "\xBA", 1 }, "\x98", NULL },
	{ "pt154", "PTCP154", "\xD3\x99", { "\xBA", 1 }, "", NULL },
	{ "ibm850", "cp850", "\xC3\xA9", { "\x82", 1 }, "", NULL },
	{ "ibm852", "cp852", "\xC5\x82", { "\x88", 1 }, "", NULL },
	{ "ibm866", "cp866", "\xD0\xB4", { "\xA4", 1 }, "", NULL },
	{ "macintosh", "Mac-Roman", "\xC3\xA9", { "\x8E", 1 }, "", NULL },
	{ "armscii-8", "ARMSCII8", "\xD4\xB1", { "\xB2", 1 }, "\xFF", NULL },
	{ "georgian-ps", "georgianps", "\xE1\x83\x90", { "\xC0", 1 }, "", NULL },
	{ "georgian-academy", "georgianacademy", "\xE1\x83\x90", { "\xC0", 1 }, "", NULL },
	{ "viscii", "VISCII1.1-1", "\xE1\xBA\xA1", { "\xD5", 1 }, "", NULL },
	{ "tcvn", "TCVN-5712", "\xC4\x83", { "\xA8", 1 }, NULL, NULL },
	{ "tscii", "TSCII", "\xE0\xAE\x85", { "\xAB", 1 }, "\xFF", NULL },
	{ "gb18030", "GB2312", "\xE4\xB8\xAD", { "\xD6\xD0", 2 }, "\xFF",
	    "1:1 charset-invalid 0xD6 gb18030 , or was cut off here" },
	{ "big5", "Big5-HKSCS", "\xE4\xB8\xAD", { "\xA4\xA4", 2 }, "\xFF",
	    "1:1 charset-invalid 0xA4 big5 , or was cut off here" },
	{ "shift_jis", "SJIS", "\xE4\xB8\xAD\xE2\x91\xA0", { "\x92\x86\x87\x40", 4 }, "\xFF",
	    "1:2 charset-invalid 0x87 shift_jis , or was cut off here" },
	{ "euc-jp", "EUCJP", "\xE4\xB8\xAD", { "\xC3\xE6", 2 }, "\xFF",
	    "1:1 charset-invalid 0xC3 euc-jp , or was cut off here" },
	{ "iso-2022-jp", "JIS", "\xE4\xB8\xAD", { "\033$BCf", 5 }, "\xFF",
	    "1:1 charset-invalid 0x43 iso-2022-jp , or was cut off here" },
	{ "euc-kr", "KS_C_5601-1987", "\xED\x95\x9C\xEB\x98\xA0", { "\xC7\xD1\x8C\x63", 4 }, "\xFF",
	    "1:2 charset-invalid 0x8C euc-kr , or was cut off here" },
};

enum { NSAMPLES = sizeof samples / sizeof *samples };

static void
test_every(void **state)
{
	struct view names = charset_names(&arena), rest = names, name;
	size_t n = 0;

	(void)state;
	for (const struct sample *s = samples; s < samples + NSAMPLES; s++) {
		struct buf b;

		reads(s->bytes, s->name, s->text);
		reads(s->bytes, s->alias, s->text);
		assert_true(charset_known(view_str(s->alias)));
		if (s->cut)
			refuses(view_slice(s->bytes, 0, s->bytes.n - 1), s->name, s->cut);
		if (!s->broken || !*s->broken)
			continue;
		/* the impossible byte stands in the third line, whatever ended the others */
		buf_init(&b);
		buf_puts(&b, "a\r\nb\rc");
		buf_puts(&b, s->broken);
		refuses(view_buf(&b), s->name, view_printf(&arena, strlen(s->broken) > 1 ? "3:3 charset-invalid 0x%02X %s" :
		    s == samples ? "3:2 utf8-invalid 0x%02X" : "3:2 charset-invalid 0x%02X %s",
		    (unsigned char)s->broken[strlen(s->broken) - 1], s->name).p);
		buf_release(&b);
	}
	while (view_cut(&rest, ',', &name))
		assert_true(n < NSAMPLES && view_is(view_trim(name), samples[n++].name));
	assert_int_equal(n, NSAMPLES);
}

static void
test_mislabelled(void **state)
{
	static const char utf8[] = "\xC3\xA9t\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97\xE5\xBD\xA2\n";

	(void)state;
	for (const struct sample *s = samples + 1; s < samples + NSAMPLES; s++) {
		const char *expected = view_printf(&arena, "0:0 charset-mislabelled %s", s->name).p;

		refuses(view_str(utf8), s->name, expected);
		refuses(VIEW("\xEF\xBB\xBF" "a\n"), s->name, expected);
	}
	/* what is UTF-8 by chance: a Thai word, a few Han characters */
	reads(VIEW("\xE0\xA2\xB5"), "tis-620", "\xE0\xB9\x80\xE0\xB8\x82\xE0\xB8\x95");
	reads(VIEW("\xC1\xAA\xCD\xA8"), "gbk", "\xE8\x81\x94\xE9\x80\x9A");
	reads(VIEW("\xC3\x80\n"), "windows-1252", "\xC3\x83\xE2\x82\xAC\n");
	/* other charsets that call themselves UTF-8 */
	for (const struct sample *s = samples + 2; s < samples + NSAMPLES; s++) {
		struct view text;

		again();
		assert_false(charset_text(&arena, s->bytes, VIEW("utf-8"), VIEW("f"), &text, &diags));
		assert_int_equal(diags.list.n, 1);
	}
	refuses(VIEW("\xFF\xFE" "a\0"), NULL, "1:1 utf8-invalid 0xFF");
	assert_non_null(strstr(LIST_AT(&diags.list, struct diag, 0)->note.p, "utf-16"));
}

static void
test_names(void **state)
{
	static const char *const unknown[] = { "utf-7", "utf-32", "ebcdic", "-", "_-", "x y", " utf-8", "utf-8 ", "8",
		"utf-8//IGNORE", "cp1252//TRANSLIT", "a-very-long-name-that-nobody-gave-to-a-charset", "\xC3\xA9" };

	(void)state;
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
		assert_false(charset_known(view_str(unknown[i])));
		refuses(VIEW("a"), unknown[i], "0:0 charset-unknown");
	}
	assert_true(charset_known(VIEW("")));
	assert_true(charset_known(VIEW("U-T_F8")));
	reads(VIEW("\xC3\xA9"), NULL, "\xC3\xA9");
	reads(VIEW("\xC3\xA9"), "", "\xC3\xA9");
	/* marks of byte order decide, and go */
	reads(VIEW("\xFE\xFF\0a"), "utf-16", "a");
	reads(VIEW("\xFF\xFE" "a\0"), "utf-16", "a");
	reads(VIEW("\xFF\xFE" "a\0"), "utf-16le", "a");
	reads(VIEW("\xFE\xFF\0a"), "utf-16be", "a");
	refuses(VIEW("\0\xD8" "a\0"), "utf-16le", "1:1 charset-invalid 0x00 utf-16le");
	/* longer than one buffer */
	{
		struct buf b, e;

		buf_init(&b);
		buf_init(&e);
		for (int i = 0; i < 5000; i++) {
			buf_puts(&b, "\xB5\xD8");
			buf_puts(&e, "\xE5\x9C\xB0");
		}
		reads(view_buf(&b), "gb2312", e.p);
		buf_release(&b);
		buf_release(&e);
	}
}

static void
test_lines(void **state)
{
	struct view in = VIEW("a\nb\n"), out;

	(void)state;
	reads(VIEW("a\r\nb\rc\n\r\r\nd"), NULL, "a\nb\nc\n\n\nd");
	reads(VIEW("\r"), NULL, "\n");
	reads(VIEW("\xEF\xBB\xBF" "a"), NULL, "a");
	reads(VIEW("a\xEF\xBB\xBF"), NULL, "a\xEF\xBB\xBF");
	reads(VIEW("\xE9\r\n\xE9\r"), "latin1", "\xC3\xA9\n\xC3\xA9\n");
	reads(VIEW("a\0\r\0\n\0b\0"), "utf-16", "a\nb");
	reads(VIEW_NONE, NULL, "");
	reads(VIEW_NONE, "latin1", "");
	/* nothing to change: no copy */
	assert_true(charset_text(&arena, in, VIEW_NONE, VIEW("f"), &out, &diags));
	assert_ptr_equal(in.p, out.p);
}

static void
checks(struct view text, const char *expected)
{
	again();
	assert_int_equal(text_check(text, VIEW("f"), &diags), *expected == '\0');
	assert_string_equal(message(), expected);
}

static void
test_check(void **state)
{
	(void)state;
	checks(VIEW(""), "");
	checks(VIEW_NONE, "");
	checks(VIEW("a\tb\nc\xC2\xA0\xE2\x80\xAF\xE2\x80\x8F\xF0\x9F\x99\x82\xE2\x81\xA7 ~"), "");
	checks(VIEW("a\n\xC3\xA9\0b"), "2:2 text-control U+0000");
	checks(VIEW("\033[1m"), "1:1 text-control U+001B");
	checks(VIEW("a\177"), "1:2 text-control U+007F");
	checks(VIEW("a\xC2\x80"), "1:2 text-control U+0080");
	checks(VIEW("a\xC2\x9F"), "1:2 text-control U+009F");
	checks(VIEW("a\xC2\x85"), "1:2 text-odd-line U+0085");
	checks(VIEW("\xC3\xA9\xE2\x80\xA8"), "1:2 text-odd-line U+2028");
	checks(VIEW("\xE2\x80\xA9"), "1:1 text-odd-line U+2029");
	checks(VIEW("a\n\xC3\xA9\xC3"), "2:2 utf8-invalid 0xC3");
	checks(VIEW("a\n\xC3\xA9\xC3z"), "2:2 utf8-invalid 0xC3");
	checks(VIEW("\xED\xA0\x80"), "1:1 utf8-invalid 0xED");
	checks(VIEW("\xC0\x80"), "1:1 utf8-invalid 0xC0");
	/* a byte that is not UTF-8 comes first, for then the rest means nothing */
	checks(VIEW("\033\xFF"), "1:2 utf8-invalid 0xFF");
}

/* By code points, 0 ends them. */
static bool
zawgyi(const uint32_t *points)
{
	struct buf b;
	bool is;

	buf_init(&b);
	for (; *points; points++)
		utf8_put(&b, *points);
	is = charset_zawgyi(view_buf(&b));
	buf_release(&b);
	return is;
}

/* What only Zawgyi writes: a vowel E before its letter. Which letters there are Unicode says. */
static void
test_zawgyi_letters(void **state)
{
	(void)state;
	for (uint32_t c = 0x1000; c <= 0x109F; c++) {
		int kind = u_getIntPropertyValue((UChar32)c, UCHAR_INDIC_SYLLABIC_CATEGORY);
		/* of the vowels those that carry signs as letters do; of the signs the one that is written as a word */
		bool vowel = c == 0x1021 || c == 0x1025 || c == 0x1027 || c == 0x1029 || (c >= 0x1052 && c <= 0x1055);
		bool letter = kind == U_INSC_CONSONANT || kind == U_INSC_CONSONANT_MEDIAL || vowel || c == 0x104E;

		if (c != 0x1039 && zawgyi((const uint32_t[]){ ' ', 0x1031, c, 0 }) != letter)
			fail_msg("U+%04X", c);
	}
}

static void
test_zawgyi(void **state)
{
	static const struct {
		uint32_t points[12];
		bool is;
	} rows[] = {
		{ { 0 }, false }, { { 'a', 0 }, false },
		{ { 0x1000, 0x103B, 0x1031, 0x102C, 0x1004, 0x103A, 0x1038, 0 }, false },	/* "school" */
		{ { 0x1031, 0x1000, 0x103A, 0x102C, 0x1004, 0x1039, 0x1038, 0 }, true },	/* the same in Zawgyi */
		{ { 0x1000, 0x1039, 0x1001, 0 }, false }, { { 0x1000, 0x1039, 0 }, true }, { { 0x1000, 0x1039, ' ', 0 }, true },
		{ { 0x1000, 0x103A, 0x102C, 0 }, true }, { { 0x1000, 0x103A, 0x1032, 0 }, true }, { { 0x1000, 0x103A, 0x1037, 0 }, false },
		{ { 0x1000, 0x103A, 0x102F, 0 }, false }, { { 0x102C, 0x103A, 0x102C, 0 }, false }, { { 0x1000, 0x103A, 0 }, false },
		{ { 0x103B, 0x1000, 0 }, true }, { { 0x1000, 0x103B, 0x103D, 0 }, false }, { { ' ', 0x103B, ' ', 0 }, false },
		{ { 0x1000, 0x103C, 0x1031, 0x102C, 0 }, false }, { { 0x105A, 0x105E, 0x1031, 0x102C, 0 }, false },
		{ { 0x1075, 0x1082, 0x1031, 0x1085, 0 }, false }, { { ' ', 0x1031, ' ', 0 }, false },
		/* one slip is outweighed by what only Unicode writes */
		{ { 0x1031, 0x1000, ' ', 0x1000, 0x1031, ' ', 0x1000, 0x103A, 0x1038, 0 }, false },
		{ { 0x1031, 0x1000, ' ', 0x1031, 0x1000, ' ', 0x1000, 0x1031, ' ', 0 }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (zawgyi(rows[i].points) != rows[i].is)
			fail_msg("row %zu is%s Zawgyi", i, rows[i].is ? " not" : "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every), TEST(test_mislabelled), TEST(test_names), TEST(test_lines), TEST(test_check), TEST(test_zawgyi_letters), TEST(test_zawgyi),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
