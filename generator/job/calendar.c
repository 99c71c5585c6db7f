/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar files: RFC 5545. */
#include "job/calendar.h"

#include "job/survey.h"
#include "job/version.h"

enum { LINE_OCTETS = 75 };

/* A calendar being written. */
struct calendar {
	struct locale *locale;
	const struct page *page;
	const struct data *data;
	const struct choice *texts;	/* of the data file's segments */
	struct arena *item;
	struct buf *out;
};

struct view
calendar_path(struct arena *a, const struct language *l, const struct page *p)
{
	return view_join(a, l->folder, view_printf(a, "%.*s.ics", VIEW_ARG(view_slice(p->out, 0, p->out.n - strlen(".html")))));
}

/* One content line: parts of 75 octets at most, no letter torn apart; each further one begins with a blank. */
static void
put_line(struct buf *out, struct view line)
{
	size_t room = LINE_OCTETS;

	while (line.n > room) {
		size_t n = room;

		while (n > 1 && (line.p[n] & 0xC0) == 0x80)
			n--;
		buf_add(out, line.p, n);
		buf_puts(out, "\r\n ");
		line = view_slice(line, n, line.n);
		room = LINE_OCTETS - 1;
	}
	buf_addv(out, line);
	buf_puts(out, "\r\n");
}

static void put(struct calendar *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct calendar *c, const char *format, ...)
{
	va_list args;
	struct buf line;

	buf_init(&line);
	va_start(args, format);
	buf_vprintf(&line, format, args);
	va_end(args);
	put_line(c->out, view_buf(&line));
	buf_release(&line);
}

/* A property whose value is text (3.3.11); lang is its language, or empty. */
static void
put_text(struct calendar *c, const char *name, struct view lang, struct view text)
{
	struct buf line;

	buf_init(&line);
	buf_puts(&line, name);
	if (lang.n)
		buf_printf(&line, ";LANGUAGE=%.*s", VIEW_ARG(lang));
	buf_addc(&line, ':');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n') {
			buf_puts(&line, "\\n");
			continue;
		}
		if (strchr("\\;,", text.p[i]))
			buf_addc(&line, '\\');
		buf_addc(&line, text.p[i]);
	}
	put_line(c->out, view_buf(&line));
	buf_release(&line);
}

/* A field of a row as this language shows it. */
static struct choice
shown(const struct calendar *c, size_t row, const char *field)
{
	const struct data_cell *cell = data_at(c->data, row, field);

	if (cell && cell->segment >= 0)
		return c->texts[cell->segment];
	return (struct choice){ .text = cell ? cell->text : VIEW_NONE, .from = c->locale->world->site.source };
}

/* A date with its day; false when there is none. */
static bool
day_of(const struct calendar *c, size_t row, struct view field, struct date *d)
{
	size_t f = data_field(c->data, field);

	return f < c->data->nfields && date_read(c->data->cells[row * c->data->nfields + f].text, d) && d->day;
}

/* What tells a row from the others for good: its id or number, else its place in the file. */
static struct view
row_key(const struct calendar *c, size_t row)
{
	static const char *const names[] = { "id", "number" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct data_cell *cell = data_at(c->data, row, names[i]);

		if (cell && cell->text.n)
			return page_slug(c->item, cell->text, "item");
	}
	return view_printf(c->item, "%zu", row + 1);
}

/* "41st session: Reports", or where the words have {title} in them, that filled in. */
static void
put_summary(struct calendar *c, size_t row, struct view field)
{
	struct view key = view_printf(c->item, "calendar-%.*s", VIEW_ARG(field));
	const struct string *s = strings_find(&c->locale->world->strings, key);
	const struct choice *words = s ? &c->locale->strings.choices[s->segment] : NULL;
	struct choice title = shown(c, row, "title");
	struct view lang = title.from->lang->tag, text = title.text;
	size_t at;

	if (words) {
		at = view_search(words->text, VIEW("{title}"));
		text = at == words->text.n ? view_printf(c->item, "%.*s: %.*s", VIEW_ARG(title.text), VIEW_ARG(words->text)) :
		    view_printf(c->item, "%.*s%.*s%.*s", VIEW_ARG(view_slice(words->text, 0, at)), VIEW_ARG(title.text),
		    VIEW_ARG(view_slice(words->text, at + strlen("{title}"), words->text.n)));
		lang = words->from == title.from ? lang : VIEW_NONE;
	}
	put_text(c, "SUMMARY", lang, text);
}

/* All of `first` to `last`; the end that RFC 5545 asks for is the day after. */
static void
put_event(struct calendar *c, size_t row, struct view field, struct date first, struct date last)
{
	const struct site *site = &c->locale->world->site;
	struct date stamp, behind = date_of_days(date_days(last) + 1);
	struct choice place = shown(c, row, "place");
	struct view path = view_join(c->item, c->locale->language->folder, c->page->out);

	if (!date_read(c->page->as_of, &stamp))
		stamp = first;
	put(c, "BEGIN:VEVENT");
	put(c, "UID:%.*s-%.*s-%.*s@%.*s", VIEW_ARG(page_slug(c->item, c->data->name, "data")), VIEW_ARG(row_key(c, row)),
	    VIEW_ARG(page_slug(c->item, field, "day")), VIEW_ARG(page_slug(c->item, site->title, "site")));
	put(c, "DTSTAMP:%04d%02d%02dT000000Z", stamp.year, stamp.month ? stamp.month : 1, stamp.day ? stamp.day : 1);
	put(c, "DTSTART;VALUE=DATE:%04d%02d%02d", first.year, first.month, first.day);
	put(c, "DTEND;VALUE=DATE:%04d%02d%02d", behind.year, behind.month, behind.day);
	put_summary(c, row, field);
	if (view_is(field, "begins") && place.text.n)
		put_text(c, "LOCATION", place.from->lang->tag, place.text);
	if (site->base_url.n)
		put(c, "URL:%.*s%.*s", VIEW_ARG(site->base_url), VIEW_ARG(path));
	put(c, "TRANSP:TRANSPARENT");
	put(c, "END:VEVENT");
}

static void
put_row(struct calendar *c, size_t row)
{
	struct date first, last;

	if (day_of(c, row, VIEW("begins"), &first)) {
		if (!day_of(c, row, VIEW("ends"), &last) || date_days(last) < date_days(first))
			last = first;
		put_event(c, row, VIEW("begins"), first, last);
	}
	for (size_t i = 0; i < c->data->sums.n; i++) {
		struct view field = c->data->fields[LIST_AT(&c->data->sums, struct data_sum, i)->to].name;

		if (day_of(c, row, field, &first))
			put_event(c, row, field, first, first);
	}
}

void
calendar_write(struct locale *l, const struct page *p, struct arena *item, struct buf *out)
{
	const struct world *w = l->world;
	struct calendar c = { .locale = l, .page = p, .item = item, .out = out };
	const struct choice *title = &survey_heading(l, p)->choices[PAGE_TITLE];

	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		if (view_eq(t->name, p->calendar)) {
			c.data = t;
			c.texts = l->data[i].choices;
		}
	}
	if (!c.data)
		return;
	put(&c, "BEGIN:VCALENDAR");
	put(&c, "VERSION:2.0");
	put(&c, "PRODID:-//Waypost//Waypost %s//EN", WAYPOST_VERSION);
	put(&c, "CALSCALE:GREGORIAN");
	put_text(&c, "X-WR-CALNAME", VIEW_NONE, title->text);
	for (size_t row = 0; row < c.data->nitems; row++)
		put_row(&c, row);
	put(&c, "END:VCALENDAR");
}
