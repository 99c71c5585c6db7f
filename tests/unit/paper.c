/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/paper: what stands on a sheet, for whom, with and without a public key. */
#include "world.h"

#include "job/paper.h"

static void
has(const struct buf *b, const char *words)
{
	if (!strstr(b->p, words))
		print_message("no %s in:\n%s\n", words, b->p);
	assert_non_null(strstr(b->p, words));
}

static void
test_sheet(void **state)
{
	static const char hex[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct tree *t = *state;
	struct list prints = LIST_OF(struct paper_print);
	struct edition e;
	struct world w;
	struct buf b;

	world_files(t);
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\nas-of: 2025-03-01\n---\nTwo.\n");
	tree_put(t, "out/.state", "waypost state 1\nen/index.html\nfr/index.html\n");
	tree_put(t, "out/site/en/index.html", "x");
	tree_put(t, "out/site/fr/index.html", "x");
	unsetenv("SOURCE_DATE_EPOCH");
	world_make(t, &w);
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "paper", &t->diags));
	assert_true(edition_list(&e));
	*(struct paper_print *)list_push(&prints, &t->arena) = (struct paper_print){ .kind = VIEW("stick"), .name = VIEW("SHA256SUMS"), .hex = view_str(hex) };
	buf_init(&b);
	assert_false(paper_write(&e, w.site.languages[0], &prints, &b));	/* the theme has no sheet */
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_pack_theme);
	world_close(&w);
	edition_close(&e);
	tree_put(t, "themes/default/paper.html", "{{lang}} {{number}} {{date}}\n{{#prints}}{{#stick}}S{{/stick}}{{#file}}F {{name}}{{/file}}{{#key}}K{{/key}} {{command}}={{print}}\n{{/prints}}");
	world_make(t, &w);
	assert_true(edition_open(&e, &w, view_join(&t->arena, view_str(t->folder), VIEW("out")), NULL, "paper", &t->diags));
	assert_true(edition_list(&e));
	*(struct paper_print *)list_push(&prints, &t->arena) = (struct paper_print){ .kind = VIEW("file"), .name = VIEW("s-fr.epub"), .hex = view_str(hex),
		.language = w.site.languages[1] };
	buf_clear(&b);
	assert_true(paper_write(&e, w.site.languages[0], &prints, &b));
	has(&b, "en ");
	has(&b, "20250301");
	has(&b, "S ");
	has(&b, "=0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef 0123 4567 89ab cdef\n");
	assert_null(strstr(b.p, "epub"));
	assert_null(strstr(b.p, "K "));
	w.site.public_key = VIEW("RWpublic");
	buf_clear(&b);
	assert_true(paper_write(&e, w.site.languages[1], &prints, &b));
	has(&b, "s-fr.epub");
	has(&b, "K =RWpublic\n");
	buf_release(&b);
	edition_close(&e);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sheet, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
