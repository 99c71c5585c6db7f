/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A catalog and its page, side by side: where each source is the page's byte for byte, nothing has to be looked up, nor brought into normal form. */
#include "model/catalog_beside.h"

#include "base/fast.h"
#include "format/yaml.h"
#include "model/facts.h"

struct beside {
	struct arena *a;
	const char *p, *end;	/* what is left; at the start of a line between two lines */
	struct catalog *c;
	const struct page *page;
	size_t segment;		/* the first that can be the next entry's */
};

static bool
take(struct beside *b, struct view what)
{
	if ((size_t)(b->end - b->p) < what.n || memcmp(b->p, what.p, what.n) != 0)
		return false;
	b->p += what.n;
	return true;
}

static bool
take_line(struct beside *b, struct view *line)
{
	const char *end = memchr(b->p, '\n', (size_t)(b->end - b->p));

	if (!end)
		return false;
	*line = view_of(b->p, (size_t)(end - b->p));
	b->p = end + 1;
	return true;
}

/* Comments without the byte that every bidi control begins with. */
static bool
take_comments(struct beside *b)
{
	struct view line;

	while (b->p < b->end && *b->p == '#')
		if (!take_line(b, &line) || !yaml_harmless(line) || view_find(line, '\xE2') < line.n)
			return false;
	return true;
}

static bool
is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '.' ||
	    c == '-' || c >= 0x80;
}

/* Words with a blank between them, which mean to YAML what they are. */
static bool
is_plain(struct view v)
{
	if (v.n == 0 || !is_word((unsigned char)v.p[0]) || strchr("-._", v.p[0]))
		return false;
	for (size_t i = 1; i < v.n; i++)
		if (!is_word((unsigned char)v.p[i]) && !(v.p[i] == ' ' && i + 1 < v.n && v.p[i - 1] != ' '))
			return false;
	return yaml_harmless(v);
}

/* "key: words" on a line of its own, if it is the next one. */
static bool
take_words(struct beside *b, struct view key, struct view *words)
{
	return !take(b, key) || (take_line(b, words) && is_plain(*words));
}

/* The head: a page and a language are as they must be, or not said. */
static bool
take_head(struct beside *b, const struct language *l)
{
	struct view page = VIEW_NONE, tag = VIEW_NONE;

	if (!take_comments(b) || !take_words(b, VIEW("page: "), &page) || !take_words(b, VIEW("language: "), &tag))
		return false;
	return (!page.n || view_eq(page, b->page->path)) && (!tag.n || view_eq(tag, l->lang->tag)) && take(b, VIEW("segments:\n"));
}

/* The segment that has this source, from b->segment on: b->segment is the one behind it. */
static bool
find_segment(struct beside *b, struct view source, size_t *found)
{
	for (size_t i = b->segment; i < b->page->nsegments; i++) {
		if (!view_eq(b->page->segments[i].source, source))
			continue;
		*found = i;
		b->segment = i + 1;
		return true;
	}
	return false;
}

/* The one line of a target in normal form. */
static bool
read_target(struct beside *b, struct catalog_entry *e)
{
	struct view line, text;

	if (!take_line(b, &line) || line.n == 0 || line.n >= YAML_MAX_SCALAR || strchr(" \t#", line.p[0]))
		return false;
	text = view_trim(line);
	e->look = facts_look(text);	/* even: its own normal form, and UTF-8 */
	if ((!e->look.even || line.n > text.n) && !yaml_harmless(line))
		return false;
	e->target = e->look.even ? text : segment_normal(b->a, line);
	return true;
}

static bool
read_state(struct beside *b, struct catalog_entry *e)
{
	struct view state;

	if (take(b, VIEW("  state: ")) && !(take_line(b, &state) && state_parse(state, &e->state)))
		return false;
	if (b->p < b->end && *b->p != ' ')
		return true;
	return take_words(b, VIEW("  by: "), &e->by) && take_words(b, VIEW("  reviewed-by: "), &e->reviewed_by) &&
	    take_words(b, VIEW("  on: "), &e->on);
}

static bool
read_entry(struct beside *b)
{
	struct catalog_entry *e = &b->c->entries[b->c->n];
	struct view source;
	size_t at;

	if (!take_line(b, &source) || source.n == 0 || !find_segment(b, source, &at) || !take(b, VIEW("  target: |\n    ")))
		return false;
	*e = (struct catalog_entry){ .source = source, .state = STATE_TRANSLATED };
	b->c->of_segment[at] = e;
	b->c->n++;
	return read_target(b, e) && read_state(b, e);
}

static bool
read_entries(struct beside *b)
{
	do {
		if (!take_comments(b))
			return false;
		if (!take(b, VIEW("- source: |\n    ")))
			break;
		if (!read_entry(b))
			return false;
	} while (true);
	take(b, VIEW("unused: []\n"));
	return b->c->n > 0 && take_comments(b) && b->p == b->end;
}

bool
catalog_beside(struct arena *a, struct catalog *c, struct view bytes, const struct language *l, const struct page *p)
{
	struct beside b = { .a = a, .p = bytes.p, .end = bytes.p + bytes.n, .c = c, .page = p };
	struct catalog old = *c;

	if (!fast(FAST_BESIDE) || !p->comparable || l->charset.n || bytes.n == 0)
		return false;
	c->entries = arena_room(a, p->nsegments * sizeof *c->entries);
	c->of_segment = arena_array(a, p->nsegments, sizeof *c->of_segment);
	if (take_head(&b, l) && read_entries(&b)) {
		c->text = bytes;
		c->nlive = c->n;
		return true;
	}
	*c = old;
	return false;
}
