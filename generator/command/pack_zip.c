/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack zip. */
#include "command/pack_parts.h"
#include "format/zip.h"

bool
pack_archive(struct packing *p, const struct edition *e, struct buf *b)
{
	struct list entries = LIST_OF(struct zip_entry);
	const char *why;

	for (size_t i = 0; i < e->files.n; i++) {
		const struct edition_file *f = LIST_AT(&e->files, struct edition_file, i);
		struct zip_entry *entry = list_push(&entries, e->arena);

		entry->name = f->path;
		if (!edition_bytes(e, f, e->arena, &entry->bytes))
			return false;
	}
	if (zip_write(&entries, b, &why))
		return true;
	diag(&p->diags, file_write, PLACE_NONE, VIEW("zip"), view_str(why));
	return false;
}

bool
pack_zip(struct packing *p, struct buf *said)
{
	const struct messages *m = p->options->messages;
	struct edition *e = &p->edition;
	struct view folder, name;
	struct buf b;
	bool good;

	buf_init(&b);
	good = edition_list(e) && pack_archive(p, e, &b) && pack_fits(p, b.n);
	if (good) {
		folder = pack_folder(p, "zip");
		name = view_printf(e->arena, "%.*s.zip", VIEW_ARG(edition_name(e)));
		good = pack_file(p, folder, name, view_buf(&b));
		p->made = view_join(e->arena, folder, name);
		words_put(said, m, pack_one_file, p->made, pack_megabytes(p, b.n), NUMBER(b.n));
		words_comma(said, m);
		words_put(said, m, pack_unpacked, VIEW_NONE);
		buf_addc(said, ' ');
		pack_size(p, e, said);
	}
	buf_release(&b);
	return good;
}
