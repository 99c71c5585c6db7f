/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/links: pages are made by hand, with the addresses to resolve. */
#include "tree.h"

#include "model/links.h"

enum { MAX_DESTS = 30 };

struct web {
	struct tree *t;
	struct list pages;
	struct map by_path;
	struct list assets;
};

static void
web_init(struct web *w, struct tree *t)
{
	w->t = t;
	w->pages = LIST_OF(struct page *);
	map_init(&w->by_path, &t->arena);
	tree_site(t);
	w->assets = asset_load(&t->arena, &t->site, &t->diags);
}

/* A page with ids "a", "b c"; tag for a page of one language, or NULL. */
static struct page *
add_page(struct web *w, const char *path, const char *tag)
{
	struct arena *a = &w->t->arena;
	struct page *p = arena_new(a, struct page);
	size_t slash;

	p->path = view_str(path);
	p->file = view_join(a, VIEW("content"), p->path);
	p->key = view_slice(p->path, 0, p->path.n - 3 - (tag ? strlen(tag) + 1 : 0));
	for (slash = p->path.n; slash > 0 && path[slash - 1] != '/';)
		slash--;
	p->dir = view_slice(p->path, 0, slash ? slash - 1 : 0);
	p->dests = arena_array(a, MAX_DESTS, sizeof *p->dests);
	p->only = tag ? site_language(&w->t->site, view_str(tag)) : NULL;
	map_init(&p->ids, a);
	map_set(&p->ids, VIEW("a"), p);
	map_set(&p->ids, VIEW("b\xc3\xa9"), p);
	*(struct page **)list_push(&w->pages, a) = p;
	map_set(&w->by_path, p->path, p);
	return p;
}

/* An address; line numbers count up from 1. */
static struct page_dest *
add(struct page *p, const char *url, bool image)
{
	struct page_dest *d = &p->dests[p->ndests++];

	assert_true(p->ndests <= MAX_DESTS);
	d->url = view_str(url);
	d->image = image;
	d->place = place_at(p->file, (unsigned)p->ndests, 1, 0);
	d->title = -1;
	return d;
}

static void
resolve(struct web *w)
{
	links_resolve(&w->pages, NULL, &w->by_path, &w->assets, &w->t->arena, &w->t->diags);
}

static void
leads_to(const struct page_dest *d, const struct page *page, const char *fragment)
{
	assert_false(d->dead);
	assert_ptr_equal(d->page, page);
	assert_true(view_is(d->fragment, fragment));
}

static void
test_pages(void **state)
{
	struct web w;
	struct page *home, *section, *x, *y;
	struct page_dest *d[14];

	web_init(&w, *state);
	home = add_page(&w, "index.md", NULL);
	section = add_page(&w, "s/index.md", NULL);
	x = add_page(&w, "s/x.md", NULL);
	y = add_page(&w, "s/\xc3\xa9 y.md", NULL);
	d[0] = add(x, "x.md", false);
	d[1] = add(x, "./../s//x.md#a", false);
	d[2] = add(x, "../", false);
	d[3] = add(x, "..", false);
	d[4] = add(x, "../s", false);
	d[5] = add(x, "../s/", false);
	d[6] = add(x, "./#a", false);
	d[7] = add(x, "%C3%A9%20y.md", false);
	d[8] = add(x, "\xc3\xa9 y.md#b%C3%A9", false);
	d[9] = add(x, "#a", false);
	d[10] = add(x, "#", false);
	d[11] = add(x, "x.md?q=1#top", false);
	d[12] = add(home, "s/x.md", false);
	d[13] = add(home, "s", false);
	resolve(&w);
	tree_said(w.t, "");
	leads_to(d[0], x, "");
	leads_to(d[1], x, "a");
	leads_to(d[2], home, "");
	leads_to(d[3], home, "");
	leads_to(d[4], section, "");
	leads_to(d[5], section, "");
	leads_to(d[6], section, "a");
	leads_to(d[7], y, "");
	leads_to(d[8], y, "b%C3%A9");
	leads_to(d[9], x, "a");
	assert_int_equal(d[9]->kind, URL_FRAGMENT);
	leads_to(d[10], x, "");
	leads_to(d[11], x, "top");
	leads_to(d[12], x, "");
	leads_to(d[13], section, "");
}

static void
test_remote(void **state)
{
	struct web w;
	struct page *p;
	struct page_dest *d[10];

	web_init(&w, *state);
	p = add_page(&w, "index.md", NULL);
	d[0] = add(p, "https://example.org/x", false);
	d[1] = add(p, "MAILTO:a@example.org", false);
	d[2] = add(p, "tel:+41", false);
	d[3] = add(p, "https://example.org/x.png", true);
	d[4] = add(p, "javascript:x", false);
	d[5] = add(p, "//host/x", false);
	d[6] = add(p, "", false);
	d[7] = add(p, "https://me@\xd1\x80" "aypal.com:80/x", false);
	d[8] = add(p, "https://b\xc3\xbc" "cher.example", false);
	d[9] = add(p, "https://\xd1\x80" "aypal@example.org/", false);
	resolve(&w);
	tree_said(w.t, "content/index.md:4:1 image-remote https://example.org/x.png\n"
	    "content/index.md:5:1 link-scheme javascript:x\n"
	    "content/index.md:6:1 link-scheme //host/x\n"
	    "content/index.md:7:1 link-empty\n"
	    "content/index.md:8:1 link-host https://me@\xd1\x80" "aypal.com:80/x\n");
	for (int i = 0; i < 10; i++)
		assert_int_equal(d[i]->dead, i >= 3 && i <= 6);
	assert_int_equal(d[1]->kind, URL_REMOTE);
}

static void
test_dead(void **state)
{
	struct web w;
	struct page *p, *index;

	web_init(&w, *state);
	index = add_page(&w, "index.md", NULL);
	p = add_page(&w, "s/reporting.md", NULL);
	add(p, "repotring.md", false);
	add(p, "index.md", false);
	add(p, "nothing-like-it.md", false);
	add(p, "reporting.html", false);
	add(p, "reporting", false);
	add(p, "form.pdf", false);
	add(p, "photo.png", true);
	add(p, "reporting.md", true);
	add(p, "#no", false);
	add(p, "../index.md#no", false);
	add(p, "../../x.md", false);
	add(p, "/index.md", false);
	add(p, "/../x", false);
	add(p, "reporting.md%00.png", false);
	add(index, "?x", false);
	add(p, "#a", true);
	resolve(&w);
	tree_said(w.t, "content/index.md:1:1 link-missing\n"
	    "content/s/reporting.md:1:1 link-missing repotring.md [did you mean 'reporting.md'?]\n"
	    "content/s/reporting.md:2:1 link-missing index.md [did you mean '../index.md'?]\n"
	    "content/s/reporting.md:3:1 link-missing nothing-like-it.md\n"
	    "content/s/reporting.md:4:1 link-missing reporting.html [did you mean 'reporting.md'?]\n"
	    "content/s/reporting.md:5:1 link-missing reporting [did you mean 'reporting.md'?]\n"
	    "content/s/reporting.md:6:1 file-dead form.pdf\n"
	    "content/s/reporting.md:7:1 image-missing photo.png\n"
	    "content/s/reporting.md:8:1 image-missing reporting.md\n"
	    "content/s/reporting.md:9:1 anchor-missing s/reporting.md\n"
	    "content/s/reporting.md:10:1 anchor-missing index.md\n"
	    "content/s/reporting.md:11:1 link-outside ../../x.md\n"
	    "content/s/reporting.md:12:1 link-outside /index.md [write '../index.md']\n"
	    "content/s/reporting.md:13:1 link-outside /../x\n"
	    "content/s/reporting.md:14:1 file-dead reporting.md%00.png\n"
	    "content/s/reporting.md:15:1 image-missing #a\n");
	for (size_t i = 0; i < p->ndests; i++)
		assert_true(p->dests[i].dead);
	assert_true(index->dests[0].dead);
}

static void
test_files(void **state)
{
	static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"1\"></svg>";
	struct web w;
	struct tree *t = *state;
	struct page *p;
	struct page_dest *d[5];

	tree_put(t, "content/s/map.svg", svg);
	tree_put(t, "content/s/form.pdf", "x");
	tree_put(t, "content/s/licence", "x");
	web_init(&w, t);
	p = add_page(&w, "s/x.md", NULL);
	d[0] = add(p, "map.svg", true);
	d[1] = add(p, "../s/map.svg", false);
	d[2] = add(p, "form.pdf#page=3", false);
	d[3] = add(p, "form.pdf", true);
	d[4] = add(p, "licence", false);
	resolve(&w);
	tree_said(t, "content/s/x.md:4:1 image-kind form.pdf\n");
	assert_true(d[0]->asset && view_is(d[0]->asset->out, "files/s/map.svg"));
	assert_ptr_equal(d[1]->asset, d[0]->asset);
	assert_true(d[2]->asset && view_is(d[2]->fragment, "page=3"));
	assert_true(d[3]->dead);
	assert_true(d[4]->asset && !d[4]->dead && !d[4]->page);
}

/* x.fr.md beside x.md and without it. */
static void
test_versions(void **state)
{
	struct web w;
	struct page *home, *x, *french, *alone, *section;
	struct page_dest *d[5];

	web_init(&w, *state);
	home = add_page(&w, "index.md", NULL);
	x = add_page(&w, "x.md", NULL);
	french = add_page(&w, "x.fr.md", "fr");
	alone = add_page(&w, "y.fr.md", "fr");
	add_page(&w, "y.ar.md", "ar");
	section = add_page(&w, "s/index.ar.md", "ar");
	x->versions = arena_array(&w.t->arena, 1, sizeof *x->versions);
	x->versions[x->nversions++] = french;
	map_set(&x->ids, VIEW("here"), x);
	d[0] = add(home, "x.md#a", false);
	d[1] = add(home, "y.md", false);
	d[2] = add(home, "x.fr.md", false);
	d[3] = add(home, "s/", false);
	d[4] = add(home, "x.md#here", false);
	resolve(&w);
	tree_said(w.t, "content/index.md:5:1 anchor-version x.fr.md\n");
	leads_to(d[0], x, "a");
	leads_to(d[1], alone, "");
	leads_to(d[2], french, "");
	leads_to(d[3], section, "");
	leads_to(d[4], x, "here");
}

/* Thousands of pages and of dead links: suggestions, which look at every page, are given up after some hundreds. */
static void
test_many_dead(void **state)
{
	struct web w;
	struct page *p;
	size_t notes = 0;

	web_init(&w, *state);
	for (int i = 0; i < 2000; i++) {
		p = add_page(&w, view_printf(&w.t->arena, "section-with-a-name/page-with-a-long-name-%04d.md", i).p, NULL);
		for (int k = 0; k < 3; k++)
			add(p, "page-with-a-long-name-x0000.md", false);
	}
	resolve(&w);
	assert_int_equal(w.t->diags.list.n, 6000);
	for (size_t i = 0; i < w.t->diags.list.n; i++)
		notes += LIST_AT(&w.t->diags.list, struct diag, i)->note.n > 0;
	assert_in_range(notes, 100, 1000);
}

static void
test_table(void **state)
{
	struct tree *t = *state;
	struct links l;
	struct view url = VIEW("https://example.org/en");

	tree_put(t, "content/links.yaml",
	    "https://example.org/en:\n"
	    "  fr: https://example.org/fr\n"
	    "  AR: javascript:x\n"
	    "  de: https://example.org/de\n"
	    "  no tag: https://example.org/\n"
	    "  en: [x]\n"
	    "other.md: {fr: 'https://example.org/'}\n"
	    "https://example.org/x: text\n");
	tree_site(t);
	links_load(&l, &t->arena, &t->site, &t->diags);
	tree_said(t, "content/links.yaml:3:7 link-scheme javascript:x\n"
	    "content/links.yaml:4:3 link-language de\n"
	    "content/links.yaml:5:3 lang-unknown no tag\n"
	    "content/links.yaml:6:7 yaml-type en\n"
	    "content/links.yaml:7:1 link-scheme other.md\n"
	    "content/links.yaml:8:24 yaml-type https://example.org/x\n");
	assert_true(view_is(links_for(&l, site_language(&t->site, VIEW("fr")), url), "https://example.org/fr"));
	/* Arabic falls back to French */
	assert_true(view_is(links_for(&l, site_language(&t->site, VIEW("ar")), url), "https://example.org/fr"));
	assert_true(view_eq(links_for(&l, t->site.source, url), url));
	assert_true(view_is(links_for(&l, site_language(&t->site, VIEW("fr")), VIEW("https://x")), "https://x"));
}

static void
test_no_table(void **state)
{
	struct tree *t = *state;
	struct links l;

	tree_site(t);
	links_load(&l, &t->arena, &t->site, &t->diags);
	tree_said(t, "");
	assert_true(view_is(links_for(&l, t->site.source, VIEW("https://x")), "https://x"));
}

static void
test_relative(void **state)
{
	static const char *const cases[][3] = {
		{ "fr/a.html", "fr/a.html", "a.html" },
		{ "fr/a.html", "fr/b.html", "b.html" },
		{ "fr/a.html", "fr/s/b.html", "s/b.html" },
		{ "fr/s/a.html", "fr/b.html", "../b.html" },
		{ "fr/s/a.html", "ar/s/a.html", "../../ar/s/a.html" },
		{ "fr/s/a.html", "fr/sa/a.html", "../sa/a.html" },
		{ "fr/a.html", "fr-CA/a.html", "../fr-CA/a.html" },
		{ "index.html", "fr/index.html", "fr/index.html" },
		{ "fr/index.html", "index.html", "../index.html" },
		{ "fr/s/a.html", "", "../../" },
		{ "index.html", "", "" },
	};
	struct tree *t = *state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(links_relative(&t->arena, view_str(cases[i][0]), view_str(cases[i][1])).p, cases[i][2]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_pages), TEST(test_remote), TEST(test_dead), TEST(test_files), TEST(test_versions),
		TEST(test_many_dead), TEST(test_table), TEST(test_no_table), TEST(test_relative),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
