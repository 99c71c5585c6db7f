/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own texts in another language. */
#include "job/messages.h"

#include "job/merge.h"

/* "fr_CA.UTF-8@euro" to "fr-CA", then "fr". */
static void
add_locale(struct list *wanted, struct arena *a, struct view name)
{
	size_t end = view_find(name, '.'), at = view_find(name, '@');
	struct view bare, tag;
	char *p;

	bare = view_slice(name, 0, end < at ? end : at);
	p = arena_copy(a, bare.p, bare.n);
	for (size_t i = 0; i < bare.n; i++)
		if (p[i] == '_')
			p[i] = '-';
	for (bare = view_of(p, bare.n); bare.n;) {
		size_t cut = bare.n;

		if (lang_canonical(a, bare, &tag))
			*(struct view *)list_push(wanted, a) = tag;
		while (cut > 0 && bare.p[cut - 1] != '-')
			cut--;
		bare = view_slice(bare, 0, cut ? cut - 1 : 0);
	}
}

static bool
is_english(struct view tag)
{
	return view_is(tag, "en") || view_starts(tag, "en-");
}

struct list
messages_wanted(struct arena *a, const char *(*get)(const char *name))
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	struct list wanted = LIST_OF(struct view);
	struct view locale = VIEW_NONE, rest, one;

	for (size_t i = 0; i < sizeof names / sizeof *names && locale.n == 0; i++)
		locale = view_str(get(names[i]));
	one = view_slice(locale, 0, view_find(locale, '.'));
	if (locale.n == 0 || view_is(one, "C") || view_is(one, "POSIX"))
		return wanted;
	rest = view_str(get("LANGUAGE"));
	while (rest.n && view_cut(&rest, ':', &one))
		add_locale(&wanted, a, one);
	if (wanted.n == 0)
		add_locale(&wanted, a, locale);
	for (size_t i = 0; i < wanted.n; i++)
		if (is_english(*LIST_AT(&wanted, struct view, i)))
			wanted.n = i;
	return wanted;
}

bool
messages_open(struct messages *m, struct arena *a, const struct file_root *root, struct view folder, struct view tag,
    struct diags *d)
{
	struct language *l = arena_new(a, struct language);
	struct site *site = arena_new(a, struct site);
	struct catalog *c;

	*l = (struct language){ .lang = lang_open(a, tag), .dir = folder };
	*site = (struct site){ .arena = a, .root = *root, .source = l };
	for (int s = 0; s < STATE_COUNT; s++)
		site->publish[s] = s != STATE_DRAFT;
	*m = (struct messages){ .arena = a, .tag = tag, .rtl = l->lang->rtl, .site = site, .language = l };
	c = catalog_read(a, site, l, tag, VIEW_NONE, d);
	lang_close(l->lang);
	if (!c)
		return false;
	m->found = arena_new(a, struct map);
	map_init(&m->by_source, a);
	map_init(m->found, a);
	for (size_t i = 0; i < c->nlive; i++)
		map_add(&m->by_source, c->entries[i].source, &c->entries[i]);
	return true;
}

bool
messages_has(const struct messages *m, struct view english, struct view *why)
{
	struct merge_place at = { .site = m->site, .language = m->language };
	struct segment s = { .source = segment_normal(m->arena, english), .plain = true };
	struct match match = { .entry = map_get(&m->by_source, s.source) };
	struct merge_verdict v;

	*why = VIEW_NONE;
	if (!match.entry || match.entry->plural || match.entry->was.n)
		return false;
	v = merge_judge(m->arena, &at, &s, &match, NULL);
	if (v.why == WITHHELD_LOCK)
		*why = v.what;
	return v.why == WITHHELD_NOT;
}

struct view
messages_find(const struct messages *m, struct view english)
{
	struct view *found = map_get(m->found, english), why;
	const struct catalog_entry *e;

	if (found)
		return *found;
	found = arena_new(m->arena, struct view);
	*found = english;
	if (messages_has(m, english, &why)) {
		e = map_get(&m->by_source, segment_normal(m->arena, english));
		*found = e->target;
	}
	map_set(m->found, english, found);
	return *found;
}
