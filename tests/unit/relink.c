/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/relink: which addresses change, what stays of links and pictures that go, ways below the top. */
#include "tree.h"

#include "job/relink.h"

/* "keep" stays, "gone…" goes, all else gets a letter for its kind in front. */
static struct view
address(void *self, enum relink_kind kind, struct view address)
{
	struct tree *t = self;

	if (view_starts(address, "gone"))
		return VIEW_NONE;
	return view_is(address, "keep") ? address : view_printf(&t->arena, "%c:%.*s", "LIS"[kind], VIEW_ARG(address));
}

static void
same(struct tree *t, bool xml, const char *html, const char *expected)
{
	const struct relink r = { .address = address, .self = t, .xml = xml };
	struct buf out;

	buf_init(&out);
	relink_html(&r, view_str(html), &out);
	assert_string_equal(out.p, expected);
	buf_release(&out);
}

static void
test_addresses(void **state)
{
	struct tree *t = *state;

	same(t, false, "", "");
	same(t, false, "a < b", "a < b");
	same(t, false, "<p>no end <", "<p>no end <");
	same(t, false, "<a href=\"x\">w</a>, <a class=\"c\" href=\"keep\" title=\"t\">w</a>",
	    "<a href=\"L:x\">w</a>, <a class=\"c\" href=\"keep\" title=\"t\">w</a>");
	same(t, false, "<img src=\"x\" alt=\"href=1\" /><link rel=\"stylesheet\" href=\"y\" />",
	    "<img src=\"I:x\" alt=\"href=1\" /><link rel=\"stylesheet\" href=\"S:y\" />");
	/* not an attribute of that name, and a value that looks like one */
	same(t, false, "<a data-href=\"x\" title=\" href=&quot;y\">w</a><abbr href=\"z\">", "<a data-href=\"x\" title=\" href=&quot;y\">w</a><abbr href=\"z\">");
}

static void
test_gone(void **state)
{
	struct tree *t = *state;

	same(t, false, "1 <a href=\"gone\"><b>w</b></a> 2 <a href=\"x\">v</a>", "1 <b>w</b> 2 <a href=\"L:x\">v</a>");
	same(t, false, "<a href=\"gone\" lang=\"ar\" dir=\"rtl\">w</a><a id=\"n\">m</a>", "<span lang=\"ar\" dir=\"rtl\">w</span><a id=\"n\">m</a>");
	same(t, false, "<img src=\"gone\" alt=\"words &amp; more\" />!<img src=\"gone\" />", "words &amp; more!");
	same(t, false, "<link rel=\"stylesheet\" href=\"gone\" />!", "!");
}

static void
test_xml(void **state)
{
	struct tree *t = *state;

	same(t, true, "<html lang=\"ar\" dir=\"rtl\"><p xml:lang=\"en\" lang=\"en\"><a lang=\"fr\" href=\"x\">w</a><a href=\"gone\" lang=\"es\">v</a></p>",
	    "<html lang=\"ar\" xml:lang=\"ar\" dir=\"rtl\"><p xml:lang=\"en\" lang=\"en\"><a lang=\"fr\" xml:lang=\"fr\" href=\"L:x\">w</a>"
	    "<span lang=\"es\" xml:lang=\"es\">v</span></p>");
	same(t, true, "<a hreflang=\"fr\" href=\"x\">w</a><img src=\"x\" lang=\"am\" />", "<a hreflang=\"fr\" href=\"L:x\">w</a><img src=\"I:x\" lang=\"am\" xml:lang=\"am\" />");
}

static void
test_path(void **state)
{
	static const struct {
		const char *page, *address, *path, *fragment;
		bool remote;
	} cases[] = {
		{ "fr/a/b.html", "c.html", "fr/a/c.html", "", false },
		{ "fr/a/b.html", "./c.html#x", "fr/a/c.html", "#x", false },
		{ "fr/a/b.html", "../../en/b.html#x", "en/b.html", "#x", false },
		{ "b.html", "files/x.svg", "files/x.svg", "", false },
		{ "b.html", "#x", "", "#x", false },
		{ "fr/b.html", "../../x.html", "", "", true },
		{ "fr/b.html", "https://x.example/#y", "", "#y", true },
		{ "fr/b.html", "mailto:a@b.example", "", "", true },
	};
	struct tree *t = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct view fragment, path;
		bool remote;

		path = relink_path(&t->arena, view_str(cases[i].page), view_str(cases[i].address), &fragment, &remote);
		assert_true(view_is(path, cases[i].path));
		assert_true(view_is(fragment, cases[i].fragment));
		assert_int_equal(remote, cases[i].remote);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_addresses, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_gone, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_xml, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_path, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
