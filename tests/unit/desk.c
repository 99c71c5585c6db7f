/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/desk: which units there are, what is said of each text, JSON that is safe in HTML and in a script. */
#include "world.h"

#include "format/json.h"
#include "job/desk.h"

static void
files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/translate.md", "---\ntitle: Desk\nlayout: desk\n---\nWork here.\n");
	tree_put(t, "content/a/three.fr.md", "---\ntitle: Trois\n---\nTexte.\n");
	tree_put(t, "content/a/three.md", "---\ntitle: Three\n---\nText.\n");
	tree_put(t, "content/data/glossary.yaml", "translatable: [term]\nitems:\n- term: State party\n- term: deposit\n");
	tree_put(t, "content/data/terms.yaml", "items:\n- source: [text, texts]\n  fr: [texte*, mot]\n- source: report\n  ar: x\n");
	tree_put(t, "translations/fr/data/glossary.yaml", "segments:\n- source: State party\n  target: État partie\n");
	tree_put(t, "themes/default/desk.html", "{{#desk}}{{href}} {{data}}{{/desk}}\n");
	assert_int_equal(file_write(&t->root, VIEW("themes/default/strings.yaml"), VIEW("strings:\n"
	    "- key: desk-save\n  text: Save </script> \"it\"\n- key: skip\n  text: Skip\n  note: where\n"
	    "- key: things\n  plural: status.total\n  one: \"{n} thing\"\n  other: \"{n} things\"\n"), &t->diags), FILE_WRITTEN);
}

struct opened {
	struct world w;
	struct locale l;
	struct diags quiet;
};

static void
open_in(struct tree *t, struct opened *o, const char *tag)
{
	files(t);
	world_make(t, &o->w);
	diags_init(&o->quiet);
	locale_open(&o->l, &t->arena, &o->w, site_language(&o->w.site, view_str(tag)), false, &o->quiet);
}

static void
close_world(struct opened *o)
{
	diags_release(&o->quiet);
	world_close(&o->w);
}

static size_t
unit_of(struct tree *t, const struct world *w, const char *key)
{
	for (size_t i = 0; i < desk_units(w); i++)
		if (view_is(desk_key(w, &t->arena, i), key))
			return i;
	fail_msg("no unit %s", key);
	return 0;
}

/* The unit's data, read back. */
static struct json *
data_of(struct tree *t, struct opened *o, const char *key)
{
	struct view error = VIEW_NONE;
	struct json *j;
	struct buf b;

	buf_init(&b);
	if (*key)
		desk_unit(&o->l, unit_of(t, &o->w, key), &t->arena, &b);
	else
		desk_overview(&o->l, &t->arena, &b);
	assert_int_equal(view_find(view_buf(&b), '<'), b.n);
	assert_int_equal(view_find(view_buf(&b), '\n'), b.n);
	j = json_read(&t->arena, view_copy(&t->arena, view_buf(&b)), &error);
	if (!j)
		fail_msg("%s: %s", error.p, b.p);
	buf_release(&b);
	return j;
}

static const struct json *
at(const struct json *list, size_t i)
{
	const struct json *j = list ? list->child : NULL;

	while (j && i--)
		j = j->next;
	assert_non_null(j);
	return j;
}

static void
text_is(const struct json *object, const char *key, const char *expected)
{
	const struct json *j = json_get(object, key);
	struct view text = j ? j->text : VIEW("nothing");

	if (!view_is(text, expected))
		fail_msg("%s is '%.*s', not '%s'", key, VIEW_ARG(text), expected);
}

static void
test_units(void **state)
{
	struct tree *t = *state;
	struct opened o;
	const struct language *fr, *ar;

	open_in(t, &o, "fr");
	fr = o.l.language;
	ar = site_language(&o.w.site, VIEW("ar"));
	assert_true(desk_has(&o.w, fr, unit_of(t, &o.w, "a/one")));
	assert_true(desk_has(&o.w, fr, unit_of(t, &o.w, "data/things")));
	assert_true(desk_has(&o.w, fr, unit_of(t, &o.w, "interface")));
	assert_false(desk_has(&o.w, o.w.site.source, unit_of(t, &o.w, "a/one")));
	assert_false(desk_has(&o.w, fr, unit_of(t, &o.w, "data/terms")));
	assert_false(desk_has(&o.w, fr, unit_of(t, &o.w, "b")));
	/* written in French: nothing to translate there */
	assert_false(desk_has(&o.w, fr, world_page(&o.w, "a/three.md")->index));
	assert_true(desk_has(&o.w, ar, world_page(&o.w, "a/three.md")->index));
	assert_true(view_is(desk_path(&o.w, &t->arena, fr, unit_of(t, &o.w, "a/one")), "fr/desk/pages/a/one.js"));
	assert_true(view_is(desk_path(&o.w, &t->arena, ar, unit_of(t, &o.w, "data/things")), "ar/desk/data/things.js"));
	assert_true(view_is(desk_path(&o.w, &t->arena, ar, unit_of(t, &o.w, "interface")), "ar/desk/interface.js"));
	assert_true(view_is(desk_overview_path(&t->arena, ar), "ar/desk/overview.js"));
	assert_true(view_is(desk_page(&o.w)->path, "translate.md"));
	close_world(&o);
}

static void
test_segments(void **state)
{
	struct tree *t = *state;
	const struct json *s;
	struct opened o;

	open_in(t, &o, "fr");
	s = json_get(data_of(t, &o, "a/one"), "segments");
	text_is(at(s, 0), "s", "One");
	text_is(at(s, 0), "t", "Un");
	text_is(at(s, 0), "r", "title");
	text_is(at(s, 0), "st", "reviewed");
	assert_int_equal(json_get(at(s, 0), "x")->kind, JSON_TRUE);
	assert_null(json_get(at(s, 0), "w"));
	text_is(at(s, 1), "st", "machine");
	assert_null(json_get(at(s, 1), "x"));
	text_is(at(s, 2), "s", "Second text here.[^n]");
	text_is(at(s, 2), "w", "Old.");
	s = json_get(data_of(t, &o, "index"), "segments");
	text_is(at(s, 1), "s", "Hello [you][1].");
	assert_null(json_get(at(s, 1), "t"));
	text_is(at(s, 1), "s", "Hello [you][1].");
	assert_true(view_is(at(json_get(at(s, 1), "d"), 0)->text, "a/one.md"));
	close_world(&o);
}

/* The same words twice: once when one entry serves both or there is none, numbered when each has its own. */
/* What the editor admits is said, so that the desk does not warn of it. */
static void
test_admitted(void **state)
{
	struct tree *t = *state;
	const struct json *segments;
	struct opened o;

	tree_put(t, "content/c.md", "---\ntitle: C\n---\nCall 12345.\n\nCall 67890.\n");
	tree_put(t, "translations/fr/c.yaml", "segments:\n- {source: Call 12345., target: Appelez 54321.}\n"
	    "- {source: Call 67890., target: Appelez 67890.}\n");
	tree_put(t, "content/exceptions.yaml", "exceptions:\n"
	    "- {language: fr, source: Call 12345., target: Appelez 54321., admit: numbers, reason: r}\n");
	open_in(t, &o, "fr");
	segments = json_get(data_of(t, &o, "c"), "segments");
	text_is(at(segments, 1), "s", "Call 12345.");
	assert_non_null(json_get(at(segments, 1), "a"));
	assert_null(json_get(at(segments, 2), "a"));
	assert_null(json_get(at(segments, 0), "a"));
	close_world(&o);
}

static void
test_twins(void **state)
{
	struct tree *t = *state;
	const struct json *s;
	struct opened o;

	tree_put(t, "content/twins.md", "---\ntitle: Twins\n---\nAsk.\n\nCome in.\n\nAsk.\n\nCome in.\n\nAsk.\n");
	tree_put(t, "translations/fr/twins.yaml", "segments:\n- source: Ask.\n  target: Demandez.\n- source: Ask.\n  target: Demande.\n");
	open_in(t, &o, "fr");
	s = json_get(data_of(t, &o, "twins"), "segments");
	text_is(at(s, 1), "t", "Demandez.");
	assert_null(json_get(at(s, 1), "c"));
	text_is(at(s, 2), "s", "Come in.");
	text_is(at(s, 3), "t", "Demande.");
	text_is(at(s, 3), "c", "2");
	assert_null(at(s, 3)->next);
	close_world(&o);
}

static void
test_interface(void **state)
{
	struct tree *t = *state;
	const struct json *s, *plural;
	struct opened o;

	open_in(t, &o, "fr");
	s = json_get(data_of(t, &o, "interface"), "segments");
	text_is(at(s, 3), "s", "Skip");
	text_is(at(s, 3), "h", "where");
	plural = at(s, 4);
	text_is(plural, "s", "{n} things");
	text_is(json_get(plural, "sf"), "one", "{n} thing");
	text_is(json_get(plural, "tf"), "one", "{n} chose");
	text_is(json_get(plural, "tf"), "other", "{n} choses");
	assert_null(json_get(plural, "t"));
	close_world(&o);
}

static void
test_overview(void **state)
{
	struct tree *t = *state;
	const struct json *j, *unit, *word;
	struct opened o;

	open_in(t, &o, "ar");
	j = data_of(t, &o, "");
	text_is(j, "site", "site");
	assert_int_equal(json_get(j, "id")->text.n, 8);
	assert_true(view_eq(json_get(j, "id")->text, o.w.site.id));
	assert_true(view_eq(at(json_get(j, "was"), 0)->text, o.w.site.title_id));
	assert_false(view_eq(o.w.site.id, o.w.site.title_id));
	assert_true(view_is(at(json_get(j, "was"), 1)->text, "site"));
	text_is(json_get(j, "language"), "dir", "rtl");
	text_is(json_get(j, "source"), "tag", "en");
	word = json_get(json_get(j, "words"), "save");	/* not translated: text, language and direction */
	assert_true(view_is(at(word, 0)->text, "Save </script> \"it\""));
	assert_true(view_is(at(word, 1)->text, "en"));
	assert_true(view_is(at(word, 2)->text, "ltr"));
	assert_null(json_get(json_get(j, "words"), "skip"));
	assert_true(view_is(at(at(json_get(j, "plurals"), 3), 0)->text, "few"));
	assert_true(view_is(at(at(json_get(j, "plurals"), 3), 1)->text, "\xD9\xA3"));
	unit = at(json_get(j, "units"), 0);
	text_is(unit, "key", "index");
	text_is(unit, "page", "index.md");
	text_is(unit, "file", "pages/index.js");
	assert_int_equal((int)json_get(unit, "open")->number, 2);
	close_world(&o);
}

static void
test_terms(void **state)
{
	struct tree *t = *state;
	const struct json *terms;
	struct opened o;

	open_in(t, &o, "fr");
	terms = json_get(data_of(t, &o, ""), "terms");
	assert_true(view_is(at(at(terms, 0), 0)->text, "text"));
	assert_true(view_is(at(at(terms, 0), 1)->text, "texte"));
	assert_true(view_is(at(at(terms, 1), 0)->text, "texts"));
	assert_true(view_is(at(at(terms, 1), 1)->text, "texte"));
	assert_true(view_is(at(at(terms, 2), 1)->text, "\xC3\x89tat partie"));
	assert_null(at(terms, 2)->next);
	close_world(&o);
}

static void
test_script(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	desk_script(VIEW("{\"a\":\"\\u003c \\\\\"}"), &b);
	assert_string_equal(b.p, "waypostDesk(\"{\\\"a\\\":\\\"\\\\u003c \\\\\\\\\\\"}\");\n");
	buf_release(&b);
}

/* What a script or a line of a terminal would take for its own never stands there as it is. */
static void
test_hostile(void **state)
{
	struct tree *t = *state;
	const struct json *s;
	struct opened o;

	tree_put(t, "content/bad.md", "---\ntitle: Bad\n---\nSay \\<script> \\\\ \"x\" \xC2\xA0 now.\n");
	tree_put(t, "translations/fr/bad.yaml", "segments:\n- source: Bad\n  target: \"</script><!--\\t\\\"\"\n");
	open_in(t, &o, "fr");
	s = json_get(data_of(t, &o, "bad"), "segments");
	text_is(at(s, 0), "t", "</script><!--\t\"");
	close_world(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_units, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_segments, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_admitted, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_twins, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_interface, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_overview, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_terms, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_hostile, tree_setup, tree_teardown),
		cmocka_unit_test(test_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
