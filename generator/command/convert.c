/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost convert: a text file in another charset becomes UTF-8. */
#include "command/convert.h"

#include "command/named.h"
#include "command/report.h"
#include "format/charset.h"
#include "format/lang.h"
#include "format/po.h"

static void
convert(const struct options *o, struct arena *a, struct diags *d)
{
	struct view name = view_str(o->operands[0]), bytes, text, near;

	if (!named_read(a, name, PO_MAX_BYTES, &bytes, d))
		return;
	if (!charset_text(a, bytes, o->from, name, &text, d)) {
		near = charset_suggest(a, bytes);
		if (near.n)
			diag_note(d, "%s", words_inside(a, o->messages, WORD_convert_read, (const struct view[WORD_ARGS]){ words_charsets(o->messages, near) }).p);
		return;
	}
	if (charset_zawgyi(text)) {
		diag(d, import_encoding, place_file(name));
		return;
	}
	text = lang_nfc(a, text);
	if (po_charset(text).n)
		text = po_recharset(a, text);
	named_write(a, o->output.n ? o->output : VIEW("-"), text, d);
}

/* Without --from: nothing is guessed, but what would do is said. */
static int
unsaid(const struct options *o, struct arena *a, struct diags *d)
{
	struct view name = view_str(o->operands[0]), bytes, near = VIEW_NONE;

	if (named_read(a, name, PO_MAX_BYTES, &bytes, d))
		near = charset_suggest(a, bytes);
	if (near.n)
		return report_usage(o, convert_near, name, words_charsets(o->messages, near));
	return report_usage(o, convert_from, charset_names(a));
}

static int
run(const struct options *o)
{
	struct report r = report_make(o, NULL);
	struct arena arena;
	struct diags d;
	int code;

	arena_init(&arena);
	diags_init(&d);
	if (o->from.n == 0) {
		code = unsaid(o, &arena, &d);
	} else {
		convert(o, &arena, &d);
		report_print(&r, &d);
		code = report_exit(&d, false);
	}
	diags_release(&d);
	arena_release(&arena);
	return code;
}

const struct command convert_command = {
	.name = "convert",
	.usage = "FILE --from CHARSET",
	.summary = "turn a file in another charset into UTF-8",
	.help = "Reads a text in the charset you name and writes it in UTF-8: to standard\n"
	    "output, or to the file that -o names. Nothing is guessed: one byte that is not\n"
	    "possible in that charset refuses the file, with its line.",
	.options = 1u << OPTION_OUTPUT | 1u << OPTION_FROM,
	.min = 1,
	.max = 1,
	.run = run,
};
