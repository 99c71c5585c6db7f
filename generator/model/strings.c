/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interface words of a theme. */
#include "model/strings.h"

#include "format/charset.h"
#include "format/yaml.h"

static unsigned
add_segment(struct list *segments, struct arena *a, struct view text, struct place place)
{
	struct segment *s = list_push(segments, a);

	s->source = segment_normal(a, text);
	s->role = SEGMENT_STRING;
	s->plain = true;
	s->place = place;
	return (unsigned)segments->n - 1;
}

static void
add_string(struct strings *s, struct arena *a, const struct yaml *y, struct list *list, struct list *segments,
    struct diags *d)
{
	static const char *const keys[] = { "key", "text", "note", "plural", "zero", "one", "two", "few", "many", "other",
		NULL };
	struct view key = yaml_text(y, "key", s->file, d), plural = yaml_text(y, "plural", s->file, d);
	struct view text = yaml_text(y, plural.n ? "other" : "text", s->file, d);
	struct string *t;

	yaml_known(y, keys, s->file, d);
	if (key.n == 0 || text.n == 0) {
		diag(d, string_incomplete, yaml_place(y, s->file), key);
		return;
	}
	t = list_push(list, a);
	t->key = key;
	t->note = yaml_text(y, "note", s->file, d);
	t->plural = plural;
	t->forms = plural.n ? y : NULL;
	t->segment = add_segment(segments, a, text, yaml_place(yaml_get(y, plural.n ? "other" : "text"), s->file));
}

static const struct yaml *
read_file(struct strings *s, struct arena *a, const struct site *site, struct diags *d)
{
	const struct yaml *top;
	struct view text;

	s->file = view_printf(a, "themes/%.*s/strings.yaml", VIEW_ARG(site->theme));
	if (!file_read_if(&site->root, a, s->file, YAML_MAX_BYTES, &text, d) ||
	    !charset_text(a, text, VIEW_NONE, s->file, &text, d))
		return NULL;
	top = yaml_read(a, text, s->file, 1, d);
	if (top)
		yaml_known(top, (const char *const[]){ "strings", NULL }, s->file, d);
	return yaml_get(top, "strings");
}

void
strings_load(struct strings *s, struct arena *a, const struct site *site, struct diags *d)
{
	struct list list = LIST_OF(struct string), segments = LIST_OF(struct segment);
	const struct yaml *top = read_file(s, a, site, d);

	add_segment(&segments, a, site->title, site->title_place);
	add_segment(&segments, a, site->description, site->description_place);
	if (top && top->kind != YAML_LIST)
		diag(d, yaml_type, yaml_place(top, s->file), VIEW("strings"), VIEW("a list"));
	for (const struct yaml *y = top && top->kind == YAML_LIST ? top->child : NULL; y; y = y->next)
		add_string(s, a, y, &list, &segments, d);
	s->segments = segments.items;
	s->nsegments = segments.n;
	s->list = list.items;
	s->n = list.n;
	map_init(&s->by_key, a);
	for (size_t i = 0; i < s->nsegments; i++)
		s->segments[i].words = lang_words(site->source->lang, s->segments[i].source);
	for (size_t i = 0; i < s->n; i++)
		if (map_set(&s->by_key, s->list[i].key, &s->list[i]))
			diag(d, string_twice, s->segments[s->list[i].segment].place, s->list[i].key);
}

const struct string *
strings_at(const struct strings *s, size_t segment)
{
	return segment < STRINGS_FIRST ? NULL : &s->list[segment - STRINGS_FIRST];
}

const struct string *
strings_find(const struct strings *s, struct view key)
{
	return map_get(&s->by_key, key);
}
