/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of command/words: filling, wrapping, pieces of a help, and that every text of the program is translated. What is missing is printed as
 * entries for generator/messages/<tag>.yaml: translate them there.
 */
#include "tree.h"

#include "command/table.h"
#include "model/segment.h"

/* Every text that is translated: told one by one, without line ends. */
struct told {
	struct arena arena;
	struct map texts;	/* to any */
};

static void
tell(struct told *t, const char *text)
{
	struct view v = text ? segment_normal(&t->arena, view_copy(&t->arena, view_str(text))) : VIEW_NONE;

	if (v.n)
		map_add(&t->texts, v, t);
}

static void
tell_all(struct told *t)
{
	arena_init(&t->arena);
	map_init(&t->texts, &t->arena);
	for (int w = 0; w < WORD_COUNT; w++)
		tell(t, words_english((enum word)w));
	for (size_t i = 0; table[i]; i++) {
		struct view rest = view_str(table[i]->help);
		struct words_piece p;
		struct option_row r;

		tell(t, table[i]->summary);
		while (words_piece(&t->arena, &rest, &p))
			tell(t, p.text.p);
		for (int id = 0; id < OPTION_COUNT; id++)
			if (options_row(table[i], (enum option_id)id, &r))
				tell(t, r.help);
	}
	for (int id = 0; id < DIAG_COUNT; id++) {
		tell(t, diag_row((enum diag_id)id, false));
		tell(t, diag_row((enum diag_id)id, true));
	}
}

static void
complete(struct tree *x, const struct told *t, const char *tag)
{
	struct file_root root;
	struct messages m;
	size_t missing = 0;

	assert_true(file_root_open(&root, &x->arena, VIEW("generator")));
	if (!messages_open(&m, &x->arena, &root, VIEW("messages"), view_str(tag), &x->diags))
		fail_msg("generator/messages/%s.yaml cannot be read", tag);
	assert_int_equal(x->diags.list.n, 0);
	for (size_t i = 0; i < t->texts.n; i++) {
		struct view text = t->texts.entries[i].key, why;

		if (messages_has(&m, text, &why))
			continue;
		fprintf(stderr, "- source: |\n    %.*s\n  target: |\n    \n  state: machine\n", VIEW_ARG(text));
		if (why.n)
			fprintf(stderr, "# %s: a lock is broken: %.*s\n", tag, VIEW_ARG(why));
		missing++;
	}
	/* what no text of the program needs any more */
	for (size_t i = 0; i < m.by_source.n; i++) {
		if (map_get(&t->texts, m.by_source.entries[i].key))
			continue;
		fprintf(stderr, "# %s: not used: %.*s\n", tag, VIEW_ARG(m.by_source.entries[i].key));
		missing++;
	}
	file_root_close(&root);
	if (missing)
		fail_msg("generator/messages/%s.yaml: %zu texts to look at, see above", tag, missing);
}

static void
test_complete(void **state)
{
	struct told t;

	tell_all(&t);
	assert_in_range(t.texts.n, 400, 2000);
	complete(*state, &t, "fr");
	complete(*state, &t, "es");
	complete(*state, &t, "ar");
	arena_release(&t.arena);
}

static void
fills(const struct messages *m, const char *text, const char *one, const char *expected)
{
	struct view args[] = { view_str(one) };
	struct buf b;

	buf_init(&b);
	words_fill(&b, m, view_str(text), args, 1);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

#define FSI "\u2068"
#define PDI "\u2069"

static void
test_fill(void **state)
{
	const struct messages arabic = { .rtl = true }, french = { .rtl = false };

	(void)state;
	fills(NULL, "no '{1}' {2} {x} {", "a", "no 'a'  {x} {");
	fills(NULL, "{1}", "a\033\nb\xFF", "a<U+001B><U+000A>b<0xFF>");
	fills(NULL, "{1}", "\u202Ex", "<U+202E>x");
	fills(NULL, "{1}", "{1}", "{1}");
	fills(&french, "le {1} -o", "a", "le a -o");
	fills(&arabic, "لا '{1}'", "x.md", "لا " FSI "'x.md'" PDI);
	fills(&arabic, "ذكر -o مجلدًا", "", "ذكر " FSI "-o" PDI " مجلدًا");
	fills(&arabic, "(usb) أو a b: ج", "", "(" FSI "usb" PDI ") أو " FSI "a b" PDI ": ج");
	fills(&arabic, "شغّل man(1)، ثم", "", "شغّل " FSI "man(1)" PDI "، ثم");
	fills(&arabic, "!؟ ... : ;", "", "!؟ ... : ;");
}

static void
phrase(const struct messages *m, const char *text, const char *expected)
{
	struct view v = words_phrase(m, view_str(text));

	if (!view_is(v, expected))
		fail_msg("'%s' is '%.*s', not '%s'", text, VIEW_ARG(v), expected);
}

static void
test_phrase(void **state)
{
	struct tree *x = *state;
	struct file_root root;
	struct messages m;

	assert_true(file_root_open(&root, &x->arena, VIEW("generator")));
	assert_true(messages_open(&m, &x->arena, &root, VIEW("messages"), VIEW("fr"), &x->diags));
	phrase(NULL, "a list", "a list");
	phrase(&m, "", "");
	phrase(&m, "a list", "une liste");
	phrase(&m, "a list of", "a list of");
	phrase(&m, "not a list", "not a list");
	phrase(&m, "lines of the form 'a: b'", "des lignes de la forme 'a: b'");
	phrase(&m, "lines of the form ''", "lines of the form ''");
	phrase(&m, "lines of the form 'a", "lines of the form 'a");
	phrase(&m, "it stands in a, b, line 3", "il est dans a, b, ligne 3");
	/* the one with most text of its own, of several that fit */
	phrase(&m, "'a' is missing", "'a' manque");
	phrase(&m, "'a' is not in the source, 'b' is missing", "'a' n’est pas dans la source, 'b' manque");
	phrase(&m, "if it is right, the lines for content/exceptions.yaml, with a reason:",
	    "si c’est juste, les lignes pour content/exceptions.yaml, avec une raison :");
	/* words of an author */
	phrase(&m, "something is missing", "something is missing");
	phrase(&m, "this or that", "this or that");
	assert_true(view_is(words_charsets(&m, VIEW("a, b or c")), "a, b ou c"));
	assert_true(view_is(words_charsets(&m, VIEW("a")), "a"));
	assert_true(view_is(words_charsets(NULL, VIEW("a or c")), "a or c"));
	assert_true(view_is(words_system(&m, "Permission denied"), "permission refusée"));
	assert_true(view_is(words_system(&m, "Nobody knows"), "Nobody knows"));
	assert_true(view_is(words_system(NULL, "Permission denied"), "Permission denied"));
	file_root_close(&root);
}

static void
wraps(const char *text, size_t at, size_t indent, size_t width, const char *expected)
{
	struct buf b;

	buf_init(&b);
	words_wrap(&b, view_str(text), at, indent, width);
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_wrap(void **state)
{
	(void)state;
	wraps("one two three", 0, 0, 7, "one two\nthree");
	wraps("one two three", 4, 2, 7, "one\n  two\n  three");
	wraps("toolongforthis x", 0, 1, 4, "toolongforthis\n x");
	wraps("", 0, 0, 4, "");
	/* wide characters count two columns, marks none */
	wraps("简体 中文", 0, 0, 8, "简体\n中文");
	wraps("हिन्दी x", 0, 0, 5, "हिन्दी\nx");
	wraps("a\u0301\u0302 b", 0, 0, 3, "a\u0301\u0302 b");
	/* an isolate is not torn */
	wraps("x " FSI "a b c" PDI " y", 0, 0, 4, "x\n" FSI "a b c" PDI "\ny");
}

static void
test_pieces(void **state)
{
	struct view rest = VIEW("First line\nsecond line\n\n  term      what it is,\n            more\n  other     x\nLast");
	struct tree *t = *state;
	struct words_piece p;

	assert_true(words_piece(&t->arena, &rest, &p) && view_is(p.text, "First line second line") && !p.term.n);
	assert_true(words_piece(&t->arena, &rest, &p) && p.blank);
	assert_true(words_piece(&t->arena, &rest, &p) && view_is(p.term, "term") && view_is(p.text, "what it is, more"));
	assert_true(words_piece(&t->arena, &rest, &p) && view_is(p.term, "other") && view_is(p.text, "x"));
	assert_true(words_piece(&t->arena, &rest, &p) && view_is(p.text, "Last"));
	assert_false(words_piece(&t->arena, &rest, &p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test_setup_teardown(test_phrase, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_pieces, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_complete, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
