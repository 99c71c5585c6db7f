/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/patch: what is not touched keeps its bytes, nothing that a person wrote is lost. */
#include "tree.h"

#include "base/file.h"
#include "model/patch.h"

static const char *const whole =
    "# a licence\n"
    "page: a/b.md\n"
    "\n"
    "segments:   # all of them\n"
    "# about the first\n"
    "#. a/b.md:3   [1] c.md\n"
    "- source: |\n"
    "    First text\n"
    "  target: |\n"
    "    Premier texte\n"
    "  state: reviewed\n"
    "  # about the name\n"
    "  by: Awa   # she is from Dakar\n"
    "\n"
    "- source: 'Second: text'   # quoted\n"
    "  target: deuxieme\n"
    "    texte # plain\n"
    "  mood: good\n"
    "#. a/b.md:9\n"
    "- source: >-\n"
    "    Third\n"
    "    text\n"
    "  target:\n"
    "# about the unused\n"
    "unused: [] # none yet\n"
    "# the end";

/* translations/fr/a/b.yaml holds this text (NULL: is not there); opened. */
static struct patch *
opens(struct tree *t, const char *text)
{
	const struct language *l;
	struct catalog *c;

	if (t->site.root.fd < 0)
		tree_site(t);
	file_remove(&t->root, VIEW("translations/fr/a/b.yaml"));
	if (text)
		tree_put(t, "translations/fr/a/b.yaml", text);
	l = site_language(&t->site, VIEW("fr"));
	c = catalog_read(&t->arena, &t->site, l, VIEW("a/b"), VIEW("a/b.md"), &t->diags);
	return patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW("a/b.md"), c, &t->diags);
}

static void
text_is(struct patch *p, const char *expected)
{
	assert_string_equal(patch_text(p).p, expected);
}

/* `whole` with one piece of it replaced. */
static const char *
with(struct tree *t, const char *old, const char *new)
{
	struct view text = view_str(whole);
	size_t at = view_search(text, view_str(old));

	assert_true(at < text.n);
	return view_printf(&t->arena, "%.*s%s%s", (int)at, whole, new, whole + at + strlen(old)).p;
}

static void
test_untouched(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, whole);
	const size_t order[] = { 0, 1, 2 };

	tree_said(t, "translations/fr/a/b.yaml:18:3 yaml-key mood\n");
	assert_int_equal(patch_count(p), 3);
	assert_true(view_is(patch_get(p, 0, PATCH_STATE), "reviewed") && view_is(patch_get(p, 0, PATCH_BY), "Awa"));
	assert_true(view_is(patch_get(p, 1, PATCH_SOURCE), "Second: text"));
	assert_true(view_is(patch_get(p, 1, PATCH_TARGET), "deuxieme texte"));
	assert_false(patch_changed(p));
	/* what is there already */
	patch_set(p, 0, PATCH_TARGET, VIEW("Premier\n  texte"));
	patch_set(p, 1, PATCH_SOURCE, VIEW("Second: text"));
	patch_set(p, 1, PATCH_STATE, VIEW_NONE);
	patch_set_state(p, 1, STATE_TRANSLATED);
	patch_set_hints(p, 0, VIEW("a/b.md:3   [1] c.md"));
	patch_set_hints(p, 1, VIEW_NONE);
	patch_comment(p, 0, VIEW("about the first"));
	patch_set_page(p, VIEW("a/b.md"));
	patch_arrange(p, order, 3);
	assert_false(patch_changed(p));
	text_is(p, whole);
	assert_int_equal(patch_write(p, &t->diags), FILE_UNCHANGED);
	assert_true(view_is(patch_hints(p, 0), "a/b.md:3   [1] c.md"));
	assert_true(view_is(patch_comments(p, 0), "about the first"));
	assert_true(patch_hints(p, 2).n > 0 && patch_hints(p, 1).n == 0);
}

/* An empty list in brackets, on lines of its own. */
static void
test_untouched_empty(void **state)
{
	static const char empty[] = "page: a/b\nsegments: [\n]\n# behind\nunused: [ ]\n";
	struct patch *p = opens(*state, empty);

	assert_false(patch_changed(p));
	text_is(p, empty);
	p = opens(*state, "x:\n- ?");	/* no end of line: the tree ends on a line that is not there */
	text_is(p, "x:\n- ?");
	tree_said(*state, "translations/fr/a/b.yaml:1:1 yaml-key x\n");
}

static void
test_fields(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, whole);

	patch_set(p, 0, PATCH_TARGET, VIEW("Nouveau: texte"));
	text_is(p, with(t, "    Premier texte\n", "    Nouveau: texte\n"));
	p = opens(t, whole);
	patch_set(p, 0, PATCH_WAS, VIEW("First texts"));
	text_is(p, with(t, "  target: |\n    Premier", "  was: |\n    First texts\n  target: |\n    Premier"));
	p = opens(t, whole);
	patch_set(p, 0, PATCH_NOTE, VIEW("a note"));
	text_is(p, with(t, "from Dakar\n", "from Dakar\n  note: |\n    a note\n"));
	/* a comment inside a value that goes stays */
	p = opens(t, whole);
	patch_set(p, 0, PATCH_BY, VIEW_NONE);
	text_is(p, with(t, "  by: Awa   # she is from Dakar\n", "  # she is from Dakar\n"));
	p = opens(t, whole);
	patch_set(p, 1, PATCH_SOURCE, VIEW("Second text"));
	patch_set(p, 1, PATCH_TARGET, VIEW("d'oh: #2"));
	patch_set_state(p, 1, STATE_DRAFT);
	text_is(p, with(t, "- source: 'Second: text'   # quoted\n  target: deuxieme\n    texte # plain\n",
	    "# quoted\n- source: |\n    Second text\n  # plain\n  target: |\n    d'oh: #2\n  state: draft\n"));
	p = opens(t, whole);
	patch_set(p, 2, PATCH_SOURCE, VIEW("Third"));
	patch_set(p, 2, PATCH_TARGET, VIEW("Troisième"));
	patch_set(p, 2, PATCH_TARGET, VIEW_NONE);
	text_is(p, with(t, "- source: >-\n    Third\n    text\n  target:\n", "- source: |\n    Third\n  target: |\n"));
}

static void
test_forms(void **state)
{
	struct tree *t = *state;
	const struct patch_form forms[] = { { VIEW("one"), VIEW("un") }, { VIEW("other"), VIEW("beaucoup") } };
	const char *const plural = "segments:\n- source: x\n  target:\n    # first\n    one: un # 1\n    other: |\n      beaucoup\n";
	struct patch *p = opens(t, plural);

	patch_set_forms(p, 0, forms, 2);
	assert_false(patch_changed(p));
	patch_set_forms(p, 0, forms + 1, 1);
	text_is(p, "segments:\n- source: x\n  # first\n  # 1\n  target:\n    other: |\n      beaucoup\n");
	p = opens(t, plural);
	patch_set(p, 0, PATCH_TARGET, VIEW("beaucoup"));
	text_is(p, "segments:\n- source: x\n  # first\n  # 1\n  target: |\n    beaucoup\n");
	p = opens(t, "segments:\n- source: x\n");
	patch_set_forms(p, 0, forms, 2);
	patch_set_forms(p, 0, forms, 2);
	text_is(p, "segments:\n- source: x\n  target:\n    one: |\n      un\n    other: |\n      beaucoup\n");
	tree_said(t, "");
}

/* Forms are compared with what is there and with what was set before. */
static void
test_other_forms(void **state)
{
	struct tree *t = *state;
	const struct patch_form forms[] = { { VIEW("one"), VIEW("un") }, { VIEW("other"), VIEW("beaucoup") } };
	const struct patch_form longer[] = { { VIEW("one"), VIEW("un") }, { VIEW("few"), VIEW("peu") }, { VIEW("other"), VIEW("beaucoup") } };
	const struct patch_form worded[] = { { VIEW("one"), VIEW("un seul") }, { VIEW("other"), VIEW("beaucoup") } };
	const char *const plural = "segments:\n- source: x\n  target:\n    one: un\n    other: beaucoup\n";
	const char *const others = "segments:\n- source: x\n  target:\n    one: |\n      un seul\n    other: |\n      beaucoup\n";
	struct patch *p = opens(t, plural);
	size_t added;

	patch_set_forms(p, 0, worded, 2);
	text_is(p, others);
	patch_set_forms(p, 0, forms, 2);
	patch_set_forms(p, 0, longer, 3);
	text_is(p, "segments:\n- source: x\n  target:\n    one: |\n      un\n    few: |\n      peu\n    other: |\n      beaucoup\n");
	patch_set_forms(p, 0, longer, 1);
	patch_set_forms(p, 0, worded, 2);
	text_is(p, others);
	p = opens(t, plural);
	patch_set_forms(p, 0, longer, 3);
	assert_true(view_search(patch_text(p), VIEW("few: |\n      peu\n")) < patch_text(p).n);
	/* one text in the place of forms, and forms again */
	p = opens(t, plural);
	patch_set(p, 0, PATCH_TARGET, VIEW("x"));
	patch_set_forms(p, 0, forms, 2);
	text_is(p, "segments:\n- source: x\n  target:\n    one: |\n      un\n    other: |\n      beaucoup\n");
	/* an entry that is not in the file yet */
	p = opens(t, plural);
	added = patch_add(p, VIEW("y"), VIEW_NONE);
	patch_set_forms(p, added, worded, 2);
	text_is(p, "segments:\n- source: x\n  target:\n    one: un\n    other: beaucoup\n- source: |\n    y\n  target:\n    one: |\n      un seul\n"
	    "    other: |\n      beaucoup\n");
	assert_false(patch_is_blank(p, added));
	tree_said(t, "");
}

static void
test_comments(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, whole);

	patch_comment(p, 0, VIEW("about the first\n.odd"));
	patch_set_hints(p, 0, VIEW("a/b.md:3  \n  [1] d.md"));
	patch_set_hints(p, 1, VIEW("a/b.md:5"));
	patch_set_hints(p, 2, VIEW_NONE);
	assert_true(view_is(patch_comments(p, 0), "about the first\n .odd"));
	assert_true(view_starts(patch_text(p), "# a licence\npage: a/b.md\n\nsegments:   # all of them\n# about the first\n"
	    "#. a/b.md:3\n#.   [1] d.md\n#  .odd\n- source: |\n    First text\n"));
	assert_true(view_search(patch_text(p), VIEW("\n\n#. a/b.md:5\n- source: 'Second")) < patch_text(p).n);
	assert_int_equal(patch_write(p, &t->diags), FILE_WRITTEN);
	p = opens(t, patch_text(p).p);
	assert_true(view_is(patch_hints(p, 0), "a/b.md:3\n  [1] d.md"));
	assert_true(view_is(patch_hints(p, 1), "a/b.md:5"));
	assert_int_equal(patch_hints(p, 2).n, 0);
	assert_true(view_is(patch_comments(p, 0), "about the first\n .odd"));
	/* two lines that are new, one of them twice; no line at all; tool lines that are asked for before they are written */
	p = opens(t, "segments:\n#no blank\n- source: a\n- source: b\n");
	assert_true(view_is(patch_comments(p, 0), "no blank"));
	patch_comment(p, 1, VIEW("one\n \ntwo\none"));
	patch_set_hints(p, 1, VIEW("b.md:1\n\n  [1] c.md"));
	assert_true(view_is(patch_hints(p, 1), "b.md:1\n\n  [1] c.md"));
	text_is(p, "segments:\n#no blank\n- source: a\n# one\n# two\n#. b.md:1\n#.\n#.   [1] c.md\n- source: b\n");
	assert_false(patch_is_blank(p, 1));
	t->diags.list.n = 0;
}

static void
test_arrange(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, whole);
	const size_t order[] = { 2, 0 };
	size_t added;

	patch_arrange(p, order, 2);
	text_is(p,
	    "# a licence\npage: a/b.md\n\nsegments:   # all of them\n#. a/b.md:9\n- source: >-\n    Third\n    text\n  target:\n"
	    "# about the first\n#. a/b.md:3   [1] c.md\n- source: |\n    First text\n  target: |\n    Premier texte\n"
	    "  state: reviewed\n  # about the name\n  by: Awa   # she is from Dakar\n# about the unused\n# none yet\nunused:\n"
	    "\n- source: 'Second: text'   # quoted\n  target: deuxieme\n    texte # plain\n  mood: good\n# the end");
	/* all go, and one comes */
	p = opens(t, whole);
	added = patch_add(p, VIEW("New"), VIEW("ctx"));
	patch_set_hints(p, added, VIEW("a/b.md:1"));
	patch_drop(p, 2);
	patch_arrange(p, &added, 1);
	assert_true(view_search(patch_text(p), VIEW("segments:   # all of them\n#. a/b.md:1\n- source: |\n    New\n"
	    "  context: ctx\n  target: |\n# about the unused\n# none yet\nunused:\n# about the first\n")) < patch_text(p).n);
	assert_true(view_search(patch_text(p), VIEW("Third")) == patch_text(p).n);
	p = opens(t, patch_text(p).p);
	patch_arrange(p, NULL, 0);
	assert_true(view_search(patch_text(p), VIEW("segments: []   # all of them\n")) < patch_text(p).n);
	assert_true(view_ends(patch_text(p), "  target: |\n# the end"));
}

static void
test_shapes(void **state)
{
	struct tree *t = *state;
	const size_t both[] = { 1, 0 };
	struct patch *p;

	/* another indentation; no `unused:`; a '-' on a line of its own; no end to the last line */
	p = opens(t, "segments:\n  -\n    # in\n    source: a\n    state: draft\n  - target: B\n    source: b");
	patch_set(p, 0, PATCH_STATE, VIEW_NONE);
	patch_set(p, 1, PATCH_TARGET, VIEW("B2"));
	patch_arrange(p, both, 1);
	text_is(p, "segments:\n  - target: |\n      B2\n    source: b\nunused:\n-\n  # in\n  source: a\n");
	/* the first key goes */
	p = opens(t, "segments:\n- state: draft # why\n  # of the source\n  source: a\n  target: A\n");
	patch_set(p, 0, PATCH_STATE, VIEW_NONE);
	text_is(p, "segments:\n# why\n  # of the source\n- source: a\n  target: A\n");
	/* `unused:` first, in another column; an entry in braces; an item that is no segment */
	p = opens(t, "unused:\n    - {source: a, target: A, x: y, state: draft} # braces\nsegments:\n- odd\n- source: b\n");
	patch_set(p, 0, PATCH_TARGET, VIEW("B"));
	text_is(p, "unused:\n    - {source: a, target: A, x: y, state: draft} # braces\nsegments:\n- odd\n- source: b\n"
	    "  target: |\n    B\n");
	patch_arrange(p, both, 2);
	text_is(p, "unused: []\nsegments:\n- {source: a, target: A, x: y, state: draft} # braces\n- odd\n- source: b\n"
	    "  target: |\n    B\n");
	t->diags.list.n = 0;
}

static void
test_braces(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, "segments:\n# c\n- {source: a, target: {one: A, other: B}, x: y, state: draft} # braces\n");

	patch_set(p, 0, PATCH_STATE, VIEW("reviewed"));
	text_is(p, "segments:\n# c\n# braces\n- source: |\n    a\n  target:\n    one: |\n      A\n    other: |\n      B\n"
	    "  state: reviewed\n  x: \"y\"\n");
	t->diags.list.n = 0;
}

static void
test_line_ends(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, "\xEF\xBB\xBFsegments:\r\n- source: a\r\n  target: A\r\n- source: b\r\n");

	patch_set(p, 0, PATCH_TARGET, VIEW("Á"));
	patch_arrange(p, (const size_t[]){ 0 }, 1);
	text_is(p, "\xEF\xBB\xBFsegments:\r\n- source: a\r\n  target: |\r\n    Á\r\nunused:\r\n- source: b\r\n");
	tree_said(t, "");
}

static void
test_new(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, NULL);
	size_t e = patch_add(p, VIEW("One"), VIEW_NONE);

	assert_true(patch_is_blank(p, e));
	patch_set(p, e, PATCH_TARGET, VIEW("Un"));
	assert_false(patch_is_blank(p, e));
	text_is(p, "page: a/b.md\nsegments:\n- source: |\n    One\n  target: |\n    Un\nunused: []\n");
	assert_int_equal(patch_write(p, &t->diags), FILE_WRITTEN);
	p = opens(t, patch_text(p).p);
	patch_set_page(p, VIEW("c/d.md"));
	assert_int_equal(patch_move(p, VIEW("translations/fr/c/d.yaml"), &t->diags), FILE_WRITTEN);
	{
		struct view text;
		enum file_kind kind;

		assert_true(file_read(&t->root, &t->arena, VIEW("translations/fr/c/d.yaml"), 1000, &text, &t->diags));
		assert_true(view_starts(text, "page: c/d.md\nsegments:\n"));
		assert_false(file_kind(&t->root, VIEW("translations/fr/a"), &kind));
		assert_true(file_kind(&t->root, VIEW("translations/fr"), &kind));
	}
	tree_said(t, "");
}

static void
test_blank(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, "segments:\n#. x\n- source: a\n  target:\n- source: b # c\n- source: c\n  x: y\n"
	    "# mine\n- source: d\n- source: e\n  state: draft\n- source: f\n  target: {one: x}\n- source: g\n"
	    "- source: h\n  # who\n  target:\n- {source: i, target: }\n");

	assert_true(patch_is_blank(p, 0));
	for (size_t i = 1; i < 6; i++)
		assert_false(patch_is_blank(p, i));
	assert_true(patch_is_blank(p, 6));
	assert_false(patch_is_blank(p, 7));
	assert_false(patch_is_blank(p, 8));
	t->diags.list.n = 0;
}

static void
test_refused(void **state)
{
	struct tree *t = *state;

	assert_null(opens(t, "{segments: [{source: a, target: b}]}"));
	tree_said(t, "translations/fr/a/b.yaml:1:1 patch-shape\n");
	assert_null(opens(t, "segments: [{source: a, target: b}]\n"));
	tree_said(t, "translations/fr/a/b.yaml:1:11 patch-shape\n");
	assert_null(opens(t, "segments:\n- source: a\n  target: b\n  target: c\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:3 patch-shape\ntranslations/fr/a/b.yaml:4:3 yaml-duplicate target"
	    " [it stands first at line 3]\n");
	assert_null(opens(t, "segments:\n- ? source\n  : a\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:3 patch-shape\n");
	assert_null(opens(t, "segments:\n- source: a\n<<<<<<< x\n"));
	tree_said(t, "translations/fr/a/b.yaml:3:1 yaml-conflict\n");
	assert_null(opens(t, "page: a/b.md\n? segments\n: - source: a\n"));
	tree_said(t, "translations/fr/a/b.yaml:3:3 patch-shape\n");
	assert_null(opens(t, "? x\n"));	/* what would be written below belongs to the key */
	tree_said(t, "translations/fr/a/b.yaml:1:3 yaml-key x\ntranslations/fr/a/b.yaml:2:1 patch-shape\n");
	assert_null(opens(t, "?\n  x\n: a\n"));	/* the same, on a line of its own */
	tree_said(t, "translations/fr/a/b.yaml:2:3 yaml-key x\ntranslations/fr/a/b.yaml:3:3 patch-shape\n");
	assert_null(opens(t, "?\n>-\n x\n: a\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:1 yaml-key x\ntranslations/fr/a/b.yaml:4:3 patch-shape\n");
	assert_null(opens(t, "segments:\n- ?\n    source\n  : a\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:3 patch-shape\n");
	assert_null(opens(t, "segments: text\n"));
	tree_said(t, "translations/fr/a/b.yaml:1:11 patch-shape\ntranslations/fr/a/b.yaml:1:11 yaml-type segments\n");
	assert_null(opens(t, "segments:\n- {source: a, x: {one: b}}\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:3 patch-shape\ntranslations/fr/a/b.yaml:2:15 yaml-key x\n");
	assert_null(opens(t, "segments:\n- {source: a, target: {one: {two: b}}}\n"));
	tree_said(t, "translations/fr/a/b.yaml:2:3 patch-shape\ntranslations/fr/a/b.yaml:2:29 yaml-type one\n");
	/* one that cannot be read is not begun anew */
	assert_null(opens(t, "- a\n"));
	tree_said(t, "translations/fr/a/b.yaml:1:1 yaml-type translations/fr/a/b.yaml\n");
}

static void
test_quoted_keys(void **state)
{
	struct tree *t = *state;

	assert_non_null(opens(t, "'it''s': 1\n\"a\\\"b\" : 2\n\"segments\":\n- 'source': a\n"));
	tree_said(t, "translations/fr/a/b.yaml:1:1 yaml-key it's\ntranslations/fr/a/b.yaml:2:1 yaml-key a\"b\n");
}

/* The file is written by somebody else between reading and changing it; it is in another charset. */
static void
test_changed(void **state)
{
	struct tree *t = *state;
	const struct language *l;
	struct catalog *c;

	tree_site(t);
	tree_put(t, "translations/ar/language.yaml", "charset: windows-1256\n");
	tree_load(t);
	tree_put(t, "translations/ar/a/b.yaml", "segments:\n- source: a\n  target: \xC7\xC8\n");
	l = site_language(&t->site, VIEW("ar"));
	c = catalog_read(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, &t->diags);
	assert_non_null(c);
	assert_null(patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, c, &t->diags));
	tree_said(t, "translations/ar/language.yaml:0:0 patch-charset windows-1256\n");
	assert_null(patch_open(&t->arena, &t->site, l, VIEW("c"), VIEW_NONE, NULL, &t->diags));
	tree_said(t, "translations/ar/language.yaml:0:0 patch-charset windows-1256\n");
	tree_put(t, "translations/fr/a/b.yaml", "segments:\n- source: a\n");
	l = site_language(&t->site, VIEW("fr"));
	c = catalog_read(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, &t->diags);
	tree_put(t, "translations/fr/a/b.yaml", "segments:\n- source: b\n");
	assert_null(patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, c, &t->diags));
	tree_said(t, "translations/fr/a/b.yaml:0:0 patch-changed\n");
	tree_put(t, "translations/fr/a/b.yaml", "segments:\n- source: a\n  by: me\n");
	assert_null(patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, c, &t->diags));
	file_remove(&t->root, VIEW("translations/fr/a/b.yaml"));
	assert_null(patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, c, &t->diags));
	tree_said(t, "translations/fr/a/b.yaml:0:0 patch-changed\n");
	/* somebody else's line ends are no change */
	tree_put(t, "translations/fr/a/b.yaml", "segments:\r\n- source: a\r\n");
	assert_non_null(patch_open(&t->arena, &t->site, l, VIEW("a/b"), VIEW_NONE, c, &t->diags));
	tree_said(t, "");
}

/* A catalog that cannot move stays where it is. */
static void
test_move_fails(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, "segments:\n- source: a\n");
	enum file_kind kind;

	tree_put(t, "translations/fr/c", "a file in the way of a folder");
	assert_int_equal(patch_move(p, VIEW("translations/fr/c/d.yaml"), &t->diags), FILE_FAILED);
	tree_said(t, "translations/fr/c/d.yaml:0:0 file-write translations/fr/c/d.yaml\n");
	assert_true(file_kind(&t->root, VIEW("translations/fr/a/b.yaml"), &kind));
}

/* Keys as other hands write them: in quotes, with a blank before the colon, values that begin on a line of their own or end in blank ones. */
static void
test_hands(void **state)
{
	struct tree *t = *state;
	struct patch *p = opens(t, "segments:\n- \"source\": a\n  'by': |   # who\n    Awa\n\n\n  state : draft   # not yet\n  on:\n\n"
	    "    # the day\n    2026-01-02\n  target: |\n    A\n");

	patch_set(p, 0, PATCH_BY, VIEW_NONE);
	patch_set(p, 0, PATCH_STATE, VIEW_NONE);
	patch_set(p, 0, PATCH_ON, VIEW_NONE);
	patch_set(p, 0, PATCH_SOURCE, VIEW("b"));
	text_is(p, "segments:\n- source: |\n    b\n  # who\n\n\n  # not yet\n  # the day\n  target: |\n    A\n");
	/* forms in braces over several lines; a '#' inside a text is no comment */
	p = opens(t, "segments:\n- source: a\n  target: {one: A#1, # first\n    other: B} # last\n");
	patch_set(p, 0, PATCH_TARGET, VIEW("C"));
	text_is(p, "segments:\n- source: a\n  # first\n  # last\n  target: |\n    C\n");
	/* the line ends of an old Macintosh */
	p = opens(t, "segments:\r- source: a\r  target: A\r- source: b\r");
	patch_set(p, 1, PATCH_TARGET, VIEW("B"));
	text_is(p, "segments:\r- source: a\r  target: A\r- source: b\r  target: |\r    B\r");
	tree_said(t, "");
	/* what is no entry stays where it is */
	p = opens(t, "segments:\n- source: ''\n  target: x\n- source: b\n-\n\n  source: c");
	assert_int_equal(patch_count(p), 2);
	patch_set(p, 0, PATCH_TARGET, VIEW("B"));
	text_is(p, "segments:\n- source: ''\n  target: x\n- source: b\n  target: |\n    B\n-\n\n  source: c");
	t->diags.list.n = 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_untouched),
		TEST(test_untouched_empty),
		TEST(test_fields),
		TEST(test_forms),
		TEST(test_other_forms),
		TEST(test_comments),
		TEST(test_arrange),
		TEST(test_shapes),
		TEST(test_braces),
		TEST(test_line_ends),
		TEST(test_new),
		TEST(test_blank),
		TEST(test_refused), TEST(test_quoted_keys),
		TEST(test_changed),
		TEST(test_move_fails),
		TEST(test_hands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
