/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small project, loaded and surveyed, for the tests of jobs: English source, French, Arabic by way of French. */
#pragma once
#include "tree.h"

#include "job/survey.h"

/* Two sections, catalogs in three states, a theme of a few lines. Tests add or replace files before world_make. */
static inline void
world_files(struct tree *t)
{
	tree_put(t, "content/site.yaml", "title: Site\ndescription: About\nlanguages: [en, fr, ar]\nbase-url: https://x.example/\n");
	tree_put(t, "content/index.md", "---\ntitle: Home\n---\nHello [you](a/one.md).\n");
	tree_put(t, "content/a/index.md", "---\ntitle: Section\norder: 1\n---\n## Part\n");
	tree_put(t, "content/a/one.md", "---\ntitle: One\norder: 2\n---\nFirst text here.\n\nSecond text here.[^n]\n\n[^n]: A note.\n");
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo.\n");
	tree_put(t, "content/b.fr.md", "---\ntitle: Seulement\n---\nTexte.\n");
	tree_put(t, "content/data/things.yaml",
	    "translatable: [name]\ntypes: {when: date, n: number}\nsort: name\nitems:\n"
	    "- name: Pear\n  when: 2020-01-02\n  n: 1200\n- name: Apple\n  when: 2021\n  n: 3\n");
	tree_put(t, "translations/fr/language.yaml", "name: Français\n");
	tree_put(t, "translations/fr/a/one.yaml", "segments:\n- source: One\n  target: Un\n  state: reviewed\n"
	    "- source: First text here.\n  target: Premier texte ici.\n  state: machine\n"
	    "- source: |\n    Second text here.[^n]\n  was: Old.\n  target: |\n    Second texte ici.[^n]\n");
	tree_put(t, "translations/fr/data/things.yaml", "segments:\n- source: Pear\n  target: Poire\n- source: Apple\n  target: Zebre\n");
	tree_put(t, "translations/fr/interface.yaml", "segments:\n- source: Skip\n  target: Passer\n"
	    "- source: \"{n} things\"\n  target:\n    one: \"{n} chose\"\n    other: \"{n} choses\"\n");
	tree_put(t, "translations/ar/language.yaml", "name: العربية\nfallback: [fr]\n");
	tree_put(t, "translations/ar/a/one.yaml", "segments:\n- source: First text here.\n  target: نص أول هنا.\n");
	tree_put(t, "themes/default/page.html", "<title>{{page.title}}</title>{{page.title}}|{{{content}}}|{{t.skip}}|{{t.things}}\n");
	tree_put(t, "themes/default/chooser.html", "{{#languages}}{{name}}={{href}} {{/languages}}\n");
	tree_put(t, "themes/default/style.css", "p {}\n");
	tree_put(t, "themes/default/strings.yaml", "strings:\n- key: skip\n  text: Skip\n"
	    "- key: things\n  plural: status.total\n  one: \"{n} thing\"\n  other: \"{n} things\"\n");
}

static inline void
world_make(struct tree *t, struct world *w)
{
	assert_true(world_load(w, &t->arena, view_str(t->folder), &t->diags));
	assert_true(survey_run(w, NULL, false, 2));
}

static inline struct page *
world_page(const struct world *w, const char *path)
{
	struct page *p = map_get(&w->by_path, view_str(path));

	assert_non_null(p);
	return p;
}
