/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/edition: what an edition holds, trees that are not finished, what differs from an older one. */
#include "tree.h"

#include "job/edition.h"

static void
make(struct tree *t)
{
	tree_put(t, "content/site.yaml", "title: A test of ours\nlanguages: [en, fr]\n");
	tree_put(t, "content/index.md", "---\ntitle: Home\nas-of: 2025-03\n---\n\nText.\n");
	tree_put(t, "content/b.md", "---\ntitle: B\nas-of: 2024-12-31\n---\n\nText.\n");
	tree_put(t, "themes/default/page.html", "{{{content}}}");
	tree_put(t, "themes/default/read-me.html", "<b>{{site.title}}</b>\n\n\n\n{{start-file}} &amp; {{date}}\n");
	tree_put(t, "out/site/index.html", "start");
	tree_put(t, "out/site/en/index.html", "English");
	tree_put(t, "out/.state", "waypost state 1\nen/index.html\nindex.html\n");
}

static bool
open_edition(struct tree *t, struct edition *e, struct world *w, const bool *only)
{
	struct diags quiet;
	bool good;

	diags_init(&quiet);
	assert_true(world_load(w, &t->arena, view_str(t->folder), &quiet));
	good = edition_open(e, w, view_join(&t->arena, view_str(t->folder), VIEW("out")), only, "usb", &t->diags);
	if (!good)
		world_close(w);
	diags_release(&quiet);
	for (size_t i = 0; i < t->diags.list.n; i++)
		LIST_AT(&t->diags.list, struct diag, i)->place = PLACE_NONE;
	return good;
}

static struct view
text_of(struct tree *t, const struct edition *e, const char *path)
{
	const struct edition_file *f = edition_find(e, view_str(path));
	struct view bytes;

	assert_non_null(f);
	assert_true(edition_bytes(e, f, &t->arena, &bytes));
	assert_int_equal(bytes.n, f->size);
	return bytes;
}

static void
test_list(void **state)
{
	struct tree *t = *state;
	struct manifest m;
	struct edition e;
	struct world w;

	make(t);
	unsetenv("SOURCE_DATE_EPOCH");
	assert_true(open_edition(t, &e, &w, NULL));
	assert_true(e.languages[0]);
	assert_false(e.languages[1]);
	assert_true(edition_list(&e));
	assert_int_equal(e.files.n, 6);
	assert_true(view_is(text_of(t, &e, "START.html"), "start"));
	assert_true(view_is(text_of(t, &e, "en/index.html"), "English"));
	assert_string_equal(text_of(t, &e, "READ-ME-en.txt").p, "\xEF\xBB\xBF" "A test of ours\r\n\r\nSTART.html & March 1, 2025\r\n\r\n");
	assert_true(view_ends(text_of(t, &e, "RELEASE"), "release: 20250301\ndate: 2025-03-01\ngood-until: 2026-03-01\nlanguages: en\n"));
	assert_true(manifest_read(&m, &t->arena, text_of(t, &e, "SHA256SUMS"), VIEW("LIST"), &t->diags));
	assert_int_equal(m.rows.n, 5);
	assert_int_equal(e.clusters, 6 * EDITION_CLUSTER);
	assert_string_equal(edition_name(&e).p, "a-test-of-ours-en");
	/* nothing differs but the list, which is not in itself */
	assert_true(edition_since(&e, &m));
	assert_int_equal(e.files.n, 3);
	assert_non_null(edition_find(&e, VIEW("update/SHA256SUMS")));
	assert_non_null(edition_find(&e, VIEW("RELEASE")));
	edition_close(&e);
	world_close(&w);
	tree_said(t, "");
}

static void
test_since(void **state)
{
	struct tree *t = *state;
	struct manifest m;
	struct edition e;
	struct world w;

	make(t);
	assert_true(open_edition(t, &e, &w, NULL));
	assert_true(edition_list(&e));
	assert_true(manifest_read(&m, &t->arena, view_printf(&t->arena, "SHA256 (gone.html) = %.*s\nSHA256 (en/index.html) = %.*s\n",
	    VIEW_ARG(edition_find(&e, VIEW("RELEASE"))->hex), VIEW_ARG(edition_find(&e, VIEW("en/index.html"))->hex)), VIEW("LIST"), &t->diags));
	assert_true(edition_since(&e, &m));
	assert_true(view_is(text_of(t, &e, "REMOVED"), "gone.html\n"));
	assert_true(view_is(text_of(t, &e, "update/index.html"), "start"));
	assert_null(edition_find(&e, VIEW("update/en/index.html")));
	edition_close(&e);
	world_close(&w);
}

static void
test_unfinished(void **state)
{
	struct tree *t = *state;
	const bool only[2] = { true, true };
	struct edition e;
	struct world w;

	make(t);
	assert_false(open_edition(t, &e, &w, only));
	tree_said(t, ":0:0 pack-language fr\n");
	tree_put(t, "out/.build/x", "x");
	assert_false(open_edition(t, &e, &w, NULL));
	assert_int_equal(t->diags.list.n, 1);
	t->diags.list.n = 0;
	file_remove(&t->root, VIEW("out/.build/x"));
	file_remove(&t->root, VIEW("out/.build"));
	file_remove(&t->root, VIEW("out/site/en/index.html"));
	assert_false(open_edition(t, &e, &w, NULL));
	assert_true(view_is(LIST_AT(&t->diags.list, struct diag, 0)->note, "missing: en/index.html"));
	t->diags.list.n = 0;
	tree_put(t, "out/.state", "nonsense");
	assert_false(open_edition(t, &e, &w, NULL));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_unbuilt);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_list, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_since, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_unfinished, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
