/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/kit: what is in the archive, the same bytes every time, a page that may run its own script only. */
#include "world.h"

#include "format/digest.h"
#include "job/kit.h"

static void
files(struct tree *t)
{
	world_files(t);
	tree_put(t, "themes/default/kit-desk.html", "DESK {{lang}} {{dir}} {{style-digest}} {{script-digest}}\n"
	    "<style>{{{style}}}</style><script>{{{script}}}</script>[{{{data}}}]{{t.skip}}\n");
	tree_put(t, "themes/default/kit-guide.html", "{{#own}}OWN {{> kit-words}}{{/own}}<div lang=\"{{source-lang}}\" dir=\"{{source-dir}}\">"
	    "{{{source-words}}}</div>\n");
	tree_put(t, "themes/default/kit-words.html", "{{t.kit-thanks}} {{desk-file}} {{po-file}}\n");
	tree_put(t, "themes/default/desk.css", "a::before{content:\"</style>\"}\r\n");
	tree_put(t, "themes/default/desk-text.js", "var a = '</script>';\r\n");
	tree_put(t, "themes/default/desk.js", "var b = 1;\n");
	assert_int_equal(file_write(&t->root, VIEW("themes/default/strings.yaml"), VIEW("strings:\n"
	    "- key: skip\n  text: Skip\n- key: kit-thanks\n  text: Thank you\n- key: desk-save\n  text: Save\n"), &t->diags),
	    FILE_WRITTEN);
	assert_int_equal(file_write(&t->root, VIEW("translations/fr/interface.yaml"), VIEW("segments:\n"
	    "- source: Thank you\n  target: Merci\n"), &t->diags), FILE_WRITTEN);
}

static struct view
kit(struct tree *t, struct world *w, const char *tag)
{
	struct view bytes;
	struct buf b;

	buf_init(&b);
	assert_true(kit_make(w, site_language(&w->site, view_str(tag)), &b, &t->diags));
	bytes = view_copy(&t->arena, view_buf(&b));
	buf_release(&b);
	return bytes;
}

/* A file of the archive, as another program unpacks it; with "", the names. */
static struct view
unpack(struct tree *t, struct view zip, const char *name)
{
	char command[600];
	struct view text;
	struct buf b;
	FILE *f;
	int c;

	assert_int_not_equal(file_write(&t->root, VIEW("kit.zip"), zip, &t->diags), FILE_FAILED);
	snprintf(command, sizeof command, "cd %s && python3 -c \"import sys, zipfile as z; a = z.ZipFile('kit.zip'); "
	    "sys.stdout.buffer.write(a.read('%s') if '%s' else ' '.join(a.namelist()).encode())\"", t->folder, name, name);
	f = popen(command, "r");
	assert_non_null(f);
	buf_init(&b);
	while ((c = getc(f)) != EOF)
		buf_addc(&b, (char)c);
	assert_int_equal(pclose(f), 0);
	text = view_copy(&t->arena, view_buf(&b));
	buf_release(&b);
	return text;
}

static bool
holds(struct view text, const char *piece)
{
	return view_search(text, view_str(piece)) < text.n;
}

static void
test_files(void **state)
{
	struct tree *t = *state;
	struct view zip, text;
	struct world w;

	files(t);
	world_make(t, &w);
	zip = kit(t, &w, "fr");
	assert_true(view_eq(zip, kit(t, &w, "fr")));
	assert_string_equal(unpack(t, zip, "").p, "desk.html guide.html translation-fr.csv translation-fr.po");
	assert_true(holds(unpack(t, zip, "translation-fr.po"), "msgid \"First text here.\""));
	assert_true(holds(unpack(t, zip, "translation-fr.csv"), "First text here."));
	text = unpack(t, zip, "desk.html");
	assert_true(holds(text, "DESK fr ltr sha256-"));
	assert_true(holds(text, "[{\"kind\":\"kit\",\"desk\":{\"kind\":\"desk\""));
	assert_true(holds(text, "\"t\":\"Premier texte ici.\""));
	assert_true(holds(text, "\"key\":\"interface\""));
	world_close(&w);
}

/* What the policy names is what stands there, byte for byte; a theme's own text cannot end its element. */
static void
test_policy(void **state)
{
	static const char script[] = "var a = '<\\/script>';\nvar b = 1;\n", style[] = "p {}\na::before{content:\"<\\/style>\"}\n";
	struct tree *t = *state;
	struct world w;
	struct view text;
	struct buf b;

	files(t);
	world_make(t, &w);
	text = unpack(t, kit(t, &w, "ar"), "desk.html");
	assert_true(holds(text, view_printf(&t->arena, "<script>%s</script>", script).p));
	assert_true(holds(text, view_printf(&t->arena, "<style>%s</style>", style).p));
	buf_init(&b);
	digest_base64(&b, view_str(style));
	buf_puts(&b, " sha256-");
	digest_base64(&b, view_str(script));
	assert_true(holds(text, view_printf(&t->arena, "DESK ar rtl sha256-%s\n", b.p).p));
	buf_release(&b);
	world_close(&w);
}

/* The guide is in the language (or one of its chain), and in the source language. */
static void
test_guide(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct view text;

	files(t);
	world_make(t, &w);
	text = unpack(t, kit(t, &w, "fr"), "guide.html");
	assert_true(holds(text, "OWN Merci <span lang=\"zxx\">desk.html</span>"));
	assert_true(holds(text, "<div lang=\"en\" dir=\"ltr\">Thank you "));
	text = unpack(t, kit(t, &w, "ar"), "guide.html");
	assert_true(holds(text, "OWN <span lang=\"fr\" dir=\"ltr\">Merci</span>"));
	assert_true(holds(text, "translation-ar.po"));
	world_close(&w);
}

static void
test_untranslated_guide(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct view text;

	files(t);
	assert_int_equal(file_write(&t->root, VIEW("translations/fr/interface.yaml"), VIEW("segments: []\n"), &t->diags), FILE_WRITTEN);
	world_make(t, &w);
	text = unpack(t, kit(t, &w, "fr"), "guide.html");
	assert_false(holds(text, "OWN"));
	assert_true(holds(text, "Thank you"));
	world_close(&w);
}

/* A theme of its own may have no desk: that is said, and there is no kit. */
static void
test_theme(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct buf b;

	files(t);
	world_make(t, &w);
	t->diags.list.n = 0;
	assert_true(file_remove(&t->root, VIEW("themes/default/desk.js")));
	buf_init(&b);
	assert_false(kit_make(&w, site_language(&w.site, VIEW("fr")), &b, &t->diags));
	assert_int_equal(b.n, 0);
	tree_said(t, "themes/default/desk.js:0:0 file-missing themes/default/desk.js\n");
	tree_put(t, "themes/default/desk.js", "var b = 1;\n");
	w.site.theme = VIEW("other");
	assert_false(kit_make(&w, site_language(&w.site, VIEW("fr")), &b, &t->diags));
	buf_release(&b);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_files, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_policy, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_guide, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_untranslated_guide, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_theme, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
