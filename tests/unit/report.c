/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of command/report: the three forms, snippets and carets, limits, exit codes. */
#include "tree.h"

#include "command/report.h"
#include "format/json.h"

static void
put(struct tree *t, const char *path, const char *text)
{
	assert_int_equal(file_write(&t->root, view_str(path), view_str(text), &t->diags), FILE_WRITTEN);
}

/* What report_print writes; in the tree's arena. */
static const char *
printed(struct tree *t, struct report r)
{
	char *text;
	long n;

	r.out = tmpfile();
	assert_non_null(r.out);
	report_print(&r, &t->diags);
	n = ftell(r.out);
	rewind(r.out);
	text = arena_alloc(&t->arena, (size_t)n + 1);
	assert_int_equal(fread(text, 1, (size_t)n, r.out), n);
	fclose(r.out);
	return text;
}

static void
text_is(struct tree *t, const char *expected)
{
	t->site.root = t->root;
	t->site.arena = &t->arena;
	assert_string_equal(printed(t, (struct report){ .site = &t->site }), expected);
	t->site.root.fd = -1;
	diags_release(&t->diags);
	diags_init(&t->diags);
}

/* A message with a short text at a place of "a.md". */
static void
at(struct tree *t, unsigned line, unsigned col, unsigned len)
{
	diag(&t->diags, link_missing, place_at(VIEW("a.md"), line, col, len), VIEW("x.md"));
}

#define HEAD(place) "a.md:" place " error: there is no page 'x.md' [link-missing]\n"
#define ADVICE "      = the link was left out; correct the address, or make the page\n"

static void
test_caret(void **state)
{
	struct tree *t = *state;

	put(t, "a.md", "one\nRead [our *guide*](guid.md) to learn why\nend");
	at(t, 2, 20, 7);
	diag_note(&t->diags, "did you mean '%s'?", "guide.md");
	text_is(t, HEAD("2:20:")
	    "    2 | Read [our *guide*](guid.md) to learn why\n"
	    "      |                    ^~~~~~~\n"
	    ADVICE
	    "      = did you mean 'guide.md'?\n");
	at(t, 3, 2, 90);	/* longer than the line */
	text_is(t, HEAD("3:2:") "    3 | end\n      |  ^~\n" ADVICE);
	at(t, 3, 4, 0);		/* behind the line */
	text_is(t, HEAD("3:4:") "    3 | end\n      |    ^\n" ADVICE);
}

static void
test_no_snippet(void **state)
{
	struct tree *t = *state;

	put(t, "a.md", "one\n\nthree\n");
	at(t, 1, 0, 0);		/* no column: no caret */
	text_is(t, HEAD("1:") "    1 | one\n" ADVICE);
	at(t, 2, 1, 0);		/* an empty line */
	text_is(t, HEAD("2:1:") ADVICE);
	at(t, 9, 1, 0);		/* behind the end */
	text_is(t, HEAD("9:1:") ADVICE);
	at(t, 0, 0, 0);
	text_is(t, "a.md: error: there is no page 'x.md' [link-missing]\n" ADVICE);
	diag(&t->diags, file_missing, place_at(VIEW("b.md"), 1, 1, 0), VIEW("b.md"));
	text_is(t, "b.md:1:1: error: file 'b.md' does not exist [file-missing]\n      = check the spelling, or make the file\n");
	diag(&t->diags, memory, PLACE_NONE, VIEW(""));
	text_is(t, "waypost: error: out of memory [memory]\n"
	    "      = nothing was published; close other programs or build fewer languages at a time\n");
}

static void
test_wide(void **state)
{
	struct tree *t = *state;

	put(t, "a.md", "\xe4\xb8\x96\xe7\x95\x8c [\xe4\xb8\x96](x)\na\tb\ne\xcc\x81" "cole\r\nlast\rvery last\n");
	at(t, 1, 4, 3);
	text_is(t, HEAD("1:4:") "    1 | \xe4\xb8\x96\xe7\x95\x8c [\xe4\xb8\x96](x)\n      |      ^~~~\n" ADVICE);
	at(t, 2, 3, 1);
	text_is(t, HEAD("2:3:") "    2 | a    b\n      |      ^\n" ADVICE);
	at(t, 3, 3, 2);		/* the accent takes no column */
	text_is(t, HEAD("3:3:") "    3 | e\xcc\x81" "cole\n      |  ^~\n" ADVICE);
	at(t, 5, 6, 4);		/* CR ends a line, too */
	text_is(t, HEAD("5:6:") "    5 | very last\n      |      ^~~~\n" ADVICE);
}

static void
test_right_to_left(void **state)
{
	struct tree *t = *state;

	put(t, "a.md", "a \xd7\xa9\xd7\x9c [x](y)\nb \xe2\x80\xae" "c\nd\033[31me\nf \xff g\n");
	at(t, 1, 6, 3);
	text_is(t, HEAD("1:6:") "    1 | \xe2\x81\xa8" "a \xd7\xa9\xd7\x9c [x](y)\xe2\x81\xa9\n" ADVICE);
	at(t, 2, 3, 1);
	text_is(t, HEAD("2:3:") "    2 | b <U+202E>c\n" ADVICE);
	at(t, 3, 2, 1);
	text_is(t, HEAD("3:2:") "    3 | d<U+001B>[31me\n" ADVICE);
	at(t, 4, 3, 1);
	text_is(t, HEAD("4:3:") "    4 | f <0xFF> g\n" ADVICE);
	diag(&t->diags, link_missing, place_file(VIEW("a\033.md")), VIEW("\xd7\xa9"));
	text_is(t, "a<U+001B>.md: error: \xe2\x81\xa8there is no page '\xd7\xa9'\xe2\x81\xa9 [link-missing]\n" ADVICE);
}

/* A long line is cut around the place, whose column stays right. */
static void
test_long_line(void **state)
{
	struct tree *t = *state;
	char line[401];
	const char *text, *row, *caret;
	unsigned cols[] = { 1, 90, 200, 400 };

	for (int i = 0; i < 400; i++)
		line[i] = (char)(i % 10 == 9 ? ' ' : 'a' + i % 26);
	line[400] = 0;
	put(t, "a.md", line);
	for (size_t i = 0; i < sizeof cols / sizeof *cols; i++) {
		size_t n = 0;

		line[cols[i] - 1] = '@';
		assert_int_equal(file_write(&t->root, VIEW("a.md"), view_str(line), &t->diags), FILE_WRITTEN);
		at(t, 1, cols[i], 1);
		t->site.root = t->root;
		text = printed(t, (struct report){ .site = &t->site });
		row = strchr(text, '\n') + 1;
		caret = strchr(row, '\n') + 1;
		for (const char *p = row; *p != '@'; p++)
			n += ((unsigned char)*p & 0xC0) != 0x80;
		assert_int_equal(strchr(caret, '^') - caret, n);
		assert_in_range(strchr(row, '\n') - row, 8 + 40, 8 + 96 + 6);
		line[cols[i] - 1] = 'x';
		diags_release(&t->diags);
		diags_init(&t->diags);
		t->site.root.fd = -1;
	}
}

/* Lines of a catalog are shown in the charset its language says. */
static void
test_charset(void **state)
{
	struct tree *t = *state;
	struct lang lang = { .tag = VIEW("fr") };
	struct language fr = { .lang = &lang, .dir = VIEW("translations/fr"), .charset = VIEW("windows-1252") };
	struct language *all[] = { &fr };

	put(t, "translations/fr/a.yaml", "\xe9t\xe9: x\n");
	t->site.languages = all;
	t->site.nlanguages = 1;
	diag(&t->diags, yaml_key, place_at(VIEW("translations/fr/a.yaml"), 1, 1, 3), VIEW("\xc3\xa9t\xc3\xa9"), VIEW(""));
	text_is(t, "translations/fr/a.yaml:1:1: warning: unknown key '\xc3\xa9t\xc3\xa9' [yaml-key]\n"
	    "    1 | \xc3\xa9t\xc3\xa9: x\n      | ^~~\n      = it is kept and not used\n");
	t->site.nlanguages = 0;
}

static void
test_limit(void **state)
{
	struct tree *t = *state;
	const char *text;

	for (unsigned i = 1; i <= 102; i++)
		at(t, i, 1, 0);
	diag(&t->diags, site_title, place_at(VIEW("z.yaml"), 1, 1, 0), VIEW(""));
	text = printed(t, (struct report){ 0 });
	assert_non_null(strstr(text, "\na.md:100:1:"));
	assert_null(strstr(text, "\na.md:101:1:"));
	assert_non_null(strstr(text, "z.yaml:1:1: warning:"));
	assert_non_null(strstr(text, "\xe2\x80\xa6 and 2 errors more; -v shows all\n"));
	text = printed(t, (struct report){ .all = true });
	assert_non_null(strstr(text, "\na.md:102:1:"));
	assert_null(strstr(text, "more; -v"));
}

static void
test_color(void **state)
{
	struct tree *t = *state;
	const char *text;

	put(t, "a.md", "one\n");
	at(t, 1, 1, 3);
	t->site.root = t->root;
	text = printed(t, (struct report){ .site = &t->site, .color = true });
	t->site.root.fd = -1;
	assert_non_null(strstr(text, "\033[31merror: "));
	assert_non_null(strstr(text, "\033[32m^~~\033[0m\n"));
}

static const struct json *
member(const struct json *o, const char *key)
{
	const struct json *m = json_get(o, key);

	assert_non_null(m);
	return m;
}

static void
test_json(void **state)
{
	struct tree *t = *state;
	const struct json *list, *o;
	struct view error;

	assert_string_equal(printed(t, (struct report){ .format = FORMAT_JSON }), "[]\n");
	at(t, 9, 8, 7);
	diag_note(&t->diags, "a \"note\"");
	diag(&t->diags, site_title, place_file(VIEW("a.md")), VIEW(""));
	list = json_read(&t->arena, view_str(printed(t, (struct report){ .format = FORMAT_JSON })), &error);
	assert_non_null(list);
	o = list->child;	/* sorted: no line comes first */
	assert_true(view_is(member(o, "level")->text, "warning"));
	assert_true(view_is(member(o, "id")->text, "site-title"));
	assert_int_equal((int)member(o, "line")->number, 0);
	o = o->next;
	assert_true(view_is(member(o, "file")->text, "a.md"));
	assert_int_equal((int)member(o, "line")->number, 9);
	assert_int_equal((int)member(o, "column")->number, 8);
	assert_int_equal((int)member(o, "length")->number, 7);
	assert_true(view_is(member(o, "level")->text, "error"));
	assert_true(view_is(member(o, "id")->text, "link-missing"));
	assert_true(view_is(member(o, "text")->text, "there is no page 'x.md'"));
	assert_true(view_starts(member(o, "advice")->text, "the link was left out"));
	assert_true(view_is(member(o, "note")->text, "a \"note\""));
	assert_null(o->next);
}

static void
test_github(void **state)
{
	struct tree *t = *state;

	diag(&t->diags, link_missing, place_at(VIEW("a,b:c.md"), 3, 4, 5), VIEW("100%"));
	diag_note(&t->diags, "note");
	diag(&t->diags, memory, PLACE_NONE, VIEW(""));
	assert_string_equal(printed(t, (struct report){ .format = FORMAT_GITHUB }),
	    "::error title=memory::out of memory%0Anothing was published; close other programs or build fewer languages at a "
	    "time\n"
	    "::error file=a%2Cb%3Ac.md,line=3,col=4,title=link-missing::there is no page '100%25'%0A"
	    "the link was left out; correct the address, or make the page%0Anote\n");
	assert_non_null(strstr(printed(t, (struct report){ .format = FORMAT_GITHUB, .prefix = VIEW("sub/site") }),
	    "file=sub/site/a%2C"));
}

static void
test_exit(void **state)
{
	struct tree *t = *state;
	struct buf b;

	assert_int_equal(report_exit(&t->diags, true), EXIT_FINE);
	diag(&t->diags, site_title, PLACE_NONE, VIEW(""));
	assert_int_equal(report_exit(&t->diags, false), EXIT_FINE);
	assert_int_equal(report_exit(&t->diags, true), EXIT_PROBLEMS);
	at(t, 1, 1, 1);
	assert_int_equal(report_exit(&t->diags, false), EXIT_PROBLEMS);
	diag(&t->diags, memory, PLACE_NONE, VIEW(""));
	assert_int_equal(report_exit(&t->diags, false), EXIT_SYSTEM);
	buf_init(&b);
	report_count(&b, &t->diags);
	assert_string_equal(b.p, "2 errors, 1 warning");
	buf_release(&b);
}

#define test(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_caret),
		test(test_no_snippet),
		test(test_wide),
		test(test_right_to_left),
		test(test_long_line),
		test(test_charset),
		test(test_limit),
		test(test_color),
		test(test_json),
		test(test_github),
		test(test_exit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
