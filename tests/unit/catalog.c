/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/catalog. */
#include "tree.h"

#include <time.h>

#include "format/yaml.h"
#include "model/catalog.h"

/* Reads translations/<tag>/a/b.yaml, the catalog of a/b.md. */
static struct catalog *
reads(struct tree *t, const char *tag)
{
	return catalog_read(&t->arena, &t->site, site_language(&t->site, view_str(tag)), VIEW("a/b"), VIEW("a/b.md"),
	    &t->diags);
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	struct catalog *c;
	struct catalog_entry *e;

	tree_put(t, "translations/fr/a/b.yaml",
	    "page: a/b.md\n"
	    "language: fr\n"
	    "segments:\n"
	    "#. a/b.md:12   [1] reporting/sessions.md\n"
	    "- source: |\n"
	    "    Read [our *guide*][1]\n"
	    "    before you write.\n"
	    "  target: |\n"
	    "    Lisez.\n"
	    "  state: reviewed\n"
	    "  by: Awa\n"
	    "  reviewed-by: Binta\n"
	    "  on: 2025-01-02\n"
	    "  note: a note\n"
	    "- source: Keep\n"
	    "  context: verb\n"
	    "  was: Kept\n"
	    "  target: 'Gardez '\n"
	    "  links: {1: x}\n"
	    "- source: Empty\n"
	    "  target:\n"
	    "unused:\n"
	    "- {source: Old, target: Vieux, state: machine}\n");
	tree_site(t);
	c = reads(t, "fr");
	tree_said(t, "");
	assert_non_null(c);
	assert_true(view_is(c->file, "translations/fr/a/b.yaml"));
	assert_true(view_starts(c->text, "page: a/b.md\n"));
	assert_int_equal(c->n, 4);
	assert_int_equal(c->nlive, 3);
	e = c->entries;
	assert_true(view_is(e[0].source, "Read [our *guide*][1] before you write."));
	assert_true(view_is(e[0].target, "Lisez."));
	assert_int_equal(e[0].state, STATE_REVIEWED);
	assert_true(view_is(e[0].by, "Awa") && view_is(e[0].reviewed_by, "Binta"));
	assert_true(view_is(e[0].on, "2025-01-02") && view_is(e[0].note, "a note"));
	assert_int_equal(e[0].place.line, 6);
	assert_int_equal(e[0].place.col, 5);
	assert_int_equal(e[0].target_place.line, 9);
	assert_int_equal(e[0].was.n + e[0].context.n, 0);
	assert_true(view_is(e[1].context, "verb") && view_is(e[1].was, "Kept") && view_is(e[1].target, "Gardez"));
	assert_int_equal(e[1].state, STATE_TRANSLATED);
	assert_int_equal(e[2].target.n, 0);
	assert_false(e[2].unused);
	assert_true(e[3].unused && view_is(e[3].target, "Vieux"));
	assert_int_equal(e[3].state, STATE_MACHINE);
}

static void
test_missing(void **state)
{
	struct tree *t = *state;

	tree_site(t);
	assert_null(reads(t, "fr"));
	tree_said(t, "");
}

static void
test_empty(void **state)
{
	struct tree *t = *state;
	struct catalog *c;

	tree_put(t, "translations/fr/a/b.yaml", "segments:\nunused: []\n");
	tree_put(t, "translations/ar/a/b.yaml", "");
	tree_site(t);
	c = reads(t, "fr");
	assert_true(c && c->n == 0 && c->nlive == 0);
	c = reads(t, "ar");
	assert_true(c && c->n == 0);
	tree_said(t, "");
}

static void
test_unusable(void **state)
{
	struct tree *t = *state;

	tree_put(t, "translations/fr/a/b.yaml", "segments:\n- source: a\n<<<<<<< HEAD\n  target: b\n");
	tree_put(t, "translations/ar/a/b.yaml", "- source: a\n  target: b\n");
	tree_site(t);
	assert_null(reads(t, "fr"));
	tree_said(t, "translations/fr/a/b.yaml:3:1 yaml-conflict\n");
	assert_null(reads(t, "ar"));
	tree_said(t, "translations/ar/a/b.yaml:1:1 yaml-type translations/ar/a/b.yaml\n");
}

static void
test_problems(void **state)
{
	struct tree *t = *state;
	struct catalog *c;

	tree_put(t, "translations/fr/a/b.yaml",
	    "page: a/c.md\n"
	    "language: es\n"
	    "segmens: x\n"
	    "segments:\n"
	    "- text\n"
	    "- target: no source\n"
	    "- source: a\n"
	    "  target: b\n"
	    "  state: fuzzy\n"
	    "  colour: {x: y}\n"
	    "- source: [c]\n"
	    "  target: d\n"
	    "- source: e\n"
	    "  target: [f]\n"
	    "  by: {x: y}\n"
	    "unused: x\n");
	tree_site(t);
	c = reads(t, "fr");
	tree_said(t, "translations/fr/a/b.yaml:1:7 catalog-page a/c.md\n"
	    "translations/fr/a/b.yaml:2:11 catalog-language es\n"
	    "translations/fr/a/b.yaml:3:1 yaml-key segmens\n"
	    "translations/fr/a/b.yaml:5:3 catalog-shape segments\n"
	    "translations/fr/a/b.yaml:6:3 catalog-source\n"
	    "translations/fr/a/b.yaml:9:10 catalog-state fuzzy\n"
	    "translations/fr/a/b.yaml:10:3 yaml-key colour\n"
	    "translations/fr/a/b.yaml:11:3 catalog-source\n"
	    "translations/fr/a/b.yaml:11:11 yaml-type source\n"
	    "translations/fr/a/b.yaml:14:11 yaml-type target\n"
	    "translations/fr/a/b.yaml:15:7 yaml-type by\n"
	    "translations/fr/a/b.yaml:16:9 yaml-type unused\n");
	assert_non_null(c);
	assert_int_equal(c->n, 2);
	assert_int_equal(c->entries[0].state, STATE_DRAFT);
	assert_true(view_is(c->entries[0].target, "b"));
	assert_int_equal(c->entries[1].target.n, 0);
}

static void
test_page_names(void **state)
{
	struct tree *t = *state;

	tree_put(t, "translations/fr/a/b.yaml", "page: a/b\nlanguage: FR\n");
	tree_put(t, "translations/fr/data/states.yaml", "page: data/states.yaml\n");
	tree_site(t);
	reads(t, "fr");
	catalog_read(&t->arena, &t->site, site_language(&t->site, VIEW("fr")), VIEW("data/states"), VIEW_NONE,
	    &t->diags);
	tree_said(t, "");
}

static void
test_plural(void **state)
{
	struct tree *t = *state;
	struct catalog *c;

	tree_put(t, "translations/ar/a/b.yaml",
	    "segments:\n- source: x\n  target:\n    one: a\n    few: b\n    lots: c\n    many: [d]\n");
	tree_site(t);
	c = reads(t, "ar");
	tree_said(t, "translations/ar/a/b.yaml:6:5 yaml-key lots\ntranslations/ar/a/b.yaml:7:11 yaml-type many\n");
	assert_int_equal(c->n, 1);
	assert_non_null(c->entries[0].plural);
	assert_true(view_is(yaml_get(c->entries[0].plural, "few")->text, "b"));
	assert_int_equal(c->entries[0].target_place.line, 4);
	assert_int_equal(c->entries[0].target.n, 0);
}

static void
test_duplicates(void **state)
{
	struct tree *t = *state;
	struct catalog *c;

	tree_put(t, "translations/fr/a/b.yaml",
	    "segments:\n"
	    "- {source: a, target: x}\n"
	    "- {source: a, target: x}\n"
	    "- {source: a, target: ''}\n"
	    "- {source: a, context: c, target: y}\n"
	    "- {source: a, target: z}\n"
	    "unused:\n"
	    "- {source: a, target: w}\n");
	tree_site(t);
	c = reads(t, "fr");
	assert_int_equal(c->n, 6);
	tree_said(t, "translations/fr/a/b.yaml:6:12 catalog-duplicate 2\n");
}

static void
test_charset(void **state)
{
	static const char bytes[] = "segments:\n- source: cafe\n  target: caf\xe9 \xef\xee\n";
	struct tree *t = *state;
	struct catalog *c;

	tree_put_bytes(t, "translations/fr/a/b.yaml", bytes, sizeof bytes - 1);
	tree_put(t, "translations/ar/a/b.yaml", "segments:\n- source: e\n  target: caf\x65\xcc\x81\n");
	tree_put(t, "content/site.yaml", "title: T\nlanguages: [en, fr, ar]\n");
	tree_put(t, "translations/fr/language.yaml", "charset: windows-1252\n");
	tree_load(t);
	c = reads(t, "fr");
	tree_said(t, "");
	assert_true(view_is(c->entries[0].target, "café ïî"));
	c = reads(t, "ar");
	assert_true(view_is(c->entries[0].target, "caf\xc3\xa9"));
}

static void
test_list(void **state)
{
	static const char *const expected[] = { "a-b", "a/b", "data/states", "index", "interface" };
	struct tree *t = *state;
	struct list keys;

	tree_put(t, "translations/fr/a/b.yaml", "");
	tree_put(t, "translations/fr/a-b.yaml", "");
	tree_put(t, "translations/fr/interface.yaml", "");
	tree_put(t, "translations/fr/index.yaml", "");
	tree_put(t, "translations/fr/notes.txt", "");
	tree_put(t, "translations/fr/data/states.yaml", "");
	assert_int_equal(symlinkat("index.yaml", t->root.fd, "translations/fr/link.yaml"), 0);
	tree_site(t);
	keys = catalog_list(&t->arena, &t->site, site_language(&t->site, VIEW("fr")), &t->diags);
	assert_int_equal(keys.n, 5);
	for (size_t i = 0; i < keys.n; i++)
		assert_true(view_is(*LIST_AT(&keys, struct view, i), expected[i]));
	tree_said(t, "translations/fr/link.yaml:0:0 file-link translations/fr/link.yaml\n");
	keys = catalog_list(&t->arena, &t->site, site_language(&t->site, VIEW("en")), &t->diags);
	assert_int_equal(keys.n, 0);
}

/* Many entries, all alike at the beginning: reading stays linear. */
static void
test_many(void **state)
{
	struct tree *t = *state;
	struct catalog *c;
	struct buf b;
	clock_t start;

	buf_init(&b);
	buf_puts(&b, "segments:\n");
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "- source: the same words %d\n  target: x%d\n", i, i);
	tree_put_bytes(t, "translations/fr/a/b.yaml", b.p, b.n);
	buf_release(&b);
	tree_site(t);
	start = clock();
	c = reads(t, "fr");
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
	tree_said(t, "");
	assert_int_equal(c->n, 20000);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole), TEST(test_missing), TEST(test_empty), TEST(test_unusable), TEST(test_problems),
		TEST(test_page_names), TEST(test_plural), TEST(test_duplicates), TEST(test_charset), TEST(test_list),
		TEST(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
