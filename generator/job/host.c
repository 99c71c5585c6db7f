/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The site with its editions. */
#include "job/host.h"

#include "format/digest.h"
#include "format/lang.h"
#include "job/assemble.h"

const struct page *
host_page(const struct world *w)
{
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (!p->only && view_is(p->layout, "editions"))
			return p;
	}
	return NULL;
}

/* What only a stick needs; the lists are made anew. */
static bool
is_for_sticks(struct view path)
{
	return view_is(path, "START.html") || view_starts(path, "READ-ME-") || view_is(path, RELEASE_NAME) || view_is(path, MANIFEST_NAME);
}

/* A file as the template sees it. */
static struct value
item(struct locale *l, struct arena *a, const struct host_file *f)
{
	double size = (double)f->bytes.n / 1e6;
	struct value v = value_map();
	struct buf hex;

	buf_init(&hex);
	digest_hex(&hex, f->bytes);
	value_set(&v, a, "name", value_text_in(f->name, VIEW_NONE, VIEW("zxx"), false));
	value_set(&v, a, "kind", value_text_in(f->kind, VIEW_NONE, VIEW("zxx"), false));
	value_set(&v, a, view_copy(a, f->kind).p, value_bool(true));
	value_set(&v, a, "size", value_text(lang_number(l->language->lang, a, size < 0.01 ? 0.01 : size, size < 1 ? 2 : 1)));
	value_set(&v, a, "digest", value_text_in(view_copy(a, view_buf(&hex)), VIEW_NONE, VIEW("zxx"), false));
	buf_release(&hex);
	return v;
}

static bool
write_page(struct edition *e, struct language *l, const struct page *p, const struct list *files, struct edition_file *into)
{
	struct value more = value_map(), list = value_list();
	struct locale locale;
	struct diags quiet;	/* a build has said it */
	struct view date;
	struct arena a;
	struct buf html;
	bool good;

	if (!edition_template(e, VIEW("editions")))
		return false;
	arena_init(&a);
	diags_init(&quiet);
	buf_init(&html);
	locale_open(&locale, &a, e->world, l, false, &quiet);
	for (size_t i = 0; i < files->n; i++) {
		const struct host_file *f = LIST_AT(files, struct host_file, i);

		if (!f->language || f->language == l)
			value_push(&list, &a, item(&locale, &a, f));
	}
	value_set(&more, &a, "editions", list);
	value_set(&more, &a, "has-editions", value_bool(true));
	value_set(&more, &a, "date", e->release.date.n && lang_date(l->lang, &a, e->release.date, &date) ? value_text(date) : value_none());
	value_set(&more, &a, "until", e->release.until.n && lang_date(l->lang, &a, e->release.until, &date) ? value_text(date) : value_none());
	good = assemble_page_in(&locale, p, VIEW("editions"), &more, &a, &html, e->diags);
	into->bytes = view_copy(e->arena, view_buf(&html));
	into->size = html.n;
	into->from = into->hex = VIEW_NONE;
	buf_release(&html);
	diags_release(&quiet);
	arena_release(&a);
	return good;
}

bool
host_list(struct edition *e, const struct list *files)
{
	const struct page *page = host_page(e->world);
	const struct site *site = &e->world->site;
	struct list all = e->files;

	for (size_t k = 0; page && k < site->nlanguages; k++) {
		struct edition_file *f = (struct edition_file *)(uintptr_t)edition_find(e, assemble_path(e->arena, site->languages[k], page));

		if (e->languages[k] && f && !write_page(e, site->languages[k], page, files, f))
			return false;
	}
	e->files = LIST_OF(struct edition_file);
	for (size_t i = 0; i < all.n; i++) {
		const struct edition_file *f = LIST_AT(&all, struct edition_file, i);

		if (!is_for_sticks(f->path))
			*(struct edition_file *)list_push(&e->files, e->arena) = *f;
	}
	for (size_t i = 0; i < files->n; i++) {
		const struct host_file *f = LIST_AT(files, struct host_file, i);

		edition_add(e, view_join(e->arena, VIEW("editions"), f->name), VIEW_NONE, f->bytes);
	}
	return edition_seal(e);
}
