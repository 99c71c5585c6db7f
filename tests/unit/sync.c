/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/sync: what becomes of a catalog when its page changes. Random edits are in sync_random.c. */
#include "world.h"

#include "job/sync.h"

static const char *const catalog =
    "page: p.md\n"
    "segments:\n"
    "- source: P\n"
    "  target: Pé\n"
    "# about the pages\n"
    "- source: |\n"
    "    Keep the report to 12 pages.\n"
    "  target: |\n"
    "    Limitez le rapport.\n"
    "  state: reviewed\n"
    "- source: |\n"
    "    Ask the secretariat of the Committee.\n"
    "  target: |\n"
    "    Demandez.\n"
    "  by: Awa\n"
    "- source: |\n"
    "    Nobody has translated this text.\n"
    "  target: |\n"
    "unused: []\n";

/* A page with a title and this body. */
static void
page(struct tree *t, const char *path, const char *body)
{
	file_remove(&t->root, view_str(path));
	tree_put(t, path, view_printf(&t->arena, "---\ntitle: P\n---\n%s", body).p);
}

static void
put(struct tree *t, const char *path, const char *text)
{
	file_remove(&t->root, view_str(path));
	tree_put(t, path, text);
}

static const char *
text_of(struct tree *t, const char *path)
{
	struct view text;

	return file_read_if(&t->root, &t->arena, view_str(path), 1 << 20, &text, &t->diags) ? text.p : NULL;
}

/* Runs sync; what it did in French as "outdated 1, new 2, files 1". */
static const char *
runs(struct tree *t, struct sync *s)
{
	static const char *const names[SYNC_KINDS] = { "outdated", "minor", "restored", "reworded", "new", "offered", "back",
		"unused", "dropped", "renamed", "created" };
	struct world *w = arena_new(&t->arena, struct world);
	const struct sync_language *l;
	const char *said;
	struct buf b;

	assert_true(world_load(w, &t->arena, view_str(t->folder), &t->diags));
	s->w = w;
	s->jobs = 2;
	assert_true(sync_run(s));
	l = &s->languages[site_language(&w->site, VIEW("fr"))->index];
	buf_init(&b);
	for (int k = 0; k < SYNC_KINDS; k++)
		if (l->count[k])
			buf_printf(&b, "%s %zu, ", names[k], l->count[k]);
	buf_printf(&b, "files %zu", l->files);
	said = view_copy(&t->arena, view_buf(&b)).p;
	buf_release(&b);
	world_close(w);
	return said;
}

static void
does(struct tree *t, const char *expected)
{
	struct sync s = { 0 }, again = { 0 };

	assert_string_equal(runs(t, &s), expected);
	assert_string_equal(runs(t, &again), "files 0");
	t->diags.list.n = 0;
}

/* A project with one page and its French catalog, all current. */
static void
begin(struct tree *t)
{
	tree_put(t, "content/site.yaml", "title: Site\nlanguages: [en, fr, ar]\n");
	tree_put(t, "themes/default/page.html", "x\n");
	tree_put(t, "translations/fr/language.yaml", "name: Français\n");
	tree_put(t, "translations/fr/interface.yaml", "segments:\n- source: Site\n  target: Site\n");
	page(t, "content/p.md", "Keep the report to 12 pages.\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this text.\n");
	tree_put(t, "translations/fr/p.yaml", catalog);
}

static const char *const path = "translations/fr/p.yaml";

/* The catalog with one piece replaced by another. */
static const char *
with(struct tree *t, const char *old, const char *new)
{
	size_t at = view_search(view_str(catalog), view_str(old));

	assert_true(at < strlen(catalog));
	return view_printf(&t->arena, "%.*s%s%s", (int)at, catalog, new, catalog + at + strlen(old)).p;
}

static void
test_current(void **state)
{
	struct tree *t = *state;

	begin(t);
	does(t, "files 0");
	assert_string_equal(text_of(t, path), catalog);
	/* Arabic has no folder: it is made with 'waypost new language' */
	assert_null(text_of(t, "translations/ar/p.yaml"));
}

static void
test_outdated(void **state)
{
	struct tree *t = *state;
	struct sync dry = { .dry = true };
	const struct sync_event *e;

	begin(t);
	page(t, "content/p.md", "Keep the report to 10 pages.\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this long text.\n");
	assert_string_equal(runs(t, &dry), "outdated 1, reworded 1, files 1");
	assert_int_equal(dry.events.n, 2);
	e = LIST_AT(&dry.events, struct sync_event, 0);
	assert_true(view_is(e->old, "Keep the report to 12 pages.") && view_is(e->text, "Keep the report to 10 pages."));
	assert_true(view_is(e->place.file, "content/p.md") && e->place.line == 4 && e->words == 6);
	assert_true(e->state == STATE_REVIEWED && view_is(e->language->lang->tag, "fr"));
	assert_string_equal(text_of(t, path), catalog);
	does(t, "outdated 1, reworded 1, files 1");
	assert_string_equal(text_of(t, path), "page: p.md\nsegments:\n- source: P\n  target: Pé\n# about the pages\n"
	    "#. p.md:4\n- source: |\n    Keep the report to 10 pages.\n  was: |\n    Keep the report to 12 pages.\n"
	    "  target: |\n    Limitez le rapport.\n  state: reviewed\n- source: |\n    Ask the secretariat of the Committee.\n"
	    "  target: |\n    Demandez.\n  by: Awa\n#. p.md:8\n- source: |\n    Nobody has translated this long text.\n"
	    "  target: |\nunused: []\n");
	/* changed once more: the target still belongs to the first text */
	page(t, "content/p.md", "Keep the report to 8 pages.\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this long text.\n");
	does(t, "outdated 1, files 1");
	assert_non_null(strstr(text_of(t, path), "8 pages.\n  was: |\n    Keep the report to 12 pages.\n  target"));
	/* and taken back */
	page(t, "content/p.md", "Keep the report to 12 pages.\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this long text.\n");
	does(t, "restored 1, files 1");
	assert_null(strstr(text_of(t, path), "was:"));
}

static void
test_minor(void **state)
{
	struct tree *t = *state;
	struct sync minor = { .minor = true }, again = { .minor = true };

	begin(t);
	page(t, "content/p.md", "Keep the report to 12 pages!\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this text.\n");
	put(t, "content/site.yaml", "title: Sites\nlanguages: [en, fr, ar]\n");	/* too short for similarity */
	assert_string_equal(runs(t, &minor), "minor 2, files 2");
	assert_string_equal(runs(t, &again), "files 0");
	assert_string_equal(text_of(t, path), with(t, "- source: |\n    Keep the report to 12 pages.",
	    "#. p.md:4\n- source: |\n    Keep the report to 12 pages!"));
	assert_string_equal(text_of(t, "translations/fr/interface.yaml"),
	    "segments:\n#. site.yaml:1\n- source: |\n    Sites\n  target: Site\n");
	put(t, "content/site.yaml", "title: Other\nlanguages: [en, fr, ar]\n");
	assert_string_equal(runs(t, &minor), "new 1, unused 1, files 1");
	t->diags.list.n = 0;
}

static void
test_gone(void **state)
{
	struct tree *t = *state;

	begin(t);
	page(t, "content/p.md", "Ask the secretariat of the Committee.\n\nKeep the report to 12 pages.\n");
	does(t, "dropped 1, files 1");
	assert_string_equal(text_of(t, path), "page: p.md\nsegments:\n- source: P\n  target: Pé\n- source: |\n"
	    "    Ask the secretariat of the Committee.\n  target: |\n    Demandez.\n  by: Awa\n# about the pages\n- source: |\n"
	    "    Keep the report to 12 pages.\n  target: |\n    Limitez le rapport.\n  state: reviewed\nunused: []\n");
	page(t, "content/p.md", "Ask the secretariat of the Committee.\n");
	does(t, "unused 1, files 1");
	assert_non_null(strstr(text_of(t, path), "  by: Awa\nunused:\n# about the pages\n- source: |\n    Keep the report"));
	page(t, "content/p.md", "Keep the report to 12 pages.\n\nAsk the secretariat of the Committee.\n\n"
	    "Nobody has translated this text.\n");
	does(t, "new 1, back 1, files 1");
	assert_string_equal(text_of(t, path), with(t, "- source: |\n    Nobody", "#. p.md:8\n- source: |\n    Nobody"));
}

/* The same words twice; one text split in two; two made one. */
static void
test_shapes(void **state)
{
	struct tree *t = *state;

	begin(t);
	page(t, "content/p.md", "Keep the report to 12 pages.\n\nYes.\n\nAsk the secretariat of the Committee.\n\nYes.\n\n"
	    "Nobody has translated this text.\n\nYes.\n");
	does(t, "new 1, files 1");
	assert_string_equal(text_of(t, path), with(t, "- source: |\n    Ask", "#. p.md:6\n- source: |\n    Yes.\n  target: |\n"
	    "- source: |\n    Ask"));
	put(t, path, "segments:\n- source: Yes.\n  target: Oui.\n- source: P\n- source: Yes.\n  target: Si.\n"
	    "- source: Yes.\n  target: Ouais.\n");
	page(t, "content/p.md", "Yes.\n\nNo.\n\nYes.\n");
	does(t, "new 1, unused 1, files 1");
	assert_string_equal(text_of(t, path), "segments:\n- source: P\n- source: Yes.\n  target: Oui.\n#. p.md:6\n- source: |\n"
	    "    No.\n  target: |\n- source: Yes.\n  target: Si.\nunused:\n- source: Yes.\n  target: Ouais.\n");
	put(t, path, catalog);
	page(t, "content/p.md", "Keep the report to 12 pages. Ask the secretariat of the Committee.\n\n"
	    "Nobody has translated this text.\n");
	does(t, "outdated 1, unused 1, files 1");
	assert_non_null(strstr(text_of(t, path), "    Demandez.\n"));
	assert_non_null(strstr(text_of(t, path), "    Limitez le rapport.\n"));
}

/* A text that went to another page: offered there as a draft, a machine's text stays one. */
static void
test_offered(void **state)
{
	struct tree *t = *state;

	begin(t);
	page(t, "content/p.md", "Nobody has translated this text.\n");
	tree_put(t, "content/q.md", "---\ntitle: Q\n---\nKeep the report to 12 pages.\n\nWas here.\n\nA machine.\n");
	tree_put(t, "translations/fr/z.yaml", "segments:\n- source: Was here.\n  was: Was there.\n  target: Ancien.\n"
	    "- source: A machine.\n  target: Une machine.\n  state: machine\n- source: P\n  target: other\n");
	does(t, "new 2, offered 2, unused 2, created 1, files 2");
	assert_string_equal(text_of(t, "translations/fr/q.yaml"), "page: q.md\nsegments:\n#. q.md:2\n- source: |\n    Q\n"
	    "  target: |\n#. q.md:4\n- source: |\n    Keep the report to 12 pages.\n  target: |\n    Limitez le rapport.\n"
	    "  state: draft\n#. q.md:6\n- source: |\n    Was here.\n  target: |\n#. q.md:8\n- source: |\n    A machine.\n"
	    "  target: |\n    Une machine.\n  state: machine\nunused: []\n");
	assert_non_null(strstr(text_of(t, path), "unused:\n# about the pages\n- source: |\n    Keep the report"));
}

static void
test_renamed(void **state)
{
	struct tree *t = *state;
	struct sync dry = { .dry = true };
	const struct sync_event *e;

	begin(t);
	file_remove(&t->root, VIEW("content/p.md"));
	page(t, "content/a/new.md", "Keep the report to 12 pages.\n\nAsk the secretariat of the Committee.\n\nAnother text.\n");
	assert_string_equal(runs(t, &dry), "new 1, dropped 1, renamed 1, files 1");
	e = LIST_AT(&dry.events, struct sync_event, dry.events.n - 1);
	assert_true(e->kind == SYNC_RENAMED && view_is(e->old, path) && view_is(e->text, "translations/fr/a/new.yaml"));
	assert_non_null(text_of(t, path));
	does(t, "new 1, dropped 1, renamed 1, files 1");
	assert_null(text_of(t, path));
	assert_non_null(strstr(text_of(t, "translations/fr/a/new.yaml"), "page: a/new.md\n"));
	assert_non_null(strstr(text_of(t, "translations/fr/a/new.yaml"), "    Demandez.\n  by: Awa\n"));
	/* too little in common: the old catalog stays where it is */
	file_remove(&t->root, VIEW("content/a/new.md"));
	page(t, "content/b.md", "Keep the report to 12 pages.\n\nSomething else.\n\nAnd more of it.\n\nAnd more.\n\nEven more.\n");
	does(t, "new 4, offered 2, created 1, files 1");
	assert_non_null(text_of(t, "translations/fr/a/new.yaml"));
}

/* Data files and the interface; a plural stays a plural. */
static void
test_others(void **state)
{
	struct tree *t = *state;

	begin(t);
	tree_put(t, "content/data/things.yaml", "translatable: [name]\nitems:\n- name: Pear\n- name: Apple\n");
	tree_put(t, "translations/fr/data/old.yaml", "segments:\n- source: Pear\n  target: Poire\n- source: Apple\n  target: Pomme\n");
	tree_put(t, "themes/default/strings.yaml", "strings:\n- key: skip\n  text: Skip\n  note: a link\n"
	    "- key: things\n  plural: n\n  one: \"{n} thing in it\"\n  other: \"{n} things in it\"\n");
	put(t, "translations/fr/interface.yaml", "segments:\n- source: Site\n  target: Site\n"
	    "- source: \"{n} things\"\n  target: {one: x, other: y}\n"
	    "- source: \"{n} things in\"\n  target:\n    one: \"{n} chose\"\n    other: \"{n} choses\"\n");
	does(t, "outdated 1, new 1, unused 1, renamed 1, files 2");
	assert_string_equal(text_of(t, "translations/fr/interface.yaml"), "segments:\n- source: Site\n  target: Site\n"
	    "#. themes/default/strings.yaml:3\n#. a link\n- source: |\n    Skip\n  target: |\n"
	    "#. themes/default/strings.yaml:8\n#. where {n} changes the sentence, write one text for each of: one, many, other\n"
	    "#.   target:\n#.     one: |\n#.       ...\n#.     other: |\n#.       ...\n"
	    "- source: |\n    {n} things in it\n  was: |\n    {n} things in\n"
	    "  target:\n    one: \"{n} chose\"\n    other: \"{n} choses\"\n"
	    "unused:\n- source: \"{n} things\"\n  target: {one: x, other: y}\n");
	assert_string_equal(text_of(t, "translations/fr/data/things.yaml"),
	    "segments:\n- source: Pear\n  target: Poire\n- source: Apple\n  target: Pomme\n");
	assert_null(text_of(t, "translations/fr/data/old.yaml"));
}

/* Tool lines: the number of a line is no reason to touch an entry, another address is. */
static void
test_hints(void **state)
{
	struct tree *t = *state;
	const char *const old = "page: p.md\nsegments:\n#. p.md:2\n- source: P\n  target: |\n#. p.md:4   [1] q.md\n# mine\n"
	    "- source: |\n    Read [this][1] first.\n  target: |\nunused: []\n";

	begin(t);
	put(t, path, old);
	page(t, "content/q.md", "");
	page(t, "content/p.md", "\n\n\nRead [this](q.md) first.\n");
	does(t, "new 1, created 1, files 1");
	assert_string_equal(text_of(t, path), old);
	page(t, "content/p.md", "\n\n\nRead [this](q.md#top) first.\n");
	does(t, "files 1");
	assert_string_equal(text_of(t, path), "page: p.md\nsegments:\n#. p.md:2\n- source: P\n  target: |\n#. p.md:7   [1] q.md#top\n"
	    "# mine\n- source: |\n    Read [this][1] first.\n  target: |\nunused: []\n");
}

/* What cannot be read is left as it is, and its catalogs, too. */
static void
test_broken(void **state)
{
	struct tree *t = *state;
	struct sync s = { 0 };
	const char *const conflict = "segments:\n<<<<<<< a\n- source: P\n=======\n- source: Q\n>>>>>>> b\n";

	begin(t);
	put(t, path, conflict);
	assert_string_equal(runs(t, &s), "files 0");
	tree_said(t, "content/site.yaml:2:21 lang-folder ar\ntranslations/fr/p.yaml:2:1 yaml-conflict\n");
	assert_string_equal(text_of(t, path), conflict);
	put(t, path, catalog);
	/* a page, a theme that cannot be read */
	put(t, "content/p.md", "---\ntitle: P\n---\nNot \xFF UTF-8\n");
	put(t, "themes/default/strings.yaml", "strings:\n- key: skip\n  text: \"Skip\n");
	put(t, "translations/fr/interface.yaml", "segments:\n- source: Site\n  target: Site\n- source: Skip\n  target: Passer\n");
	assert_string_equal(runs(t, &s), "files 0");
	assert_string_equal(text_of(t, path), catalog);
	t->diags.list.n = 0;
	put(t, "content/p.md", "---\ntitle: P\n- x\n---\nKeep the report to 10 pages.\n");
	assert_string_equal(runs(t, &s), "files 0");
	t->diags.list.n = 0;
	/* an entry that stands in one line with others */
	page(t, "content/p.md", "Keep the report to 10 pages.\n");
	put(t, path, "segments: [{source: P, target: Pe}]\n");
	assert_string_equal(runs(t, &s), "files 0");
	tree_said(t, "content/site.yaml:2:21 lang-folder ar\nthemes/default/strings.yaml:3:14 yaml-syntax found unexpected end of stream [while scanning a quoted scalar that"
	    " begins at line 3, column 9; the file ends here and may have been cut off]\n"
	    "translations/fr/p.yaml:1:11 patch-shape\n");
}

/* A page that stands in for another in one language needs no catalog there. */
static void
test_versions(void **state)
{
	struct tree *t = *state;

	begin(t);
	page(t, "content/p.fr.md", "Tout autre chose.\n");
	page(t, "content/p.md", "All is other.\n");
	does(t, "files 0");
	assert_string_equal(text_of(t, path), catalog);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_current),
		TEST(test_outdated),
		TEST(test_minor),
		TEST(test_gone),
		TEST(test_shapes),
		TEST(test_offered),
		TEST(test_renamed),
		TEST(test_others),
		TEST(test_hints),
		TEST(test_broken),
		TEST(test_versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
