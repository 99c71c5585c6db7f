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
put_count(struct buf *b, const struct messages *m, size_t n, enum word what, bool *any)
{
	if (n == 0)
		return;
	if (*any)
		words_comma(b, m);
	words_add(b, m, what, (const struct view[WORD_ARGS]){ NUMBER(n) });
	*any = true;
}

/* "do not trust this copy: 1 changed, 2 added" */
static void
put_doubt(struct buf *b, const struct messages *m, const struct verify *v)
{
	bool any = false;

	words_put(b, m, verify_doubt, VIEW_NONE);
	buf_addc(b, ' ');
	put_count(b, m, v->changed, WORD_verify_changed, &any);
	put_count(b, m, v->gone, WORD_verify_gone, &any);
	put_count(b, m, v->extra, WORD_verify_extra, &any);
	put_count(b, m, v->other, WORD_verify_other, &any);
	if (!any)
		words_put(b, m, verify_above, VIEW_NONE);
}

static void
summary(const struct options *o, const struct verify *v, bool good)
{
	const struct release *r = &v->release;
	const struct messages *m = o->messages;
	struct buf b;

	buf_init(&b);
	if (good)
		words_count(&b, m, verify_whole, v->files, NUMBER(v->files));
	else
		put_doubt(&b, m, v);
	if (r->number.n) {
		words_semicolon(&b, m);
		words_put(&b, m, verify_release, r->number);
	}
	if (r->date.n) {
		buf_addc(&b, ' ');
		words_put(&b, m, verify_date, r->date);
	}
	if (good && r->until.n) {
		words_comma(&b, m);
		words_put(&b, m, verify_until, r->until);
	}
	if (good) {
		buf_addc(&b, '\n');
		words_put(&b, m, verify_print, VIEW_NONE);
		buf_addc(&b, '\n');
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
