/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost verify: whether a copy is as it was published. */
#include "command/verify.h"

#include <time.h>

#include "base/date.h"
#include "command/report.h"
#include "job/verify.h"

/* "1a2b 3c4d ...", as it is read out from paper */
static void
put_fingerprint(struct buf *b, struct view hex)
{
	for (size_t i = 0; i < hex.n; i++) {
		if (i && i % 4 == 0)
			buf_addc(b, ' ');
		buf_addc(b, hex.p[i]);
	}
}

static void
put_count(struct buf *b, size_t n, const char *what)
{
	if (n)
		buf_printf(b, "%s%zu %s", b->p[b->n - 1] == ' ' ? "" : ", ", n, what);
}

static void
summary(const struct options *o, const struct verify *v, bool good)
{
	const struct release *r = &v->release;
	struct buf b;

	buf_init(&b);
	if (good) {
		buf_puts(&b, "this copy is whole: ");
		report_number(&b, v->files, "file is as the list says", "files are as the list says");
		buf_puts(&b, ", nothing was added");
	} else {
		buf_puts(&b, "do not trust this copy: ");
		put_count(&b, v->changed, "changed");
		put_count(&b, v->gone, "missing");
		put_count(&b, v->extra, "added");
		put_count(&b, v->other, "not as they should be");
		if (v->changed + v->gone + v->extra + v->other == 0)
			buf_puts(&b, "see above");
	}
	if (r->number.n) {
		buf_puts(&b, "; release ");
		report_visible(&b, r->number);
	}
	if (r->date.n) {
		buf_puts(&b, " of ");
		report_visible(&b, r->date);
	}
	if (good && r->until.n) {
		buf_puts(&b, ", good until ");
		report_visible(&b, r->until);
	}
	if (good) {
		buf_puts(&b, "\nfingerprint of its list, to compare with a printed one:\n");
		put_fingerprint(&b, v->digest);
	}
	fprintf(o->format == FORMAT_JSON ? o->err : o->out, "%s\n", b.p);
	buf_release(&b);
}

static int
run(const struct options *o)
{
	struct report_progress line = report_progress(o, WORD_files_done);
	struct verify v = { .progress = report_step, .self = &line };
	struct report r = report_make(o, NULL);
	struct arena arena;
	struct diags d;
	bool good;
	int code;

	arena_init(&arena);
	diags_init(&d);
	v.today = date_text(&arena, date_of_days((long)(time(NULL) / 86400)));
	good = verify_run(&v, &arena, view_str(o->operands[0]), &d);
	report_progress_end(&line);
	report_print(&r, &d);
	if (v.opened && (!o->quiet || !good))
		summary(o, &v, good);
	code = report_exit(&d, false);
	diags_release(&d);
	arena_release(&arena);
	return code;
}

const struct command verify_command = {
	.name = "verify",
	.usage = "DIR|FILE",
	.summary = "tell whether a copy is whole and unchanged",
	.help = "Compares a copy (a folder, a stick or a ZIP file made by 'waypost pack') with its\n"
	    "list SHA256SUMS: nothing may be changed, missing or added. No network is needed.\n"
	    "Who made the list is told by its signature or by its fingerprint on paper; see\n"
	    "docs/publishing.md.",
	.options = 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON,
	.min = 1,
	.max = 1,
	.run = run,
};
