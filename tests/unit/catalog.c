/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/catalog. */
#include "tree.h"

#include <time.h>

#include "format/yaml.h"
#include "job/merge.h"

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

/* The page below, and lines that catalogs of it can be made of. */
static const char page_text[] = "---\ntitle: Title\n---\n\nFirst text.\n\n## Second *text*\n\n- 12\n- Caf\xC3\xA9\n\nLast `a`.\n";
static const char *const sources[] = { "Title", "First text.", "Second *text*", "12", "Caf\xC3\xA9", "Last `a`." };
static const char *const targets[] = { "Titre", "Premier texte", "le *texte* 2", "\xD8\xA7\xD8\xA8", "\xE4\xB8\xAD\xE6\x96\x87\xEF\xBC\x8C", "x  ", "a \\* b", "e\xCC\x81t",
	" x", "#x", "\tx", "", "a\tb", "\xEF\xBB\xBFx", "a\x80", "\xE0\x80\xA0", "\xE2\x80\xA8", "\xC2\x85", "a\rb", "\xE2\x80\xAE", "a\n    b", "a\n\n    b", "a\n     b", "x\xEF\xBF\xBE" };
static const char *const odd_lines[] = { "#. a/b.md:12\n", "# note \xC3\xA9\n", "# \xE2\x80\xAE\n", "  state: reviewed\n", "  state: strange\n", "  by: Awa B\n", "  by: A  B\n", "  by: -\n",
	"  on: 2025-01-02\n", "  reviewed-by: Binta S\xC3\xA8\n", "  was: Old\n", "  note: n\n", "\n", "  \n", "unused: []\n", "unused:\n", "segments:\n", "page: a/b.md\n",
	"page: a/b\n", "page: other.md\n", "language: fr\n", "language: ar\n", "- source: |\n    First text.\n  target: |\n    again\n", "- source: First text.\n",
	"  context: c\n", "  source: |\n    Title\n", "  target: |\n    two\n", "<<<<<<< ours\n", "- source: |\n    Nobody\n  target: |\n    x\n" };

static unsigned
any(unsigned n)
{
	static unsigned seed = 3;

	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* Mostly what a tool of ours writes; now and then a text is left out, odd, or a line stands where it should not. */
static void
make_catalog(struct buf *b)
{
	unsigned odd = any(3) ? 0 : 8, kinds = any(3) ? 8 : sizeof targets / sizeof *targets;

	buf_clear(b);
	if (any(4))
		buf_puts(b, "page: a/b.md\n");
	if (any(2))
		buf_puts(b, "language: fr\n");
	buf_puts(b, "segments:\n");
	for (unsigned i = 0; i < sizeof sources / sizeof *sources; i++) {
		if (any(8) == 0)
			continue;
		if (any(3) == 0)
			buf_puts(b, odd_lines[any(2)]);
		buf_printf(b, "- source: |\n    %s\n  target: |\n    %s\n", sources[any(30) ? i : any(6)], targets[any(kinds)]);
		for (unsigned k = 0; k < 6; k++)
			if (k == 3 || k == 5 || k == 9)
				buf_puts(b, any(2) ? odd_lines[k] : "");
		if (odd && any(odd) == 0)
			buf_puts(b, odd_lines[any(sizeof odd_lines / sizeof *odd_lines)]);
	}
	if (any(2))
		buf_puts(b, "unused: []\n");
	if (odd && any(odd) == 0)
		buf_truncate(b, b->n - 1);
}

static void
same_entry(const struct catalog_entry *x, const struct catalog_entry *y)
{
	const struct view *v[] = { &x->source, &x->target, &x->was, &x->context, &x->by, &x->reviewed_by, &x->on, &x->note };
	const struct view *w[] = { &y->source, &y->target, &y->was, &y->context, &y->by, &y->reviewed_by, &y->on, &y->note };

	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		assert_true(view_eq(*v[i], *w[i]));
	assert_int_equal(x->state, y->state);
	assert_memory_equal(&x->look, &y->look, sizeof x->look);
	assert_int_equal(x->unused, y->unused);
	assert_ptr_equal(x->plural, y->plural);
}

/* A catalog that is read beside its page is the one that is read by itself, about which there is nothing to say, and its matches are the same. */
static bool
same_beside(struct tree *t, struct arena *a, const struct page *p)
{
	const struct language *l = site_language(&t->site, VIEW("fr"));
	struct catalog *quick = catalog_read_beside(a, &t->site, l, p, &t->diags), *slow;
	struct match *x, *y;
	bool used[20], used_too[20];

	if (!quick || !quick->of_segment) {
		t->diags.list.n = 0;
		return false;
	}
	slow = catalog_read(a, &t->site, l, p->key, p->path, &t->diags);
	tree_said(t, "");
	assert_int_equal(quick->n, slow->n);
	assert_int_equal(quick->nlive, slow->nlive);
	x = merge_match(a, p->segments, p->nsegments, quick, used);
	y = merge_match(a, p->segments, p->nsegments, slow, used_too);
	for (size_t i = 0; i < slow->n; i++) {
		same_entry(&quick->entries[i], &slow->entries[i]);
		assert_true(used[i] && used_too[i]);
	}
	for (size_t i = 0; i < p->nsegments; i++) {
		assert_int_equal(x[i].entry ? x[i].entry - quick->entries : -1, y[i].entry ? y[i].entry - slow->entries : -1);
		assert_int_equal(x[i].outdated, y[i].outdated);
		assert_int_equal(x[i].moved, y[i].moved);
	}
	return true;
}

static void
test_beside(void **state)
{
	struct tree *t = *state;
	unsigned taken = 0;
	struct page *p;
	char path[300];
	struct buf b;

	tree_put(t, "translations/fr/a/b.yaml", "");
	tree_site(t);
	snprintf(path, sizeof path, "%s/translations/fr/a/b.yaml", t->folder);
	p = page_read(&t->arena, &t->site, NULL, VIEW("a/b.md"), view_str(page_text), &t->diags);
	assert_non_null(p);
	assert_true(p->comparable);
	buf_init(&b);
	for (int i = 0; i < 20000; i++) {
		FILE *f = fopen(path, "w");
		struct arena a;

		make_catalog(&b);
		assert_non_null(f);
		assert_int_equal(fwrite(b.p, 1, b.n, f), b.n);
		fclose(f);
		arena_init(&a);
		taken += same_beside(t, &a, p);
		arena_release(&a);
	}
	buf_release(&b);
	assert_in_range(taken, 4000, 16000);	/* the test sees both sides */
}

/* Sources that a catalog's bytes do not tell apart. */
static void
test_not_comparable(void **state)
{
	static const char *const texts[] = { "a\n\nb\n\na\n", "\\# x\n", "\xEF\xBF\xBE\n", "e\xCC\x81\n\n- \xC3\xA9\n", "e\xCC\x81\n\n- e\n" };
	static const bool fine[] = { false, false, false, false, true };
	struct tree *t = *state;

	tree_site(t);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct view text = view_printf(&t->arena, "---\ntitle: T\n---\n\n%s", texts[i]);
		struct page *p = page_read(&t->arena, &t->site, NULL, VIEW("a/b.md"), text, &t->diags);

		if (p->comparable != fine[i])
			fail_msg("%s", texts[i]);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole), TEST(test_missing), TEST(test_empty), TEST(test_unusable), TEST(test_problems),
		TEST(test_page_names), TEST(test_plural), TEST(test_duplicates), TEST(test_charset), TEST(test_list),
		TEST(test_many), TEST(test_beside), TEST(test_not_comparable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
