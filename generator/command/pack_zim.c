/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost pack zim. */
#include "command/pack_parts.h"
#include "base/program.h"
#include "job/zim.h"

bool
pack_zim(struct packing *p, struct buf *said)
{
	static const char *const names[] = { "zimwriterfs", NULL };
	struct edition *e = &p->edition;
	struct view program = program_find(e->arena, names), path;
	struct buf b;
	bool good;

	if (program.n == 0) {
		diag(&p->diags, pack_program, PLACE_NONE, VIEW("zimwriterfs"), VIEW("zim-tools"));
		return false;
	}
	buf_init(&b);
	good = edition_list(e) && zim_write(e, program, &b, &p->diags) && pack_fits(p, b.n);
	if (good) {
		path = view_printf(e->arena, "%.*s/%.*s.zim", VIEW_ARG(pack_folder(p, "zim")), VIEW_ARG(edition_name(e)));
		good = named_write(e->arena, path, view_buf(&b), &p->diags) != FILE_FAILED;
		words_put(said, p->options->messages, pack_one_file, path, pack_megabytes(p, b.n), NUMBER(b.n));
	}
	buf_release(&b);
	return good;
}
