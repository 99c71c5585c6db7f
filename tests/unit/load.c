/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/load: order, sections, versions, layouts, sources. */
#include "world.h"

static void
test_order(void **state)
{
	static const char *const order[] = { "index.md", "a/index.md", "a/two.md", "a/one.md", "b.fr.md" };
	struct tree *t = *state;
	struct world w;

	world_files(t);
	world_make(t, &w);
	tree_said(t, "");
	assert_int_equal(w.pages.n, 5);
	for (size_t i = 0; i < 5; i++) {
		struct page *p = *LIST_AT(&w.pages, struct page *, i);

		assert_true(view_is(p->path, order[i]));
		assert_int_equal(p->index, i);
	}
	assert_ptr_equal(w.home, world_page(&w, "index.md"));
	assert_null(w.home->parent);
	assert_ptr_equal(world_page(&w, "a/one.md")->parent, world_page(&w, "a/index.md"));
	assert_ptr_equal(world_page(&w, "a/index.md")->parent, w.home);
	assert_int_equal(world_page(&w, "a/index.md")->nchildren, 2);
	assert_ptr_equal(world_page(&w, "a/two.md")->next, world_page(&w, "a/one.md"));
	assert_ptr_equal(world_page(&w, "a/two.md")->previous, world_page(&w, "a/index.md"));
	assert_null(world_page(&w, "a/one.md")->next);	/* the French page is not in everybody's way */
	world_close(&w);
}

static void
test_versions(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "content/a/one.fr.md", "---\ntitle: Un\n---\nTout autre texte.\n");
	world_make(t, &w);
	assert_int_equal(world_page(&w, "a/one.md")->nversions, 1);
	assert_ptr_equal(world_page(&w, "a/one.md")->versions[0], world_page(&w, "a/one.fr.md"));
	assert_int_equal(world_page(&w, "a/index.md")->nchildren, 2);
	assert_int_equal(world_page(&w, "b.fr.md")->nversions, 0);
	world_close(&w);
}

static void
test_layouts(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "themes/default/wide.html", "wide\n");
	tree_put(t, "content/c.md", "---\ntitle: C\nlayout: wide\n---\n");
	tree_put(t, "content/d.md", "---\ntitle: D\nlayout: gone\nsources: [S1, S9]\n---\n");
	tree_put(t, "content/data/sources.yaml", "items:\n- id: S1\n  title: x\n");
	world_make(t, &w);
	tree_said(t, "content/d.md:1:1 layout-missing gone\ncontent/d.md:4:10 source-missing S9\n");
	assert_ptr_not_equal(w.layouts[world_page(&w, "c.md")->index], w.layouts[w.home->index]);
	assert_ptr_equal(w.layouts[world_page(&w, "d.md")->index], w.layouts[w.home->index]);
	world_close(&w);
}

static void
test_links_and_files(void **state)
{
	struct tree *t = *state;
	struct world w;
	char path[300];

	world_files(t);
	snprintf(path, sizeof path, "%s/content/link.md", t->folder);
	assert_int_equal(symlink("index.md", path), 0);
	snprintf(path, sizeof path, "%s/content/bad.md", t->folder);
	tree_put_bytes(t, "content/bad.md", "---\ntitle: \xFF\n---\n", 17);
	world_make(t, &w);
	tree_said(t, "content/bad.md:2:8 utf8-invalid 0xFF\ncontent/link.md:0:0 file-link content/link.md\n");
	assert_int_equal(w.pages.n, 5);
	world_close(&w);
}

/* Everything of the pages that other code reads, as one text. */
static void
print_pages(struct world *w, struct buf *b)
{
	for (size_t i = 0; i < w->pages.n; i++) {
		struct page *p = *LIST_AT(&w->pages, struct page *, i);

		buf_printf(b, "%.*s %.*s %zu %zu\n", VIEW_ARG(p->path), VIEW_ARG(p->out), p->index, p->nnotes);
		for (size_t k = 0; k < p->nsegments; k++)
			buf_printf(b, "'%.*s' %zu %d\n", VIEW_ARG(p->segments[k].source), p->segments[k].words, p->segments[k].tree != NULL);
		for (size_t k = 0; k < p->body->n; k++)
			buf_printf(b, "%d %u '%.*s'\n", p->body->ops[k].kind, p->body->ops[k].arg, VIEW_ARG(p->body->ops[k].text));
		for (size_t k = 0; k < p->ids.n; k++)
			buf_printf(b, "#%.*s %d\n", VIEW_ARG(p->ids.entries[k].key), p->ids.entries[k].value == p);
		for (size_t k = 0; k < p->ndests; k++)
			buf_printf(b, "%.*s %d\n", VIEW_ARG(p->dests[k].url), p->dests[k].page != NULL);
	}
}

/* Many pages read by workers are the pages that one process reads, and can be worked on as those. */
static void
test_by_workers(void **state)
{
	struct tree *t = *state;
	struct diags d[2];
	struct world w[2];
	struct buf b[2];

	world_files(t);
	tree_put(t, "themes/default/box.html", "<p>box</p>\n");
	for (int i = 0; i < 200; i++) {
		char path[40], text[600];

		snprintf(path, sizeof path, "content/m/p%03d.md", i);
		snprintf(text, sizeof text, "---\ntitle: Page %d\n---\n\n## Head *%d*\n\nA [link](p%03d.md#head-%d), a note[^n] and `code`.\n\n"
		    "[^n]: A note of %d.\n\n%s\n", i, i, (i + 1) % 200, i % 3 ? (i + 1) % 200 : 999, i, i % 7 ? "- item" : "{{> box}}");
		tree_put(t, path, i == 50 ? "---\ntitle: \xFF\n---\n" : text);
	}
	for (unsigned k = 0; k < 2; k++) {
		diags_init(&d[k]);
		buf_init(&b[k]);
		assert_true(world_load_by(&w[k], &t->arena, view_str(t->folder), 1 + 2 * k, NULL, &d[k]));
		print_pages(&w[k], &b[k]);
		diags_sort(&d[k]);
		/* room in a page's tables is its parent's to take */
		for (size_t i = 0; i < w[k].pages.n; i++)
			for (int n = 0; n < 40; n++)
				map_set(&(*LIST_AT(&w[k].pages, struct page *, i))->ids, view_printf(&t->arena, "new-%d", n), t);
	}
	assert_in_range(w[0].pages.n, 200, 220);
	assert_string_equal(b[0].p, b[1].p);
	assert_int_equal(d[0].list.n, d[1].list.n);
	assert_in_range(d[0].list.n, 60, 80);
	for (unsigned k = 0; k < 2; k++) {
		world_close(&w[k]);
		buf_release(&b[k]);
		diags_release(&d[k]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_versions, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_layouts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_links_and_files, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_by_workers, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
