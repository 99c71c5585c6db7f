/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/pdf: which sheets there are, what the browser is given, days that are always the same. */
#include "world.h"

#include <sys/stat.h>

#include "job/pdf.h"

static void
test_dates(void **state)
{
	static const char before[] = "a /CreationDate (D:20261121091142+00'00')\n/ModDate (D:20261121091142+01'00')>> /ModDate (D:1)";
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_puts(&b, before);
	pdf_dates(&b, VIEW("2025-12-11"));
	assert_string_equal(b.p, "a /CreationDate (D:20251211000000+00'00')\n/ModDate (D:20251211000000+00'00')>> /ModDate (D:1)");
	pdf_dates(&b, VIEW_NONE);
	assert_string_equal(b.p, "a /CreationDate (D:19800101000000+00'00')\n/ModDate (D:19800101000000+00'00')>> /ModDate (D:1)");
	buf_clear(&b);
	buf_puts(&b, "/ModDate (D:2026");
	pdf_dates(&b, VIEW("2025-12-11"));
	assert_string_equal(b.p, "/ModDate (D:2026");
	buf_release(&b);
}

static void
files(struct tree *t)
{
	world_files(t);
	assert_int_not_equal(file_write(&t->root, VIEW("content/site.yaml"), VIEW("title: Site\nlanguages: [en, fr, ar]\n"), &t->diags), FILE_FAILED);
	tree_put(t, "content/a/sheet.md", "---\ntitle: Sheet\nlayout: leaflet\n---\nText.\n");
	tree_put(t, "themes/default/leaflet.html", "x");
	tree_put(t, "themes/default/single.html", "<head></head><body>ALL{{{articles}}}</body>");
	tree_put(t, "themes/default/single-page.html", "{{{content}}}");
	tree_put(t, "out/site/en/a/sheet.html", "<head></head><body><a href=\"one.html\">1</a> <a href=\"https://x.example/\">2</a><script src=\"../../assets/a.js\"></script></body>");
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/assets/a.js", "x");
	tree_put(t, "out/.state", "waypost state 1\nassets/a.js\nen/a/sheet.html\nen/index.html\n");
	/* stands in for Chromium: what it was given, with dates, is the product */
	tree_put(t, "chromium", "#!/bin/sh\nfor last; do case $last in --print-to-pdf=*) to=${last#*=};; esac; done\n"
	    "{ cat \"${last#file://}\"; echo \"/ModDate (D:20261121091142+00'00')\"; } > \"$to\"\n");
	chmod(view_printf(&t->arena, "%s/chromium", t->folder).p, 0700);
}

static void
test_write(void **state)
{
	struct tree *t = *state;
	const struct pdf_sheet *p;
	struct edition e;
	struct world w;
	struct list all;
	struct view program;
	struct buf b;

	files(t);
	buf_init(&b);
	world_make(t, &w);
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "pdf", &t->diags));
	assert_true(edition_list(&e));
	diags_release(&t->diags);
	diags_init(&t->diags);
	program = view_join(&t->arena, view_str(t->folder), VIEW("chromium"));
	all = pdf_list(&e, w.site.source);
	assert_int_equal(all.n, 2);
	p = LIST_AT(&all, struct pdf_sheet, 0);
	assert_string_equal(p[0].name.p, "site-en-a-sheet");
	assert_string_equal(p[1].name.p, "site-en");
	assert_true(pdf_write(&e, &p[0], program, &b));
	assert_non_null(strstr(b.p, "<body>1 <a href=\"https://x.example/\">2</a></body>/ModDate (D:19800101000000+00'00')"));
	buf_clear(&b);
	assert_true(pdf_write(&e, &p[1], program, &b));
	assert_non_null(strstr(b.p, "ALL<article id=\"index\">"));
	assert_false(pdf_write(&e, &p[0], view_join(&t->arena, view_str(t->folder), VIEW("none")), &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_failed);
	/* a page that the build has left out */
	all = pdf_list(&e, site_language(&w.site, VIEW("fr")));
	assert_false(pdf_write(&e, LIST_AT(&all, struct pdf_sheet, 0), program, &b));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 1)->id, DIAG_file_missing);
	edition_close(&e);
	world_close(&w);
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates),
		cmocka_unit_test_setup_teardown(test_write, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
