/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/site: site.yaml, language.yaml, chains. */
#include "tree.h"

#include <limits.h>

#include "format/yaml.h"

static struct language *
language(struct tree *t, const char *tag)
{
	struct language *l = site_language(&t->site, view_str(tag));

	assert_non_null(l);
	return l;
}

/* The chain of a language as "es en". */
static void
chain_is(struct tree *t, const char *tag, const char *expected)
{
	struct language *l = language(t, tag);
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < l->nfallback; i++)
		buf_printf(&b, "%s%.*s", i ? " " : "", VIEW_ARG(l->fallback[i]->lang->tag));
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
languages_are(struct tree *t, const char *expected)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < t->site.nlanguages; i++) {
		assert_int_equal(t->site.languages[i]->index, i);
		buf_printf(&b, "%s%.*s", i ? " " : "", VIEW_ARG(t->site.languages[i]->lang->tag));
	}
	assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_states(void **state)
{
	enum state s;

	(void)state;
	for (int i = 0; i < STATE_COUNT; i++) {
		assert_true(state_parse(view_str(state_name((enum state)i)), &s));
		assert_int_equal(s, i);
	}
	assert_false(state_parse(VIEW("Reviewed"), &s));
	assert_false(state_parse(VIEW(""), &s));
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	struct site *s = &t->site;

	tree_put(t, "themes/paper/page.html", "");
	tree_put(t, "translations/fr/language.yaml",
	    "name: 'Français '\nfallback: [en]\npublish-from: 20\ncharset: latin1\nfont: x\n");
	tree_put(t, "translations/zh-hans/language.yaml", "fallback: [en]\n");
	tree_put(t, "content/site.yaml",
	    "title: A title\ndescription: |\n  More words.\nsource-language: en\nbase-url: https://example.org/x\n"
	    "languages: [en, fr, zh-Hans]\npublish: [machine, draft]\ntheme: paper\nlicence: CC BY 4.0\n"
	    "translatable: [title]\n");
	tree_load(t);
	tree_said(t, "");
	assert_true(view_is(s->title, "A title"));
	assert_true(view_is(s->description, "More words."));
	assert_int_equal(s->title_place.line, 1);
	assert_int_equal(s->title_place.col, 8);
	assert_int_equal(s->description_place.line, 3);
	assert_true(view_is(s->base_url, "https://example.org/x/"));
	assert_true(view_is(s->licence, "CC BY 4.0"));
	assert_true(view_is(s->theme, "paper"));
	assert_true(s->publish[STATE_MACHINE] && s->publish[STATE_DRAFT]);
	assert_false(s->publish[STATE_TRANSLATED] || s->publish[STATE_REVIEWED]);
	languages_are(t, "en fr zh-Hans");
	assert_ptr_equal(s->source, s->languages[0]);
	assert_true(s->source->source);
	assert_true(view_is(language(t, "fr")->name, "Français"));
	assert_true(view_is(language(t, "fr")->charset, "latin1"));
	assert_true(language(t, "fr")->publish_from > 0.199 && language(t, "fr")->publish_from < 0.201);
	assert_true(view_is(language(t, "zh-Hans")->dir, "translations/zh-hans"));
	assert_true(language(t, "zh-Hans")->name.n > 0);
	assert_null(site_language(s, VIEW("de")));
}

static void
test_defaults(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\n");
	tree_put(t, "translations/fr/a.yaml", "");
	tree_put(t, "translations/ar/a.yaml", "");
	tree_put(t, "translations/README.md", "");
	tree_load(t);
	tree_said(t, "");
	languages_are(t, "en ar fr");
	assert_true(view_is(t->site.theme, "default"));
	assert_int_equal(t->site.base_url.n, 0);
	assert_true(t->site.publish[STATE_MACHINE] && t->site.publish[STATE_TRANSLATED] &&
	    t->site.publish[STATE_REVIEWED] && !t->site.publish[STATE_DRAFT]);
	chain_is(t, "fr", "en");
	chain_is(t, "en", "");
}

static void
test_source_is_added(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\nsource-language: es\nlanguages: qu\n");
	tree_put(t, "translations/qu/language.yaml", "fallback: es\n");
	tree_load(t);
	tree_said(t, "");
	languages_are(t, "es qu");
	chain_is(t, "qu", "es");
	chain_is(t, "es", "");
}

static void
test_chains(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\nlanguages: [qu, es, pt, en, fr, ay, de]\n");
	tree_put(t, "translations/qu/language.yaml", "fallback: [es]\n");
	tree_put(t, "translations/ay/language.yaml", "fallback: [qu, fr]\n");
	tree_put(t, "translations/es/language.yaml", "fallback: [pt]\n");
	tree_put(t, "translations/pt/language.yaml", "");
	tree_put(t, "translations/fr/language.yaml", "fallback: [es, en, pt]\n");
	tree_put(t, "translations/de/language.yaml", "fallback: []\n");
	tree_load(t);
	tree_said(t, "");
	languages_are(t, "qu es pt en fr ay de");
	chain_is(t, "qu", "es pt en");
	chain_is(t, "ay", "qu fr es pt en");
	chain_is(t, "fr", "es en");
	chain_is(t, "pt", "en");
	chain_is(t, "de", "en");
}

static void
test_loops(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\nlanguages: [en, fr, es, qu, de]\n");
	tree_put(t, "translations/en/language.yaml", "fallback: [fr]\n");
	tree_put(t, "translations/fr/language.yaml", "fallback: [es]\n");
	tree_put(t, "translations/es/language.yaml", "fallback: [qu]\n");
	tree_put(t, "translations/qu/language.yaml", "fallback: [fr, en]\n");
	tree_put(t, "translations/de/language.yaml", "fallback: [de, fr]\n");
	tree_load(t);
	tree_said(t, "translations/de/language.yaml:1:12 fallback-loop de\n"
	    "translations/qu/language.yaml:1:12 fallback-loop qu\n");
	chain_is(t, "fr", "es qu en");
	chain_is(t, "qu", "en");
	chain_is(t, "de", "fr es qu en");
	chain_is(t, "en", "");
}

static void
test_bad_languages(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\nsource-language: 12\nlanguages: [en, xx-xx-xx-xx, fr, de, FR]\n");
	tree_put(t, "translations/fr/language.yaml",
	    "fallback: [es, 'no way']\ncharset: klingon\npublish-from: 120\nnames: x\n");
	tree_put(t, "translations/not_a_tag/x.yaml", "");
	tree_put(t, "translations/FR/x.yaml", "");
	assert_int_equal(symlinkat("fr", t->root.fd, "translations/ar"), 0);
	tree_load(t);
	tree_said(t, "content/site.yaml:2:18 lang-unknown 12\n"
	    "content/site.yaml:3:17 lang-unknown xx-xx-xx-xx\n"
	    "content/site.yaml:3:34 lang-folder de\n"
	    "content/site.yaml:3:38 lang-twice fr\n"
	    "translations/FR:0:0 lang-twice fr\n"
	    "translations/ar:0:0 file-link translations/ar\n"
	    "translations/fr/language.yaml:1:12 fallback-unknown es\n"
	    "translations/fr/language.yaml:1:16 lang-unknown no way\n"
	    "translations/fr/language.yaml:2:10 charset-unknown klingon\n"
	    "translations/fr/language.yaml:3:15 yaml-type publish-from\n"
	    "translations/fr/language.yaml:4:1 yaml-key names\n"
	    "translations/not_a_tag:0:0 lang-unknown not_a_tag\n");
}

static void
test_bad_values(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "titel: T\nbase-url: ftp://x\npublish: [final]\ntheme: ../x\nlanguages:\n- code: en\n"
	    "licence: [a]\ntranslatable:\n  title: yes\n");
	tree_load(t);
	tree_said(t, "content/site.yaml:1:1 site-title\n"
	    "content/site.yaml:1:1 yaml-key titel\n"
	    "content/site.yaml:2:11 yaml-type base-url\n"
	    "content/site.yaml:3:11 site-state final\n"
	    "content/site.yaml:4:8 site-theme ../x\n"
	    "content/site.yaml:6:3 yaml-type languages\n"
	    "content/site.yaml:7:10 yaml-type licence\n"
	    "content/site.yaml:9:3 yaml-type translatable\n");
	assert_true(view_is(t->site.theme, "default"));
	languages_are(t, "en");
}

static void
test_no_site_yaml(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/index.md", "");
	tree_load(t);
	tree_said(t, "content/site.yaml:0:0 file-missing content/site.yaml\n");
	languages_are(t, "en");
	assert_true(t->site.publish[STATE_MACHINE]);
}

static void
test_not_a_map(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "- a\n");
	tree_load(t);
	tree_said(t, "content/site.yaml:1:1 yaml-type content/site.yaml\n");
}

static void
test_no_project(void **state)
{
	struct tree *t = *state;
	struct site s;

	tree_put(t, "content", "a file");
	assert_false(site_load(&s, &t->arena, view_str(t->folder), &t->diags));
	assert_false(site_load(&s, &t->arena, VIEW("/nowhere/at/all"), &t->diags));
	assert_int_equal(t->diags.list.n, 2);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_project_missing);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 1)->id, DIAG_project_missing);
}

static void
test_find_root(void **state)
{
	struct tree *t = *state;
	struct view here = view_str(t->folder), found;
	char real[PATH_MAX];

	tree_put(t, "content/a/b/x.md", "");
	assert_true(view_eq(site_find_root(&t->arena, here), here));
	found = site_find_root(&t->arena, view_join(&t->arena, here, VIEW("content/a/b")));
	assert_non_null(realpath(t->folder, real));
	assert_true(view_is(found, real));
	assert_int_equal(site_find_root(&t->arena, view_join(&t->arena, here, VIEW("nowhere"))).n, 0);
	assert_int_equal(site_find_root(&t->arena, VIEW("/dev")).n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

static void
test_public_key(void **state)
{
	static const char good[] = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
	static const char *const bad[] = { "RWQf6", "RWRTSw-LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
		"RXQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
		"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3" };
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", view_printf(&t->arena, "title: T\nlanguages: [en]\npublic-key: %s\n", good).p);
	tree_load(t);
	assert_true(view_is(t->site.public_key, good));
	tree_said(t, "");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		site_close(&t->site);
		tree_put(t, "content/site.yaml", view_printf(&t->arena, "title: T\nlanguages: [en]\npublic-key: %s\n", bad[i]).p);
		tree_load(t);
		assert_int_equal(t->site.public_key.n, 0);
		tree_said(t, "content/site.yaml:0:0 site-key\n");
		diags_release(&t->diags);
		diags_init(&t->diags);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_public_key, tree_setup, tree_teardown),
		cmocka_unit_test(test_states), TEST(test_whole), TEST(test_defaults), TEST(test_source_is_added),
		TEST(test_chains), TEST(test_loops), TEST(test_bad_languages), TEST(test_bad_values),
		TEST(test_no_site_yaml), TEST(test_not_a_map), TEST(test_no_project), TEST(test_find_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
