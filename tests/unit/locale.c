/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/locale: which text along the chain, what is counted. */
#include "world.h"

static void
open_locale(struct tree *t, struct world *w, struct locale *l, const char *tag)
{
	struct language *lang = site_language(&w->site, view_str(tag));

	assert_non_null(lang);
	locale_open(l, &t->arena, w, lang, false, &t->diags);
}

/* "tag:text" of a segment, with ! when it is outdated. */
static void
chosen(struct locale *l, const struct page *p, size_t i, const char *expected)
{
	const struct choice *c = &locale_page(l, p)->choices[i];
	char text[300];

	snprintf(text, sizeof text, "%.*s:%.*s%s", VIEW_ARG(c->from->lang->tag), VIEW_ARG(c->text), c->outdated ? "!" : "");
	assert_string_equal(text, expected);
}

static void
test_chain(void **state)
{
	struct tree *t = *state;
	struct page *one;
	struct locale fr, ar, en;
	struct world w;

	world_files(t);
	world_make(t, &w);
	one = world_page(&w, "a/one.md");
	open_locale(t, &w, &fr, "fr");
	chosen(&fr, one, PAGE_TITLE, "fr:Un");
	chosen(&fr, one, 2, "fr:Premier texte ici.");
	chosen(&fr, one, 3, "fr:Second texte ici.[^n]!");
	chosen(&fr, one, 4, "en:A note.");
	open_locale(t, &w, &ar, "ar");
	chosen(&ar, one, PAGE_TITLE, "fr:Un");
	chosen(&ar, one, 2, "ar:نص أول هنا.");
	chosen(&ar, one, 4, "en:A note.");
	open_locale(t, &w, &en, "en");
	chosen(&en, one, 2, "en:First text here.");
	assert_ptr_equal(locale_page(&fr, one), locale_page(&fr, one));
	tree_said(t, "");
	world_close(&w);
}

static void
test_counts(void **state)
{
	struct tree *t = *state;
	struct locale_page *p;
	struct locale fr;
	struct world w;

	world_files(t);
	world_make(t, &w);
	open_locale(t, &w, &fr, "fr");
	p = locale_page(&fr, world_page(&w, "a/one.md"));
	assert_int_equal(p->segments, 4);
	assert_int_equal(p->shown, 3);
	assert_int_equal(p->machine, 1);
	assert_int_equal(p->outdated, 1);
	assert_int_equal(p->tally.segments[TALLY_REVIEWED], 1);
	assert_int_equal(p->tally.segments[TALLY_MISSING], 1);
	world_close(&w);
}

/* What may not be shown: drafts, outdated critical text, a changed address. */
static void
test_withheld(void **state)
{
	struct tree *t = *state;
	struct page *c;
	struct locale fr;
	struct world w;

	world_files(t);
	tree_put(t, "content/c.md", "---\ntitle: C\n---\nDraft here now.\n\n<!-- critical -->\n\nDanger is here now.\n\n[go](a/one.md) there\n");
	tree_put(t, "translations/fr/c.yaml", "segments:\n- source: Draft here now.\n  target: Brouillon.\n  state: draft\n"
	    "- source: Danger is here now.\n  was: x\n  target: Danger.\n- source: |\n    [go][1] there\n  target: |\n    [va](https://evil.example/)\n");
	world_make(t, &w);
	tree_said(t, "translations/fr/c.yaml:11:5 withheld-address 'https://evil.example/' is not in the source\n");
	c = world_page(&w, "c.md");
	open_locale(t, &w, &fr, "fr");
	chosen(&fr, c, 2, "en:Draft here now.");
	chosen(&fr, c, 3, "en:Danger is here now.");
	chosen(&fr, c, 4, "en:[go][1] there");
	world_close(&w);
}

static void
test_versions(void **state)
{
	struct tree *t = *state;
	struct locale fr, en;
	struct world w;

	world_files(t);
	tree_put(t, "content/a/one.fr.md", "---\ntitle: Un\n---\nTout autre texte.\n");
	world_make(t, &w);
	open_locale(t, &w, &fr, "fr");
	open_locale(t, &w, &en, "en");
	assert_ptr_equal(locale_page(&fr, world_page(&w, "a/one.md"))->page, world_page(&w, "a/one.fr.md"));
	chosen(&fr, world_page(&w, "a/one.md"), 2, "fr:Tout autre texte.");
	chosen(&en, world_page(&w, "a/one.md"), 2, "en:First text here.");
	assert_true(locale_has(world_page(&w, "b.fr.md"), fr.language));
	assert_false(locale_has(world_page(&w, "b.fr.md"), en.language));
	assert_false(locale_translated(world_page(&w, "a/one.md"), fr.language));
	assert_true(locale_translated(world_page(&w, "a/one.md"), en.language));
	assert_true(locale_translated(world_page(&w, "a/two.md"), fr.language));
	assert_false(locale_translated(world_page(&w, "b.fr.md"), fr.language));
	assert_false(locale_translated(world_page(&w, "b.fr.md"), en.language));
	world_close(&w);
}

static void
test_strays(void **state)
{
	struct tree *t = *state;
	struct locale fr;
	struct world w;

	world_files(t);
	tree_put(t, "translations/fr/gone.yaml", "segments: []\n");
	tree_put(t, "translations/fr/data/gone.yaml", "segments: []\n");
	world_make(t, &w);
	t->diags.list.n = 0;
	open_locale(t, &w, &fr, "fr");
	locale_strays(&fr);
	tree_said(t, "translations/fr/data/gone.yaml:0:0 catalog-stray data/gone\n"
	    "translations/fr/gone.yaml:0:0 catalog-stray gone\n");
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_chain, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_counts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_withheld, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_versions, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_strays, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
