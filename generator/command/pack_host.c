/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack host, and pack paper, which says what its editions are known by. */
#include "command/pack_parts.h"
#include "format/digest.h"
#include "job/epub.h"
#include "job/host.h"
#include "job/paper.h"

static void
add(struct packing *p, struct list *files, struct view name, const char *kind, struct language *l, struct view bytes)
{
	*(struct host_file *)list_push(files, p->world->arena) = (struct host_file){ .name = name, .kind = view_str(kind), .language = l,
		.bytes = view_copy(p->world->arena, bytes) };
}

/* The same bytes as 'waypost pack zip' writes. *list gets the digest of its list. */
static bool
add_archive(struct packing *p, struct list *files, struct view *list)
{
	struct edition e;
	struct buf b;
	bool good;

	if (!edition_open(&e, p->world, p->site, p->only, "zip", &p->diags))
		return false;
	buf_init(&b);
	good = edition_list(&e) && pack_archive(p, &e, &b);
	if (good) {
		add(p, files, view_printf(e.arena, "%.*s.zip", VIEW_ARG(edition_name(&e))), "archive", NULL, view_buf(&b));
		*list = edition_find(&e, VIEW(MANIFEST_NAME))->hex;
	}
	buf_release(&b);
	edition_close(&e);
	return good;
}

static bool
add_books(struct packing *p, struct list *files)
{
	const struct site *site = &p->world->site;
	bool good = true;
	struct buf b;
	size_t pages;

	buf_init(&b);
	for (size_t k = 0; good && k < site->nlanguages; k++) {
		if (!p->edition.languages[k])
			continue;
		buf_clear(&b);
		good = epub_write(&p->edition, site->languages[k], &b, &pages);
		if (good)
			add(p, files, pack_book(p, site->languages[k]), "book", site->languages[k], view_buf(&b));
	}
	buf_release(&b);
	return good;
}

bool
pack_host(struct packing *p, struct buf *said)
{
	struct list files = LIST_OF(struct host_file);
	struct view list;

	return edition_list(&p->edition) && pack_survey(p) && add_books(p, &files) && add_archive(p, &files, &list) && host_list(&p->edition, &files) &&
	    pack_tree(p, "host", said);
}

static void
add_print(struct packing *p, struct list *prints, const char *kind, struct view name, struct view hex, struct language *l)
{
	*(struct paper_print *)list_push(prints, p->world->arena) = (struct paper_print){ .kind = view_str(kind), .name = name, .hex = hex, .language = l };
}

static bool
list_prints(struct packing *p, struct list *prints)
{
	struct list files = LIST_OF(struct host_file);
	struct edition stick;
	struct view list;
	struct buf hex;
	bool good;

	if (!edition_open(&stick, p->world, p->site, p->only, "usb", &p->diags))
		return false;
	good = edition_list(&stick) && pack_survey(p) && add_archive(p, &files, &list) && add_books(p, &files);
	if (good) {
		add_print(p, prints, "stick", VIEW(MANIFEST_NAME), edition_find(&stick, VIEW(MANIFEST_NAME))->hex, NULL);
		add_print(p, prints, "list", VIEW(MANIFEST_NAME), list, NULL);
	}
	edition_close(&stick);
	buf_init(&hex);
	for (size_t i = 0; good && i < files.n; i++) {
		const struct host_file *f = LIST_AT(&files, struct host_file, i);

		buf_clear(&hex);
		digest_hex(&hex, f->bytes);
		add_print(p, prints, "file", f->name, view_copy(p->world->arena, view_buf(&hex)), f->language);
	}
	buf_release(&hex);
	return good;
}

bool
pack_paper(struct packing *p, struct buf *said)
{
	struct list prints = LIST_OF(struct paper_print);
	const struct site *site = &p->world->site;
	struct view folder = VIEW_NONE;
	struct buf sheet;
	size_t n = 0;
	bool good = edition_list(&p->edition) && list_prints(p, &prints);

	buf_init(&sheet);
	for (size_t k = 0; good && k < site->nlanguages; k++) {
		if (!p->edition.languages[k])
			continue;
		buf_clear(&sheet);
		good = paper_write(&p->edition, site->languages[k], &prints, &sheet);
		if (good && folder.n == 0)
			folder = pack_folder(p, "paper");
		good = good && pack_file(p, folder, view_printf(p->world->arena, "%.*s.html", VIEW_ARG(site->languages[k]->folder)), view_buf(&sheet));
		n += good;
	}
	buf_release(&sheet);
	buf_printf(said, "%.*s: ", VIEW_ARG(folder));
	words_count(said, p->options->messages, sheets, n, NUMBER(n));
	return good;
}
