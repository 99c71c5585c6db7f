/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of exceptions: which translations they are for, what is said of those that are wrong or not needed. */
#include "tree.h"

#include "format/yaml.h"
#include "job/merge.h"
#include "model/exceptions.h"

static void
load(struct tree *t, struct exceptions *x, const char *text)
{
	char path[300];

	if (t->site.root.fd < 0)
		tree_site(t);
	snprintf(path, sizeof path, "%s/content/exceptions.yaml", t->folder);
	unlink(path);
	tree_put(t, "content/exceptions.yaml", text);
	exceptions_load(x, &t->arena, &t->site, &t->diags);
	t->site.exceptions = x;
}

static bool
admit(const struct tree *t, const char *key, const char *source, const char *target, enum segment_fault fault)
{
	return exceptions_admit(t->site.exceptions, site_language(&t->site, VIEW("fr")), view_str(key), view_str(source),
	    view_str(target), fault);
}

static const char both[] =
	"exceptions:\n"
	"- language: fr\n"
	"  page: a/one.md\n"
	"  source: |\n"
	"    Call 12345\n"
	"    now.\n"
	"  target: |\n"
	"    Appelez le 54321.\n"
	"  admit: numbers\n"
	"  reason: the number in France\n"
	"- language: FR\n"
	"  source: Write `x`.\n"
	"  target: Écrivez `y`.\n"
	"  admit: [code, tags]\n"
	"  reason: a word of the program in French\n";

static void
test_for_exact_texts(void **state)
{
	struct tree *t = *state;
	struct exceptions x;

	load(t, &x, both);
	tree_said(t, "");
	assert_true(admit(t, "a/one", "Call 12345 now.", "Appelez le 54321.", SEGMENT_NUMBER));
	assert_false(admit(t, "a/two", "Call 12345 now.", "Appelez le 54321.", SEGMENT_NUMBER));
	assert_false(admit(t, "a/one", "Call 12345 now.", "Appelez le 54321.", SEGMENT_ADDRESS));
	assert_false(admit(t, "a/one", "Call 12345 now.", "Appelez le 54322.", SEGMENT_NUMBER));
	assert_false(admit(t, "a/one", "Call 12346 now.", "Appelez le 54321.", SEGMENT_NUMBER));
	assert_false(exceptions_admit(&x, site_language(&t->site, VIEW("ar")), VIEW("a/one"), VIEW("Call 12345 now."),
	    VIEW("Appelez le 54321."), SEGMENT_NUMBER));
	assert_false(exceptions_admit(NULL, site_language(&t->site, VIEW("fr")), VIEW("a/one"), VIEW("Call 12345 now."),
	    VIEW("Appelez le 54321."), SEGMENT_NUMBER));
	/* without a page: everywhere; tags are not used by anything */
	assert_true(admit(t, "interface", "Write `x`.", "Écrivez `y`.", SEGMENT_CODE));
	exceptions_unused(&x, site_language(&t->site, VIEW("ar")), &t->diags);
	tree_said(t, "");
	exceptions_unused(&x, site_language(&t->site, VIEW("fr")), &t->diags);
	tree_said(t, "content/exceptions.yaml:11:3 exception-unused tags\n");
	exceptions_keep(&x, site_language(&t->site, VIEW("fr")), VIEW("interface"), VIEW("Write `x`."), VIEW("Écrivez `y`."));
	exceptions_unused(&x, site_language(&t->site, VIEW("fr")), &t->diags);
	tree_said(t, "");
}

static void
test_same_texts_twice(void **state)
{
	struct tree *t = *state;
	struct exceptions x;

	load(t, &x, "exceptions:\n"
	    "- {language: fr, page: a.md, source: s, target: t, admit: bidi, reason: r}\n"
	    "- {language: fr, page: data/b.yaml, source: s, target: t, admit: footnotes, reason: r}\n"
	    "- {language: fr, page: interface.yaml, source: s, target: t, admit: placeholders, reason: r}\n");
	assert_true(admit(t, "a", "s", "t", SEGMENT_BIDI));
	assert_true(admit(t, "data/b", "s", "t", SEGMENT_NOTES));
	assert_true(admit(t, "interface", "s", "t", SEGMENT_PLACEHOLDER));
	assert_false(admit(t, "interface", "s", "t", SEGMENT_BIDI));
	assert_false(admit(t, "a", "s", "t", SEGMENT_CONTROL));
	assert_false(admit(t, "a", "s", "t", SEGMENT_TOO_LONG));
	exceptions_unused(&x, site_language(&t->site, VIEW("fr")), &t->diags);
	tree_said(t, "");
}

static void
test_wrong_ones(void **state)
{
	struct tree *t = *state;
	struct exceptions x;

	load(t, &x, "exceptions:\n"
	    "- just a text\n"
	    "- {source: s, target: t, admit: bidi, reason: r}\n"
	    "- {language: fr, target: t, admit: bidi, reason: r}\n"
	    "- {language: fr, source: s, admit: bidi, reason: r}\n"
	    "- {language: fr, source: s, target: t, reason: r}\n"
	    "- {language: fr, source: s, target: t, admit: bidi, reason: ' '}\n"
	    "- {language: fr, source: s, target: t, admit: [bidi, control, long], reason: r}\n"
	    "- {language: it, source: s, target: t, admit: bidi, reason: r}\n"
	    "- {language: no-such-tag!, source: s, target: t, admit: bidi, reason: r}\n"
	    "- {language: fr, source: s, target: t, admit: {bidi: true}, reason: r, pages: x}\n");
	tree_said(t, "content/exceptions.yaml:2:3 yaml-type exceptions\n"
	    "content/exceptions.yaml:3:3 exception-incomplete language\n"
	    "content/exceptions.yaml:4:3 exception-incomplete source\n"
	    "content/exceptions.yaml:5:3 exception-incomplete target\n"
	    "content/exceptions.yaml:6:3 exception-incomplete admit\n"
	    "content/exceptions.yaml:7:3 exception-incomplete reason\n"
	    "content/exceptions.yaml:8:54 exception-admit control\n"
	    "content/exceptions.yaml:8:63 exception-admit long\n"
	    "content/exceptions.yaml:9:14 link-language it\n"
	    "content/exceptions.yaml:10:14 lang-unknown no-such-tag!\n"
	    "content/exceptions.yaml:11:47 yaml-type admit\n"
	    "content/exceptions.yaml:11:72 yaml-key pages\n");
	assert_int_equal(x.all.n, 1);
}

static void
test_no_list(void **state)
{
	struct tree *t = *state;
	struct exceptions x;

	load(t, &x, "exceptions: {a: b}\nexception: x\n");
	tree_said(t, "content/exceptions.yaml:1:13 yaml-type exceptions\ncontent/exceptions.yaml:2:1 yaml-key exception\n");
	assert_int_equal(x.all.n, 0);
	load(t, &x, "exceptions:\n");
	tree_said(t, "");
}

/* What the lines say is read back as an exception for just this text, whatever is in it. */
static void
test_lines(void **state)
{
	static const char *const targets[] = { "t", "a: b #c", "\u202Ex \"y\" \\z\u202C", "- {a}", "\u200Bx", "\U000E0041y", "a\tb", "\u0627\u0644 12345", "  'x'" };
	struct tree *t = *state;
	struct exceptions x;

	tree_site(t);
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct view target = segment_normal(&t->arena, view_str(targets[i]));
		struct view lines = exceptions_lines(&t->arena, site_language(&t->site, VIEW("fr")), VIEW("data/x"),
		    VIEW("s: |"), target, 1u << SEGMENT_BIDI | 1u << SEGMENT_NUMBER);

		assert_int_equal(view_search(lines, VIEW("\xE2\x80\xAE")), lines.n);
		load(t, &x, view_printf(&t->arena, "exceptions:\n%.*s because\n", VIEW_ARG(lines)).p);
		tree_said(t, "");
		assert_true(exceptions_admit(&x, site_language(&t->site, VIEW("fr")), VIEW("data/x"), VIEW("s: |"), target,
		    SEGMENT_BIDI));
		assert_true(exceptions_admit(&x, site_language(&t->site, VIEW("fr")), VIEW("data/x"), VIEW("s: |"), target,
		    SEGMENT_NUMBER));
	}
}

static enum withheld
judge(const struct tree *t, struct arena *a, const struct segment *s, const struct match *m, struct merge_verdict *v)
{
	struct merge_place at = { &t->site, site_language(&t->site, VIEW("fr")), NULL, VIEW("a/one") };

	*v = merge_judge(a, &at, s, m, NULL);
	return v->why;
}

/* An outdated translation keeps its exception as long as the new source has the same numbers, codes, links. */
static void
test_judged(void **state)
{
	struct tree *t = *state;
	struct arena *a = &t->arena;
	struct segment s = { .source = VIEW("Call 12345 now.") };
	struct catalog_entry e = { .source = VIEW("Call 12345 now."), .target = VIEW("Appelez le 54321."), .state = STATE_TRANSLATED };
	struct match m = { .entry = &e };
	struct merge_verdict v;
	struct exceptions x;

	load(t, &x, both);
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_NOT);
	e.target = VIEW("Appelez le 54322.");
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_LOCK);
	assert_int_equal(v.faults, 1u << SEGMENT_NUMBER);
	e.target = VIEW("Appelez le 54321, `y`.");	/* something else besides: not this text */
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_LOCK);
	assert_int_equal(v.faults, 1u << SEGMENT_NUMBER | 1u << SEGMENT_CODE);
	/* reworded: still the same number */
	e.target = VIEW("Appelez le 54321.");
	e.was = e.source;
	s.source = e.source = VIEW("Please call 12345 now.");
	m.outdated = true;
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_NOT);
	/* another number: the exception was not for it */
	s.source = e.source = VIEW("Please call 12340 now.");
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_LOCK);
	assert_int_equal(v.fault, SEGMENT_NUMBER);
	/* matched in memory, before anyone ran sync */
	e.was = VIEW_NONE;
	e.source = VIEW("Call 12345 now.");
	s.source = VIEW("Please call 12345 now.");
	assert_int_equal(judge(t, a, &s, &m, &v), WITHHELD_NOT);
	assert_string_equal(view_copy(a, v.source).p, "Call 12345 now.");
}

/* A draft is not compared; its exception is not reported. */
static void
test_draft(void **state)
{
	struct tree *t = *state;
	struct segment s = { .source = VIEW("Write `x`.") };
	struct catalog_entry e = { .source = VIEW("Write `x`."), .target = VIEW("Écrivez `y`."), .state = STATE_DRAFT };
	struct match m = { .entry = &e };
	struct merge_verdict v;
	struct exceptions x;

	load(t, &x, both);
	assert_int_equal(judge(t, &t->arena, &s, &m, &v), WITHHELD_STATE);
	exceptions_unused(&x, site_language(&t->site, VIEW("fr")), &t->diags);
	tree_said(t, "content/exceptions.yaml:2:3 exception-unused numbers\n");
}

/* One form of a plural. */
static void
test_plural(void **state)
{
	struct tree *t = *state;
	struct yaml few = { .kind = YAML_SCALAR, .key = VIEW("one"), .text = VIEW("{n} x 12345") };
	struct yaml other = { .kind = YAML_SCALAR, .key = VIEW("other"), .text = VIEW("{n} y 54321"), .next = &few };
	struct yaml forms = { .kind = YAML_MAP, .child = &other };
	struct segment s = { .source = VIEW("{n} z"), .plain = true };
	struct catalog_entry e = { .source = VIEW("{n} z"), .plural = &forms, .state = STATE_TRANSLATED };
	struct match m = { .entry = &e };
	struct merge_verdict v;
	struct exceptions x;

	load(t, &x, "exceptions:\n- {language: fr, source: '{n} z', target: '{n} y 54321', admit: numbers, reason: r}\n");
	assert_int_equal(judge(t, &t->arena, &s, &m, &v), WITHHELD_LOCK);
	assert_string_equal(view_copy(&t->arena, v.target).p, "{n} x 12345");
	few.text = VIEW("{n} x");
	assert_int_equal(judge(t, &t->arena, &s, &m, &v), WITHHELD_NOT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_for_exact_texts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_same_texts_twice, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_wrong_ones, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_no_list, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_lines, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_judged, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_draft, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_plural, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
