/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets with fingerprints. */
#include "job/paper.h"

#include "format/lang.h"
#include "job/assemble.h"

/* Text that belongs to no language. */
static struct value
sign(struct view text)
{
	return value_text_in(text, VIEW_NONE, VIEW("zxx"), false);
}

/* In groups of four, as 'waypost verify' prints it: easier to compare. */
static struct view
grouped(struct arena *a, struct view hex)
{
	struct view text;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < hex.n; i++) {
		if (i && i % 4 == 0)
			buf_addc(&b, ' ');
		buf_addc(&b, hex.p[i]);
	}
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}

static struct value
print_of(struct arena *a, const struct paper_print *p)
{
	struct value v = value_map();

	value_set(&v, a, view_copy(a, p->kind).p, value_bool(true));
	value_set(&v, a, "name", sign(p->name));
	value_set(&v, a, "command", sign(view_printf(a, "sha256sum %.*s", VIEW_ARG(p->name))));
	value_set(&v, a, "print", value_text(grouped(a, p->hex)));
	return v;
}

static struct value
prints_of(const struct edition *e, struct arena *a, const struct language *l, const struct list *prints)
{
	struct value list = value_list(), key = value_map();

	for (size_t i = 0; i < prints->n; i++) {
		const struct paper_print *p = LIST_AT(prints, struct paper_print, i);

		if (!p->language || p->language == l)
			value_push(&list, a, print_of(a, p));
	}
	if (e->world->site.public_key.n) {
		value_set(&key, a, "key", value_bool(true));
		value_set(&key, a, "print", value_text(e->world->site.public_key));
		value_push(&list, a, key);
	}
	return list;
}

bool
paper_write(const struct edition *e, struct language *l, const struct list *prints, struct buf *out)
{
	const struct release *r = &e->release;
	struct value more = value_map();
	struct locale locale;
	struct diags quiet;	/* a build has said it */
	struct view date;
	struct arena a;
	bool good;

	if (!edition_template(e, VIEW("paper")))
		return false;
	arena_init(&a);
	diags_init(&quiet);
	locale_open(&locale, &a, e->world, l, false, &quiet);
	value_set(&more, &a, "prints", prints_of(e, &a, l, prints));
	value_set(&more, &a, "number", r->number.n ? sign(r->number) : value_none());
	value_set(&more, &a, "date", r->date.n && lang_date(l->lang, &a, r->date, &date) ? value_text(date) : value_none());
	value_set(&more, &a, "until", r->until.n && lang_date(l->lang, &a, r->until, &date) ? value_text(date) : value_none());
	good = assemble_file(&locale, VIEW("paper"), &more, &a, out, e->diags);
	diags_release(&quiet);
	arena_release(&a);
	return good;
}
