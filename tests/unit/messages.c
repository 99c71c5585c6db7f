/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/messages: which language, which texts, which locks. */
#include "tree.h"

#include "job/messages.h"

struct variable {
	const char *name, *value;
};

/* An environment of at most four variables, for a function without an argument of its own. */
#define ENVIRONMENT(which, ...) \
	static const char *which(const char *wanted) \
	{ \
		static const struct variable all[] = { __VA_ARGS__ }; \
		for (size_t i = 0; i < sizeof all / sizeof *all; i++) \
			if (strcmp(all[i].name, wanted) == 0) \
				return all[i].value; \
		return NULL; \
	}
ENVIRONMENT(nothing, { "HOME", "x" })
ENVIRONMENT(canada, { "LANG", "fr_CA.UTF-8@x" })
ENVIRONMENT(chinese, { "LANG", "zh_Hans_CN" })
ENVIRONMENT(list, { "LANG", "de_DE.UTF-8" }, { "LANGUAGE", "de:pt_BR:en:fr" })
ENVIRONMENT(plain_c, { "LANG", "fr" }, { "LC_ALL", "C.UTF-8" }, { "LANGUAGE", "fr" })
ENVIRONMENT(order, { "LANG", "fr" }, { "LC_ALL", "" }, { "LC_MESSAGES", "ar_EG" })
ENVIRONMENT(rubbish, { "LANG", "../../x" })
ENVIRONMENT(english, { "LANG", "en_GB.UTF-8" })

static void
wants(struct tree *t, const char *(*get)(const char *), const char *expected)
{
	struct list l = messages_wanted(&t->arena, get);
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < l.n; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", VIEW_ARG(*LIST_AT(&l, struct view, i)));
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_wanted(void **state)
{
	struct tree *t = *state;

	wants(t, nothing, "");
	wants(t, canada, "fr-CA fr");
	wants(t, chinese, "zh-Hans-CN zh-Hans zh");
	wants(t, list, "de pt-BR pt");
	wants(t, plain_c, "");
	wants(t, order, "ar-EG ar");
	wants(t, rubbish, "");
	wants(t, english, "");
}

static void
shows(struct messages *m, const char *english_text, const char *expected)
{
	struct view found = messages_find(m, view_str(english_text));

	if (!view_is(found, expected))
		fail_msg("'%s' is '%.*s', not '%s'", english_text, VIEW_ARG(found), expected);
	assert_true(view_is(messages_find(m, view_str(english_text)), expected));
}

static void
test_find(void **state)
{
	struct tree *t = *state;
	struct messages m;
	struct view why;

	tree_put(t, "m/ar.yaml", "language: ar\nsegments:\n"
	    "- source: \"no page {1}\"\n  target: \"لا {1}\"\n  state: machine\n"
	    "- source: lost\n  target: \"\"\n"
	    "- source: \"a {1}\"\n  target: \"b {2}\"\n"
	    "- source: \"see https://a.example/\"\n  target: \"see https://b.example/\"\n"
	    "- source: 12345\n  target: 54321\n"
	    "- source: d\n  target: D\n  state: draft\n"
	    "- source: w\n  target: W\n  was: v\n"
	    "- source: two lines\n  target: T\n"
	    "unused:\n- source: u\n  target: U\n");
	assert_false(messages_open(&m, &t->arena, &t->root, VIEW("m"), VIEW("fr"), &t->diags));
	assert_true(messages_open(&m, &t->arena, &t->root, VIEW("m"), VIEW("ar"), &t->diags));
	tree_said(t, "");
	assert_true(m.rtl);
	shows(&m, "no page {1}", "لا {1}");
	shows(&m, "two\n  lines", "T");
	shows(&m, "lost", "lost");
	shows(&m, "a {1}", "a {1}");
	assert_false(messages_has(&m, VIEW("a {1}"), &why));
	assert_true(view_search(why, VIEW("{2}")) < why.n);
	shows(&m, "see https://a.example/", "see https://a.example/");
	shows(&m, "12345", "12345");
	shows(&m, "d", "d");
	shows(&m, "w", "w");
	shows(&m, "u", "u");
	shows(&m, "nowhere", "nowhere");
}

/* A damaged catalog gives English, and a message for who asks. */
static void
test_damaged(void **state)
{
	struct tree *t = *state;
	struct messages m;

	tree_put(t, "m/fr.yaml", "segments: [");
	assert_false(messages_open(&m, &t->arena, &t->root, VIEW("m"), VIEW("fr"), &t->diags));
	assert_int_equal(t->diags.list.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_wanted, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_find, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_damaged, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
