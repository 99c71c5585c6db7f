/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/feed, and of the page for wrong addresses. */
#include "world.h"

#include "job/assemble.h"
#include "job/feed.h"

static void
test_feed(void **state)
{
	struct tree *t = *state;
	struct locale l;
	struct world w;
	struct plan p;
	struct buf b;

	world_files(t);
	tree_put(t, "content/a/one.md", "---\ntitle: One\ndescription: A & B\nas-of: 2025-12\norder: 2\n---\n");
	tree_put(t, "content/a/two.md", "---\ntitle: Two\nas-of: 2026-01-31\norder: 1\n---\n");
	tree_put(t, "content/a/three.md", "---\ntitle: Three\nas-of: 2025-12\norder: 3\n---\n");
	tree_put(t, "themes/default/page.html", "{{feed}}|{{site.as-of}}|{{site.as-of-iso}}\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	feed_plan(&w, &p);
	assert_true(plan_has(&p, VIEW("en/feed.xml")) && plan_has(&p, VIEW("ar/feed.xml")) && !plan_has(&p, VIEW("404.html")));
	buf_init(&b);
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	assert_true(assemble_page(&l, world_page(&w, "a/one.md"), &t->arena, &b, &t->diags));
	assert_string_equal(b.p, "../feed.xml|January 31, 2026|2026-01-31\n");
	buf_clear(&b);
	locale_open(&l, &t->arena, &w, site_language(&w.site, VIEW("fr")), false, &t->diags);
	assert_true(feed_write(&l, &p, &t->arena, &b));
	assert_string_equal(b.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n"
	    "<title>Site</title>\n<id>https://x.example/fr/feed.xml</id>\n<link rel=\"self\" href=\"https://x.example/fr/feed.xml\" />\n"
	    "<updated>2026-01-31T00:00:00Z</updated>\n<author>\n<name>Site</name>\n</author>\n"
	    "<entry>\n<title>Two</title>\n<id>https://x.example/fr/a/two.html</id>\n<link rel=\"alternate\" href=\"https://x.example/fr/a/two.html\" />\n"
	    "<updated>2026-01-31T00:00:00Z</updated>\n</entry>\n"
	    "<entry>\n<title>Un</title>\n<id>https://x.example/fr/a/one.html</id>\n<link rel=\"alternate\" href=\"https://x.example/fr/a/one.html\" />\n"
	    "<updated>2025-12-01T00:00:00Z</updated>\n<summary>A &amp; B</summary>\n</entry>\n"
	    "<entry>\n<title>Three</title>\n<id>https://x.example/fr/a/three.html</id>\n<link rel=\"alternate\" href=\"https://x.example/fr/a/three.html\" />\n"
	    "<updated>2025-12-01T00:00:00Z</updated>\n</entry>\n</feed>\n");
	buf_release(&b);
	world_close(&w);
}

/* Nothing is dated: no feed. */
static void
test_none(void **state)
{
	struct tree *t = *state;
	struct locale l;
	struct world w;
	struct plan p;
	struct buf b;

	world_files(t);
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	buf_init(&b);
	assert_false(feed_write(&l, &p, &t->arena, &b));
	assert_int_equal(b.n, 0);
	buf_release(&b);
	world_close(&w);
}

/* Its addresses are whole, since a host shows it in any folder. */
static void
test_not_found(void **state)
{
	struct tree *t = *state;
	struct locale l;
	struct world w;
	struct plan p;
	struct buf b;

	world_files(t);
	tree_put(t, "themes/default/not-found.html", "{{root}}assets/style.css {{#languages}}{{root}}{{href}} {{/languages}}\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	assert_true(plan_has(&p, VIEW("404.html")));
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	buf_init(&b);
	assert_true(assemble_not_found(&l, &t->arena, &b, &t->diags));
	assert_string_equal(b.p, "https://x.example/assets/style.css https://x.example/en/index.html https://x.example/fr/index.html "
	    "https://x.example/ar/index.html \n");
	buf_release(&b);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_feed, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_none, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_not_found, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
