/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edition has besides the site: START.html, read-mes, its release. */
#include <ctype.h>
#include <stdlib.h>

#include "base/date.h"
#include "format/html.h"
#include "job/assemble.h"
#include "job/edition.h"

enum { GOOD_MONTHS = 12 };

/* SOURCE_DATE_EPOCH, or the newest as-of of the pages, which may be none. */
static struct date
newest(const struct world *w)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	struct date best = { 0 }, d;

	if (epoch && isdigit((unsigned char)*epoch))
		return date_of_days((long)(strtoull(epoch, NULL, 10) / 86400));
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (date_read(p->as_of, &d) && (best.year == 0 || date_days(d) > date_days(best)))
			best = date_of_days(date_days(d));
	}
	return best;
}

static void
set_release(struct edition *e)
{
	const struct site *site = &e->world->site;
	struct date date = newest(e->world), until;
	struct buf tags;

	e->release = (struct release){ .title = site->title, .id = site->id, .edition = view_str(e->kind) };
	if (date.year) {
		until = date;
		date_add(&until, GOOD_MONTHS, DATE_MONTHS);
		e->release.date = date_text(e->arena, date);
		e->release.until = date_text(e->arena, until);
		e->release.number = view_printf(e->arena, "%04d%02d%02d", date.year, date.month, date.day);
	}
	buf_init(&tags);
	for (size_t k = 0; k < site->nlanguages; k++)
		if (e->languages[k])
			buf_printf(&tags, "%s%.*s", tags.n ? " " : "", VIEW_ARG(site->languages[k]->lang->tag));
	e->release.languages = view_copy(e->arena, view_buf(&tags));
	buf_release(&tags);
}

/* Plain text as Windows' own editor shows it best: UTF-8 with its mark, lines that end in CR LF; no blank lines in a row. */
static struct view
plain_text(struct edition *e, struct view html)
{
	struct view rest, line, text;
	struct buf plain, b;
	bool blank = true;

	buf_init(&plain);
	buf_init(&b);
	html_plain(&plain, html);
	buf_puts(&b, "\xEF\xBB\xBF");
	rest = view_buf(&plain);
	while (view_cut(&rest, '\n', &line)) {
		line = view_trim(line);
		if (line.n || !blank)
			buf_printf(&b, "%.*s\r\n", VIEW_ARG(line));
		blank = line.n == 0;
	}
	text = view_copy(e->arena, view_buf(&b));
	buf_release(&b);
	buf_release(&plain);
	return text;
}

/* The theme's read-me in a language; a theme without one has none. */
static void
add_read_me(struct edition *e, struct language *l)
{
	struct value more = value_map();
	struct locale locale;
	struct diags quiet;
	struct view date;
	struct arena a;
	struct buf html;

	arena_init(&a);
	diags_init(&quiet);
	buf_init(&html);
	locale_open(&locale, &a, e->world, l, false, &quiet);
	value_set(&more, &a, "start-file", value_text_in(VIEW("START.html"), VIEW_NONE, VIEW("zxx"), false));
	value_set(&more, &a, "list-file", value_text_in(VIEW(MANIFEST_NAME), VIEW_NONE, VIEW("zxx"), false));
	value_set(&more, &a, "date", e->release.date.n && lang_date(l->lang, &a, e->release.date, &date) ? value_text(date) : value_none());
	value_set(&more, &a, "until", e->release.until.n && lang_date(l->lang, &a, e->release.until, &date) ? value_text(date) : value_none());
	if (assemble_file(&locale, VIEW("read-me"), &more, &a, &html, &quiet))
		edition_add(e, view_printf(e->arena, "READ-ME-%.*s.txt", VIEW_ARG(l->folder)), VIEW_NONE, plain_text(e, view_buf(&html)));
	buf_release(&html);
	diags_release(&quiet);
	arena_release(&a);
}

bool
edition_list(struct edition *e)
{
	const struct site *site = &e->world->site;
	uint64_t size;

	set_release(e);
	for (size_t k = 0; k < site->nlanguages; k++)
		if (e->languages[k])
			add_read_me(e, site->languages[k]);
	/* the same page by the name that people look for */
	if (file_size(&e->tree, VIEW("index.html"), &size))
		edition_add(e, VIEW("START.html"), VIEW("index.html"), VIEW_NONE)->size = size;
	return edition_seal(e);
}

struct view
edition_name(const struct edition *e)
{
	const struct site *site = &e->world->site;
	struct view name;
	struct buf b;
	bool all = true;

	buf_init(&b);
	buf_addv(&b, page_slug(e->arena, site->title, "site"));
	for (size_t k = 0; k < site->nlanguages; k++)
		all &= e->languages[k];
	for (size_t k = 0; !all && k < site->nlanguages; k++)
		if (e->languages[k])
			buf_printf(&b, "-%.*s", VIEW_ARG(site->languages[k]->folder));
	name = view_copy(e->arena, view_buf(&b));
	buf_release(&b);
	return name;
}
