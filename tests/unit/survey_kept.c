/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of what the survey keeps: pages written from it are those written from the catalogs. */
#include "world.h"

#include "job/assemble.h"
#include "job/survey_kept.h"

static const char rich[] = "---\ntitle: Rich\ndescription: Of *all* kinds\n---\n# Part *one*\n\nA *b* **c** ~~d~~ `e` [f](a/one.md) <kbd>g</kbd> h.[^n]\n\n"
    "i<br>j &lt; k\n\n[l](https://x.example/ \"m\")\n\n[^n]: Note *o*.\n";
static const char rich_fr[] = "segments:\n- source: Rich\n  target: Riche\n- source: Part *one*\n  target: Partie *une*\n"
    "- source: A *b* **c** ~~d~~ `e` [f][1] <kbd>g</kbd> h.[^n]\n"
    "  target: \"*B* A **C** ~~D~~ `e` [**F** ff][1] <kbd>G</kbd> <bdi>H</bdi>[^n].\"\n- source: i<br>j &lt; k\n  target: I &lt; K<br>*J*\n"
    "- source: Note *o*.\n  target: Note *O*.\n";

/* All pages of all languages, one after the other. */
static const char *
all_html(struct tree *t, struct world *w)
{
	struct buf out;
	const char *s;

	buf_init(&out);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		struct locale l;

		locale_open(&l, &t->arena, w, w->site.languages[k], false, &t->diags);
		for (size_t i = 0; i < w->pages.n; i++) {
			const struct page *p = *LIST_AT(&w->pages, struct page *, i);

			if (!locale_has(p, l.language))
				continue;
			buf_printf(&out, "== %s %.*s: %.*s\n", l.language->lang->tag.p, VIEW_ARG(p->path),
			    VIEW_ARG(survey_heading(&l, p)->choices[PAGE_TITLE].text));
			assert_true(assemble_page(&l, p, &t->arena, &out, &t->diags));
		}
	}
	s = view_copy(&t->arena, view_buf(&out)).p;
	buf_release(&out);
	return s;
}

static void
open_world(struct tree *t, struct world *w, bool keep)
{
	assert_true(world_load(w, &t->arena, view_str(t->folder), &t->diags));
	w->keep = keep;
	assert_true(survey_run(w, NULL, false, 2));
}

static void
test_same(void **state)
{
	struct tree *t = *state;
	const char *read, *kept;
	struct world w;

	world_files(t);
	tree_put(t, "content/rich.md", rich);
	tree_put(t, "content/two.fr.md", "---\ntitle: Deux\n---\nVersion *deux*.\n");
	tree_put(t, "content/two.md", "---\ntitle: Two\n---\nVersion *two*.\n");
	tree_put(t, "translations/fr/rich.yaml", rich_fr);
	tree_put(t, "themes/default/page.html", "{{page.title}}|{{page.description}}|{{{content}}}|{{t.things}}|"
	    "{{#contents}}{{title}} {{/contents}}{{#nav}}{{title}} {{description}} {{#pages}}{{title}} {{/pages}}{{/nav}}"
	    "{{status.machine}} {{status.outdated}} {{status.translated}}\n");
	open_world(t, &w, false);
	read = all_html(t, &w);
	world_close(&w);
	open_world(t, &w, true);
	assert_non_null(w.survey->kept);
	kept = all_html(t, &w);
	assert_string_equal(kept, read);
	/* nothing was read again: the catalog may be gone */
	tree_put(t, "translations/fr/rich.yaml", "segments: []\n");
	assert_string_equal(all_html(t, &w), read);
	assert_non_null(strstr(read, "<em>B</em> A <strong>C</strong> <del>D</del> <code>e</code> <a href=\"a/one.html\"><strong>F</strong> ff</a> "
	    "<kbd>G</kbd> <bdi>H</bdi>"));
	survey_forget(&w);
	assert_null(w.survey->kept);
	assert_string_not_equal(all_html(t, &w), read);
	tree_said(t, "");
	world_close(&w);
}

/* The file is where TMPDIR says: a build may write nowhere else. */
static void
test_folder(void **state)
{
	struct tree *t = *state;
	char path[64], at[4096];
	struct view folder;
	struct world w;
	ssize_t n;

	world_files(t);
	tree_put(t, "temp/x", "");
	folder = view_join(&t->arena, view_str(t->folder), VIEW("temp"));
	assert_int_equal(setenv("TMPDIR", folder.p, 1), 0);
	open_world(t, &w, true);
	unsetenv("TMPDIR");
	assert_non_null(w.survey->files[0]);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(w.survey->files[0]));
	n = readlink(path, at, sizeof at);
	assert_true(n > (ssize_t)folder.n && memmem(at, (size_t)n, "/temp/", 6));
	survey_forget(&w);
	world_close(&w);
}

/* Many pages, cut into parts for the workers: each is kept, and counted, once. */
static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct world w;
	size_t pages = 0;
	const char *read;

	world_files(t);
	for (int i = 0; i < 300; i++) {
		tree_put(t, view_printf(&t->arena, "content/a/p%03d.md", i).p,
		    view_printf(&t->arena, "---\ntitle: P%d\n---\nText %d here.\n", i, i).p);
		if (i % 3 == 0)
			tree_put(t, view_printf(&t->arena, "translations/fr/a/p%03d.yaml", i).p,
			    view_printf(&t->arena, "segments:\n- source: Text %d here.\n  target: Texte %d ici.\n", i, i).p);
	}
	open_world(t, &w, false);
	read = all_html(t, &w);
	world_close(&w);
	open_world(t, &w, true);
	assert_in_range(w.survey->parts, 2, 10);
	for (size_t i = 0; i < w.pages.n; i++)
		pages += survey_page(&w, site_language(&w.site, VIEW("fr")), *LIST_AT(&w.pages, struct page *, i))->tally.segments[TALLY_TRANSLATED] > 0;
	assert_int_equal(pages, 100);
	for (int i = 0; i < 300; i += 3)
		tree_put(t, view_printf(&t->arena, "translations/fr/a/p%03d.yaml", i).p, "segments: []\n");
	assert_string_equal(all_html(t, &w), read);
	survey_forget(&w);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_same, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_folder, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
