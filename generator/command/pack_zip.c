/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack zip. */
#include "command/pack_parts.h"
#include "format/zip.h"

bool
pack_zip(struct packing *p, struct buf *said)
{
	struct edition *e = &p->edition;
	struct list entries = LIST_OF(struct zip_entry);
	struct view folder, path;
	const char *why;
	struct buf b;
	bool good = edition_list(e);

	for (size_t i = 0; good && i < e->files.n; i++) {
		const struct edition_file *f = LIST_AT(&e->files, struct edition_file, i);
		struct zip_entry *entry = list_push(&entries, e->arena);

		entry->name = f->path;
		good = edition_bytes(e, f, e->arena, &entry->bytes);
	}
	buf_init(&b);
	if (good && !zip_write(&entries, &b, &why)) {
		diag(&p->diags, file_write, PLACE_NONE, VIEW("zip"), view_str(why));
		good = false;
	}
	if (good && pack_fits(p, b.n)) {
		folder = pack_folder(p, "zip");
		path = view_printf(e->arena, "%.*s/%.*s.zip", VIEW_ARG(folder), VIEW_ARG(edition_name(e)));
		good = named_write(e->arena, path, view_buf(&b), &p->diags) != FILE_FAILED;
		p->made = path;
		buf_printf(said, "%.*s: %.1f MB (%zu bytes), unpacked ", VIEW_ARG(path), (double)b.n / 1e6, b.n);
		pack_size(said, e);
	} else {
		good = false;
	}
	buf_release(&b);
	return good;
}
