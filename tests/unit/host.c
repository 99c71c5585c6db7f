/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/host: what a host gets, which files a page names, pages elsewhere name none. */
#include "world.h"

#include "job/host.h"

static void
put_files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/take.md", "---\ntitle: Take\nlayout: editions\nas-of: 2025-03-01\n---\nText.\n");
	tree_put(t, "themes/default/editions.html", "{{#has-editions}}"
	    "{{#editions}}<a href=\"{{root}}editions/{{name}}\">{{size}} {{#book}}B{{/book}}{{#archive}}A{{/archive}}</a>{{/editions}}"
	    "{{/has-editions}}{{^has-editions}}none{{/has-editions}} {{until}}\n");
	tree_put(t, "themes/default/read-me.html", "read\n");
	tree_put(t, "out/.state", "waypost state 1\nen/index.html\nen/take.html\nfr/index.html\nfr/take.html\nindex.html\n");
	tree_put(t, "out/site/index.html", "x");
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/en/take.html", "none");
	tree_put(t, "out/site/fr/index.html", "x");
	tree_put(t, "out/site/fr/take.html", "none");
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
test_host(void **state)
{
	struct tree *t = *state;
	struct list files = LIST_OF(struct host_file);
	struct edition e;
	struct world w;

	put_files(t);
	unsetenv("SOURCE_DATE_EPOCH");
	world_make(t, &w);
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "host", &t->diags));
	assert_true(edition_list(&e));
	assert_non_null(edition_find(&e, VIEW("START.html")));
	*(struct host_file *)list_push(&files, &t->arena) = (struct host_file){ .name = VIEW("s.zip"), .kind = VIEW("archive"), .bytes = VIEW("zip") };
	*(struct host_file *)list_push(&files, &t->arena) = (struct host_file){ .name = VIEW("s-fr.epub"), .kind = VIEW("book"), .bytes = VIEW("fr"),
		.language = w.site.languages[1] };
	assert_true(host_list(&e, &files));
	assert_true(view_starts(text_of(t, &e, "en/take.html"), "<a href=\"../editions/s.zip\">0.01 A</a> "));
	assert_true(view_starts(text_of(t, &e, "fr/take.html"), "<a href=\"../editions/s.zip\">0,01 A</a><a href=\"../editions/s-fr.epub\">0,01 B</a> "));
	assert_true(view_is(text_of(t, &e, "editions/s-fr.epub"), "fr"));
	assert_true(view_is(text_of(t, &e, "en/index.html"), "x"));
	assert_null(edition_find(&e, VIEW("START.html")));
	assert_null(edition_find(&e, VIEW("READ-ME-en.txt")));
	/* its list has what is in it now */
	assert_true(view_search(text_of(t, &e, "SHA256SUMS"), VIEW("SHA256 (editions/s.zip) = ")) < text_of(t, &e, "SHA256SUMS").n);
	assert_true(view_search(text_of(t, &e, "SHA256SUMS"), edition_find(&e, VIEW("en/take.html"))->hex) < text_of(t, &e, "SHA256SUMS").n);
	edition_close(&e);
	world_close(&w);
}

static void
test_no_page(void **state)
{
	struct tree *t = *state;
	struct list files = LIST_OF(struct host_file);
	struct edition e;
	struct world w;

	put_files(t);
	tree_put(t, "content/take.md", "---\ntitle: Take\n---\nText.\n");
	world_make(t, &w);
	assert_null(host_page(&w));
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "host", &t->diags));
	assert_true(edition_list(&e) && host_list(&e, &files));
	assert_true(view_is(text_of(t, &e, "en/take.html"), "none"));
	edition_close(&e);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_host, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_no_page, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
