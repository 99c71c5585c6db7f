/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets, booklets, guides. */
#include "job/pdf.h"

#include <unistd.h>

#include "job/assemble.h"
#include "job/inline.h"
#include "job/relink.h"
#include "job/single.h"

enum { PDF_MAX_BYTES = 512 << 20, SECONDS = 180 };

static bool
is_sheet(const struct page *p)
{
	static const char *const layouts[] = { "leaflet", "poster", "booklet" };

	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (view_is(p->layout, layouts[i]))
			return !p->version;
	return false;
}

/* "site-ar", with the path of a page behind it. */
static struct view
name_of(const struct edition *e, const struct language *l, const struct page *p)
{
	struct view name = view_printf(e->arena, "%.*s-%.*s%s%.*s", VIEW_ARG(page_slug(e->arena, e->world->site.title, "site")), VIEW_ARG(l->folder),
	    p ? "-" : "", VIEW_ARG(p ? view_slice(p->out, 0, p->out.n - strlen(".html")) : VIEW_NONE));

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/')
			((char *)(uintptr_t)name.p)[i] = '-';
	return name;
}

struct list
pdf_list(const struct edition *e, struct language *l)
{
	const struct world *w = e->world;
	struct list all = LIST_OF(struct pdf_sheet);

	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (is_sheet(p) && locale_has(p, l))
			*(struct pdf_sheet *)list_push(&all, e->arena) = (struct pdf_sheet){ name_of(e, l, p), p, l };
	}
	*(struct pdf_sheet *)list_push(&all, e->arena) = (struct pdf_sheet){ name_of(e, l, NULL), NULL, l };
	return all;
}

/* Of a single sheet no other page is there. */
static struct view
link_of(void *self, struct view page, struct view address)
{
	const struct edition *e = self;
	struct view fragment, path, base = e->world->site.base_url;
	bool remote;

	path = relink_path(e->arena, page, address, &fragment, &remote);
	if (remote || path.n == 0)
		return view_find(address, ':') < address.n ? address : VIEW_NONE;
	return base.n ? view_printf(e->arena, "%.*s%.*s%.*s", VIEW_ARG(base), VIEW_ARG(path), VIEW_ARG(fragment)) : VIEW_NONE;
}

/* The page as the site has it, with everything inside. */
static bool
page_html(const struct edition *e, const struct pdf_sheet *p, struct buf *out)
{
	struct view path = assemble_path(e->arena, p->language, p->page), bytes;
	const struct edition_file *f = edition_find(e, path);
	struct inlining in;

	if (!f) {
		diag(e->diags, file_missing, place_file(path), path);
		return false;
	}
	if (!edition_bytes(e, f, e->arena, &bytes))
		return false;
	inline_init(&in, e, e->arena);
	in.without = INLINE_NO_SCRIPTS;
	in.link = link_of;
	in.self = (void *)(uintptr_t)e;
	map_set(&in.tags, p->language->lang->tag, &in);
	inline_document(&in, path, bytes, out);
	return true;
}

/* Chromium as quiet as it can be; as root it runs only without its sandbox. */
static bool
print(const struct edition *e, const struct program_folder *f, struct view program, struct view *why)
{
	struct view profile = view_printf(e->arena, "--user-data-dir=%.*s/profile", VIEW_ARG(f->path));
	struct view to = view_printf(e->arena, "--print-to-pdf=%.*s/a.pdf", VIEW_ARG(f->path));
	struct view from = view_printf(e->arena, "file://%.*s/a.html", VIEW_ARG(f->path));
	const char *const arguments[] = { program.p, "--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--disable-sync",
		"--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-breakpad",
		"--disable-dev-shm-usage", "--disable-javascript", "--font-render-hinting=none", "--lang=en", "--host-resolver-rules=MAP * ~NOTFOUND",
		profile.p, to.p, geteuid() == 0 ? "--no-sandbox" : "--disable-crash-reporter", from.p, NULL };

	return program_run(f, e->arena, arguments, SECONDS, why);
}

void
pdf_dates(struct buf *pdf, struct view date)
{
	static const char *const keys[] = { "/CreationDate (D:", "/ModDate (D:" };
	static const char form[] = "YYYYmmdd000000+00'00')";
	struct view day = date.n == strlen("2025-12-11") ? date : VIEW("1980-01-01");

	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
		struct view key = view_str(keys[k]);
		size_t at = view_search(view_buf(pdf), key) + key.n;
		struct view old = view_slice(view_buf(pdf), at, at + sizeof form - 1);

		if (old.n != sizeof form - 1 || !view_ends(old, "')"))
			continue;
		memcpy(pdf->p + at, form, sizeof form - 1);
		memcpy(pdf->p + at, day.p, 4);
		memcpy(pdf->p + at + 4, day.p + 5, 2);
		memcpy(pdf->p + at + 6, day.p + 8, 2);
	}
}

bool
pdf_write(const struct edition *e, const struct pdf_sheet *p, struct view program, struct buf *pdf)
{
	struct program_folder f;
	struct single_cut cut;
	struct view why, bytes;
	struct buf html;
	bool good;

	buf_init(&html);
	good = (p->page ? page_html(e, p, &html) : single_write(e, p->language, 0, &cut, &html)) && program_open(&f, e->arena, e->diags);
	if (good) {
		good = file_create(&f.root, VIEW("a.html"), view_buf(&html), e->diags) == FILE_WRITTEN;
		if (good && !print(e, &f, program, &why)) {
			diag(e->diags, pack_failed, PLACE_NONE, VIEW("chromium"), why);
			good = false;
		}
		good = good && file_read(&f.root, e->arena, VIEW("a.pdf"), PDF_MAX_BYTES, &bytes, e->diags);
		if (good)
			buf_addv(pdf, bytes);
		program_close(&f);
	}
	if (good)
		pdf_dates(pdf, e->release.date);
	buf_release(&html);
	return good;
}
