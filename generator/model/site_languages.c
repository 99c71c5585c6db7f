/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages of a site: which there are, what each language.yaml says, and their fallback chains. */
#include "model/site_languages.h"

#include "base/arena.h"
#include "format/charset.h"
#include "format/yaml.h"

/* One entry of `fallback:`. */
struct edge {
	struct language *to;	/* NULL: left out */
	struct place place;
};

/* State of loading. */
struct loading {
	struct site *site;
	struct diags *d;
	struct map folders;	/* canonical tag to struct view *, folder as it is spelled on disk */
	struct map taken;	/* canonical tag to struct language * */
	struct list list;	/* of struct language * */
	struct list *edges;	/* of struct edge, by index of the language */
	char *colour;		/* of the search for loops: 0 not seen, 1 under way, 2 done */
};

static void
find_folders(struct loading *l)
{
	struct site *s = l->site;
	struct list entries;

	map_init(&l->folders, s->arena);
	if (!file_list(&s->root, s->arena, VIEW("translations"), &entries, l->d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view path = view_join(s->arena, VIEW("translations"), e->name), tag, *kept;

		if (e->kind == FILE_LINK) {
			diag(l->d, file_link, place_file(path), path);
		} else if (e->kind != FILE_FOLDER) {
			continue;
		} else if (!lang_canonical(s->arena, e->name, &tag)) {
			diag(l->d, lang_unknown, place_file(path), e->name);
		} else if ((kept = map_add(&l->folders, tag, &e->name)) != &e->name) {
			if (view_eq(e->name, tag)) {	/* spelled right: this one is used */
				map_set(&l->folders, tag, &e->name);
				path = view_join(s->arena, VIEW("translations"), *kept);
			}
			diag(l->d, lang_twice, place_file(path), tag);
		}
	}
}

/* "zh-Hans" as "zh-hans": a tag is ASCII, and names of files are lower case everywhere. */
static struct view
lower(struct arena *a, struct view tag)
{
	struct view v = view_copy(a, tag);
	char *p = (char *)v.p;

	for (size_t i = 0; i < v.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	return v;
}

/* A new language at the end of the list; canonical tag. */
static struct language *
add(struct loading *l, struct view tag)
{
	struct site *s = l->site;
	struct language *lang = arena_new(s->arena, struct language);
	const struct view *folder = map_get(&l->folders, tag);

	lang->lang = lang_open(s->arena, tag);
	lang->name = lang->lang->autonym;
	lang->dir = view_join(s->arena, VIEW("translations"), folder ? *folder : tag);
	lang->folder = lower(s->arena, lang->lang->tag);
	*(struct language **)list_push(&l->list, s->arena) = lang;
	map_set(&l->taken, lang->lang->tag, lang);
	return lang;
}

/* As lang_canonical; what a folder has been found to be called need not be asked again. */
static bool
canonical(const struct loading *l, struct view text, struct view *tag)
{
	size_t i = map_index(&l->folders, text);

	if (i == SIZE_MAX)
		return lang_canonical(l->site->arena, text, tag);
	*tag = l->folders.entries[i].key;
	return true;
}

/* The source language's tag: what site.yaml says, or English. */
static struct view
source_tag(struct loading *l, const struct yaml *map)
{
	struct site *s = l->site;
	struct view text = view_trim(yaml_text(map, "source-language", s->file, l->d)), tag;

	if (text.n == 0)
		return VIEW("en");
	if (canonical(l, text, &tag))
		return tag;
	diag(l->d, lang_unknown, yaml_place(yaml_get(map, "source-language"), s->file), text);
	return VIEW("en");
}

/* The languages that `languages:` lists. */
static void
add_listed(struct loading *l, const struct list *listed, struct view source)
{
	struct site *s = l->site;

	for (size_t i = 0; i < listed->n; i++) {
		const struct yaml *y = *LIST_AT(listed, const struct yaml *, i);
		struct place place = yaml_place(y, s->file);
		struct view tag;

		if (!canonical(l, y->text, &tag)) {
			diag(l->d, lang_unknown, place, y->text);
			continue;
		}
		if (map_get(&l->taken, tag)) {
			diag(l->d, lang_twice, place, tag);
			continue;
		}
		if (!map_get(&l->folders, tag) && !view_eq(tag, source))
			diag(l->d, lang_folder, place, tag, view_join(s->arena, VIEW("translations"), tag));
		add(l, tag);
	}
}

static void
add_all(struct loading *l, const struct yaml *map)
{
	struct site *s = l->site;
	struct list listed = site_scalars(map, "languages", s->arena, s->file, l->d);
	struct view source = source_tag(l, map);
	bool named = false;

	for (size_t i = 0; i < listed.n; i++) {
		struct view tag;

		named = named || (canonical(l, (*LIST_AT(&listed, const struct yaml *, i))->text, &tag) &&
		    view_eq(tag, source));
	}
	if (!named)
		add(l, source);
	if (listed.n)
		add_listed(l, &listed, source);
	for (size_t i = 0; listed.n == 0 && i < l->folders.n; i++) {
		if (!view_eq(l->folders.entries[i].key, source))
			add(l, l->folders.entries[i].key);
	}
	s->languages = l->list.items;
	s->nlanguages = l->list.n;
	for (size_t i = 0; i < s->nlanguages; i++)
		s->languages[i]->index = i;
	s->source = map_get(&l->taken, source);
	s->source->source = true;
}

static void
read_fallback(struct loading *l, struct language *lang, const struct yaml *map, struct view file)
{
	struct site *s = l->site;
	struct list tags = site_scalars(map, "fallback", s->arena, file, l->d);

	for (size_t i = 0; i < tags.n; i++) {
		const struct yaml *y = *LIST_AT(&tags, const struct yaml *, i);
		struct language *to;
		struct view tag;

		if (!canonical(l, y->text, &tag)) {
			diag(l->d, lang_unknown, yaml_place(y, file), y->text);
			continue;
		}
		to = map_get(&l->taken, tag);
		if (!to)
			diag(l->d, fallback_unknown, yaml_place(y, file), tag);
		else if (lang != s->source)
			*(struct edge *)list_push(&l->edges[lang->index], s->arena) =
			    (struct edge){ to, yaml_place(y, file) };
	}
}

static void
read_language(struct loading *l, struct language *lang)
{
	static const char *const known[] = { "name", "fallback", "publish-from", "charset", "formats", "font", NULL };
	struct site *s = l->site;
	struct view file = view_join(s->arena, lang->dir, VIEW("language.yaml")), text;
	const struct yaml *map = site_yaml(s, s->arena, file, VIEW_NONE, false, &text, l->d);

	l->edges[lang->index] = LIST_OF(struct edge);
	if (!map || !text_bidi(text, file, l->d) || !yaml_bidi(map, file, l->d))
		return;
	yaml_known(map, known, file, l->d);
	text = lang_nfc(s->arena, view_trim(yaml_text(map, "name", file, l->d)));
	if (text.n)
		lang->name = text;
	lang->font = view_trim(yaml_text(map, "font", file, l->d));
	if (lang->font.n)
		lang->font_place = yaml_place(yaml_get(map, "font"), file);
	text = view_copy(s->arena, view_trim(yaml_text(map, "formats", file, l->d)));
	if (text.n && !lang_formats(lang->lang, text))
		diag(l->d, lang_unknown, yaml_place(yaml_get(map, "formats"), file), text);
	lang->charset = view_trim(yaml_text(map, "charset", file, l->d));
	if (lang->charset.n && !charset_known(lang->charset)) {
		diag(l->d, charset_unknown, yaml_place(yaml_get(map, "charset"), file), lang->charset,
		    charset_names(s->arena));
		lang->charset = VIEW_NONE;
	}
	lang->publish_from = (double)yaml_int(map, "publish-from", 0, 0, 100, file, l->d) / 100;
	read_fallback(l, lang, map, file);
}

/* Depth first; the edge that closes a loop is reported and left out. The source language ends every way. */
static void
break_loops(struct loading *l, struct language *lang)
{
	struct list *edges = &l->edges[lang->index];

	l->colour[lang->index] = 1;
	for (size_t i = 0; i < edges->n; i++) {
		struct edge *e = LIST_AT(edges, struct edge, i);

		if (l->colour[e->to->index] == 1) {
			diag(l->d, fallback_loop, e->place, lang->lang->tag, e->to->lang->tag);
			e->to = NULL;
		} else if (l->colour[e->to->index] == 0) {
			break_loops(l, e->to);
		}
	}
	l->colour[lang->index] = 2;
}

/* Own fallbacks in order, then theirs (breadth first), then the source language. An own source language ends it. */
static void
make_chain(struct loading *l, struct language *lang)
{
	struct site *s = l->site;
	struct language **out = arena_array(s->arena, s->nlanguages + 1, sizeof *out), *from = lang;
	char *seen = arena_alloc(s->arena, s->nlanguages);
	size_t n = 0, next = 0;
	bool ended = lang->source;

	seen[lang->index] = seen[s->source->index] = 1;
	while (from) {
		const struct list *edges = &l->edges[from->index];

		for (size_t i = 0; i < edges->n && !ended; i++) {
			struct language *to = LIST_AT(edges, struct edge, i)->to;

			if (to == s->source && from == lang)
				ended = true;
			else if (to && !seen[to->index])
				out[n++] = to;
			if (to)
				seen[to->index] = 1;
		}
		from = next < n && !ended ? out[next++] : NULL;
	}
	if (!lang->source)
		out[n++] = s->source;
	lang->fallback = out;
	lang->nfallback = n;
}

void
site_languages_load(struct site *s, const struct yaml *map, struct diags *d)
{
	struct loading l = { .site = s, .d = d, .list = LIST_OF(struct language *) };

	map_init(&l.taken, s->arena);
	find_folders(&l);
	add_all(&l, map);
	l.edges = arena_array(s->arena, s->nlanguages, sizeof *l.edges);
	l.colour = arena_alloc(s->arena, s->nlanguages);
	for (size_t i = 0; i < s->nlanguages; i++)
		read_language(&l, s->languages[i]);
	for (size_t i = 0; i < s->nlanguages; i++) {
		if (!l.colour[i])
			break_loops(&l, s->languages[i]);
	}
	for (size_t i = 0; i < s->nlanguages; i++)
		make_chain(&l, s->languages[i]);
}
