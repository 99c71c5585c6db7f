/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/sitemap. */
#include "world.h"

#include "job/sitemap.h"

static void
test_sitemaps(void **state)
{
	struct tree *t = *state;
	struct language *fr;
	struct world w;
	struct plan p;
	struct buf b;

	world_files(t);
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	sitemap_plan(&w, &p);
	assert_true(plan_has(&p, VIEW("sitemap.xml")) && plan_has(&p, VIEW("fr/sitemap.xml")));
	buf_init(&b);
	assert_true(sitemap_write(&w, &p, NULL, &t->arena, &b));
	assert_string_equal(b.p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
	    "<sitemap><loc>https://x.example/en/sitemap.xml</loc></sitemap>\n"
	    "<sitemap><loc>https://x.example/fr/sitemap.xml</loc></sitemap>\n"
	    "<sitemap><loc>https://x.example/ar/sitemap.xml</loc></sitemap>\n</sitemapindex>\n");
	buf_clear(&b);
	fr = site_language(&w.site, VIEW("fr"));
	assert_true(sitemap_write(&w, &p, fr, &t->arena, &b));
	assert_non_null(strstr(b.p, "<url><loc>https://x.example/fr/b.html</loc></url>\n"));
	buf_clear(&b);
	assert_true(sitemap_write(&w, &p, w.site.source, &t->arena, &b));
	assert_null(strstr(b.p, "/b.html"));
	assert_non_null(strstr(b.p, "<url><loc>https://x.example/en/a/one.html</loc></url>\n"));
	p.languages[fr->index] = false;
	buf_clear(&b);
	assert_false(sitemap_write(&w, &p, fr, &t->arena, &b));
	buf_release(&b);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(test_sitemaps, tree_setup, tree_teardown) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
