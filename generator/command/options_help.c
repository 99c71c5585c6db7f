/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --help prints. */
#include <ctype.h>

#include "command/options_parts.h"
#include "format/lang.h"

enum { HELP_WIDTH = 80, HELP_COLUMN = 28, TERM_COLUMN = 15 };

void
options_formats(struct buf *b, const struct command *c, const struct messages *m)
{
	unsigned left = c->formats;

	for (int f = 0; f < FORMAT_COUNT; f++) {
		if (!(left >> f & 1))
			continue;
		left &= ~(1u << f);
		buf_puts(b, format_name((enum format)f));
		if (left & (left - 1)) {
			buf_puts(b, ", ");
		} else if (left) {
			buf_addc(b, ' ');
			words_put(b, m, or, VIEW_NONE);
			buf_addc(b, ' ');
		}
	}
}

struct list
options_words(struct arena *a, const struct command *c)
{
	struct list words = LIST_OF(struct view);
	struct view rest = view_str(c->usage), line, first, word;

	while (rest.n && view_cut(&rest, '\n', &line)) {
		first = view_slice(line, 0, view_find(line, ' '));
		while (view_cut(&first, '|', &word))
			if (word.n && islower((unsigned char)word.p[0]))
				*(struct view *)list_push(&words, a) = word;
	}
	return words;
}

static void
put_option(struct buf *b, const struct command *c, const struct messages *m, const struct option_row *r)
{
	struct view help = view_str(r->help), line;
	struct buf head, formats;
	bool first = true;

	buf_init(&head);
	buf_init(&formats);
	if (r->letter)
		buf_printf(&head, "-%c, ", r->letter);
	else
		buf_puts(&head, "    ");
	buf_printf(&head, "--%s%s%s", r->name, r->value ? " " : "", r->value ? r->value : "");
	if (!r->help) {
		options_formats(&formats, c, m);
		help = view_buf(&formats);
	} else if (m) {
		words_fill(&formats, m, words_find(m, help), NULL, 0);
		help = view_buf(&formats);
	}
	if (m) {
		buf_printf(b, "  %-26s", head.p);
		words_wrap(b, help, HELP_COLUMN, HELP_COLUMN, HELP_WIDTH);
		buf_addc(b, '\n');
	}
	while (!m && view_cut(&help, '\n', &line)) {
		buf_printf(b, "  %-26s%.*s\n", first ? head.p : "", VIEW_ARG(line));
		first = false;
	}
	buf_release(&formats);
	buf_release(&head);
}

/* What stands before a line of a table. */
static void
put_term(struct buf *b, struct view term)
{
	buf_puts(b, "  ");
	buf_addv(b, term);
	for (size_t n = lang_columns(term); n < TERM_COLUMN - 3; n++)
		buf_addc(b, ' ');
	buf_addc(b, ' ');
}

/* The help in another language: piece by piece, since lines break elsewhere. */
static void
put_help(struct buf *b, const struct command *c, const struct messages *m)
{
	struct view rest = view_str(c->help);
	struct words_piece p;
	struct arena a;
	struct buf text;

	if (!m) {
		buf_printf(b, "%s\n", c->help);
		return;
	}
	arena_init(&a);
	buf_init(&text);
	while (words_piece(&a, &rest, &p)) {
		buf_clear(&text);
		words_fill(&text, m, words_find(m, view_copy(m->arena, p.text)), NULL, 0);
		if (p.term.n)
			put_term(b, words_state(m, p.term));
		words_wrap(b, view_buf(&text), p.term.n ? TERM_COLUMN : 0, p.term.n ? TERM_COLUMN : 0, HELP_WIDTH);
		buf_addc(b, '\n');
	}
	buf_release(&text);
	arena_release(&a);
}

void
options_help(struct buf *b, const struct command *c, const struct messages *m)
{
	struct view rest = view_str(c->usage), line, mark = words_find(m, view_str(words_english(WORD_options_mark)));
	struct view head = words_find(m, view_str(words_english(WORD_usage)));
	struct option_row r;

	if (rest.n == 0)
		buf_printf(b, "%.*s waypost %s %.*s\n", VIEW_ARG(head), c->name, VIEW_ARG(mark));
	for (bool first = true; rest.n && view_cut(&rest, '\n', &line); first = false) {
		if (first)
			buf_addv(b, head);
		for (size_t i = 0; i < lang_columns(head) && !first; i++)
			buf_addc(b, ' ');
		buf_printf(b, " waypost %s %.*s %.*s\n", c->name, VIEW_ARG(line), VIEW_ARG(mark));
	}
	buf_addc(b, '\n');
	put_help(b, c, m);
	buf_addc(b, '\n');
	words_put(b, m, options, VIEW_NONE);
	buf_addc(b, '\n');
	for (int i = 0; i < OPTION_COUNT; i++)
		if (options_row(c, (enum option_id)i, &r))
			put_option(b, c, m, &r);
}
