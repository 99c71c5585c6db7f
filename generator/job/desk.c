/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data of the translation desk. */
#include "job/desk.h"

#include "format/yaml.h"
#include "job/desk_json.h"
#include "job/survey.h"

/* A unit, looked up. */
struct unit {
	const struct page *page;
	const struct data *data;
	const struct segment *segments;
	size_t n;
	struct view key;	/* of its catalog, once desk_unit knows it */
};

static struct unit
unit_of(const struct world *w, size_t unit)
{
	if (unit < w->pages.n) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, unit);

		return (struct unit){ .page = p, .segments = p->segments, .n = p->nsegments };
	}
	unit -= w->pages.n;
	if (unit < w->data.n) {
		const struct data *t = *LIST_AT(&w->data, struct data *, unit);

		return (struct unit){ .data = t, .segments = t->segments, .n = t->nsegments };
	}
	return (struct unit){ .segments = w->strings.segments, .n = w->strings.nsegments };
}

size_t
desk_units(const struct world *w)
{
	return w->pages.n + w->data.n + 1;
}

bool
desk_has(const struct world *w, const struct language *l, size_t unit)
{
	struct unit u = unit_of(w, unit);
	bool any = false;

	if (u.page && !locale_translated(u.page, l))
		return false;
	for (size_t i = 0; i < u.n && !any; i++)
		any = u.segments[i].words > 0;
	return any && !l->source;
}

struct view
desk_key(const struct world *w, struct arena *a, size_t unit)
{
	struct unit u = unit_of(w, unit);

	if (u.page)
		return u.page->key;
	return u.data ? view_join(a, VIEW("data"), u.data->name) : VIEW("interface");
}

struct view
desk_file(const struct world *w, size_t unit)
{
	struct unit u = unit_of(w, unit);

	return u.page ? u.page->file : u.data ? u.data->file : w->strings.file;
}

/* Below desk/: the way of the page it belongs to, so its name is as fit for sticks as the page's. */
static struct view
place_of(const struct world *w, struct arena *a, size_t unit)
{
	struct unit u = unit_of(w, unit);

	if (u.page)
		return view_printf(a, "pages/%.*sjs", VIEW_ARG(view_slice(u.page->out, 0, u.page->out.n - strlen("html"))));
	if (u.data)
		return view_printf(a, "data/%.*s.js", VIEW_ARG(page_slug(a, u.data->name, "list")));
	return VIEW("interface.js");
}

struct view
desk_path(const struct world *w, struct arena *a, const struct language *l, size_t unit)
{
	return view_printf(a, "%.*s/desk/%.*s", VIEW_ARG(l->folder), VIEW_ARG(place_of(w, a, unit)));
}

struct view
desk_overview_path(struct arena *a, const struct language *l)
{
	return view_join(a, l->folder, VIEW("desk/overview.js"));
}

const struct page *
desk_page(const struct world *w)
{
	return w->desk;
}

void
desk_script(struct view json, struct buf *out)
{
	buf_puts(out, "waypostDesk(\"");
	for (size_t i = 0; i < json.n; i++) {
		if (json.p[i] == '"' || json.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, json.p[i]);
	}
	buf_puts(out, "\");\n");
}

static const char *
dir_of(const struct language *l)
{
	return l->lang->rtl ? "rtl" : "ltr";
}

/* A text; in another language than the desk's, a list of text, tag and direction. */
static void
put_choice(struct desk_json *j, const char *key, const struct choice *c, const struct language *own)
{
	if (c->from == own) {
		desk_text(j, key, c->text);
		return;
	}
	desk_open(j, key, '[');
	desk_text(j, NULL, c->text);
	desk_text(j, NULL, c->from->lang->tag);
	desk_text(j, NULL, view_str(dir_of(c->from)));
	desk_close(j, ']');
}

static void
put_language(struct desk_json *j, const char *key, const struct language *l)
{
	desk_open(j, key, '{');
	desk_text(j, "tag", l->lang->tag);
	desk_text(j, "name", l->name);
	desk_text(j, "dir", view_str(dir_of(l)));
	desk_close(j, '}');
}

static void
put_words(struct desk_json *j, const struct locale *l)
{
	static const char prefix[] = "desk-";
	const struct strings *s = &l->world->strings;

	desk_open(j, "words", '{');
	for (size_t i = 0; i < s->n; i++) {
		struct view key = view_copy(l->arena, s->list[i].key);

		if (view_starts(key, prefix))
			put_choice(j, key.p + strlen(prefix), &l->strings.choices[s->list[i].segment], l->language);
	}
	desk_close(j, '}');
}

static void
put_term(struct desk_json *j, struct view source, struct view target)
{
	if (source.n == 0 || target.n == 0)
		return;
	desk_open(j, NULL, '[');
	desk_text(j, NULL, source);
	desk_text(j, NULL, target);
	desk_close(j, ']');
}

/* The i-th form in a cell of data/terms.yaml, without the '*' that job/audit reads. */
static struct view
form_of(const struct data_cell *c, size_t i, struct arena *a)
{
	struct view form = c->texts.n ? *LIST_AT(&c->texts, struct view, i) : c->text;
	char *p = arena_alloc(a, form.n + 1);
	size_t n = 0;

	for (size_t k = 0; k < form.n; k++)
		if (form.p[k] != '*')
			p[n++] = form.p[k];
	return view_of(p, n);
}

/* Agreed words: rows of data/terms.yaml in this language, and those of data/glossary.yaml that are translated. */
static void
put_terms(struct desk_json *j, const struct locale *l)
{
	const struct world *w = l->world;
	const struct data *terms = data_find(&w->data, "terms");
	struct view tag = view_copy(l->arena, l->language->lang->tag);

	desk_open(j, "terms", '[');
	for (size_t row = 0; terms && row < terms->nitems; row++) {
		const struct data_cell *source = data_at(terms, row, "source"), *target = data_at(terms, row, tag.p);
		size_t n = source && source->texts.n ? source->texts.n : 1;

		for (size_t i = 0; source && target && i < n; i++)
			put_term(j, form_of(source, i, l->arena), form_of(target, 0, l->arena));
	}
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		for (size_t row = 0; view_is(t->name, "glossary") && row < t->nitems; row++) {
			const struct data_cell *c = data_at(t, row, "term");
			const struct choice *choice = c && c->segment >= 0 ? &l->data[i].choices[c->segment] : NULL;

			if (choice && choice->from == l->language)
				put_term(j, c->text, choice->text);
		}
	}
	desk_close(j, ']');
}

/* The forms that a language's plurals have, each with numbers that take it. */
static void
put_plurals(struct desk_json *j, const struct language *l, struct arena *a)
{
	enum { SHOWN = 4 };

	desk_open(j, "plurals", '[');
	for (size_t k = 0; k < LANG_CATEGORIES; k++) {
		double numbers[SHOWN] = { 0.5 };
		size_t n = lang_examples(l->lang, lang_categories[k], numbers, SHOWN);

		if (!lang_has_category(l->lang, lang_categories[k]))
			continue;
		desk_open(j, NULL, '[');
		desk_text(j, NULL, view_str(lang_categories[k]));
		for (size_t i = 0; i < (n ? n : 1); i++)
			desk_text(j, NULL, lang_number(l->lang, a, numbers[i], 1));
		desk_close(j, ']');
	}
	desk_close(j, ']');
}

/* The digits from nought to nine as readers of the language are used to. */
static void
put_digits(struct desk_json *j, const struct language *l, struct arena *a)
{
	desk_open(j, "digits", '[');
	for (int i = 0; i < 10; i++)
		desk_text(j, NULL, lang_number(l->lang, a, i, 0));
	desk_close(j, ']');
}

static const struct tally *
tally_of(const struct locale *l, size_t unit)
{
	const struct world *w = l->world;

	if (unit < w->pages.n)
		return &survey_page(w, l->language, *LIST_AT(&w->pages, struct page *, unit))->tally;
	return unit - w->pages.n < w->data.n ? &l->data[unit - w->pages.n].tally : &l->strings.tally;
}

static void
put_unit(struct desk_json *j, struct locale *l, struct arena *item, size_t unit)
{
	struct unit u = unit_of(l->world, unit);
	const struct tally *t = tally_of(l, unit);

	desk_open(j, NULL, '{');
	desk_text(j, "key", desk_key(l->world, item, unit));
	desk_text(j, "page", u.page ? u.page->path : view_printf(item, "%.*s.yaml", VIEW_ARG(desk_key(l->world, item, unit))));
	desk_text(j, "file", place_of(l->world, item, unit));
	if (u.page)
		put_choice(j, "title", &survey_heading(l, u.page)->choices[PAGE_TITLE], l->language);
	desk_number(j, "total", tally_segments(t));
	desk_number(j, "open", t->segments[TALLY_MISSING] + t->segments[TALLY_OUTDATED]);
	desk_number(j, "unread", t->segments[TALLY_MACHINE] + t->segments[TALLY_DRAFT]);
	desk_close(j, '}');
}

/* By what the browser knows the site, and by what it may have known it before: it has got an address, or the desk was older. */
static void
put_ids(struct desk_json *j, const struct site *s, struct view slug)
{
	desk_text(j, "id", s->id);
	desk_open(j, "was", '[');
	if (!view_eq(s->id, s->title_id))
		desk_text(j, NULL, s->title_id);
	desk_text(j, NULL, slug);
	desk_close(j, ']');
}

void
desk_overview(struct locale *l, struct arena *item, struct buf *out)
{
	const struct world *w = l->world;
	struct desk_json j = { .b = out };

	desk_open(&j, NULL, '{');
	desk_text(&j, "kind", VIEW("desk"));
	desk_text(&j, "site", page_slug(item, w->site.title, "site"));
	put_ids(&j, &w->site, page_slug(item, w->site.title, "site"));
	put_language(&j, "language", l->language);
	put_language(&j, "source", w->site.source);
	put_words(&j, l);
	put_terms(&j, l);
	put_digits(&j, l->language, item);
	put_plurals(&j, l->language, item);
	desk_open(&j, "units", '[');
	for (size_t i = 0; i < desk_units(w); i++)
		if (desk_has(w, l->language, i))
			put_unit(&j, l, item, i);
	desk_close(&j, ']');
	desk_close(&j, '}');
}

static const char *
role_name(enum segment_role role)
{
	static const char *const names[] = { [SEGMENT_TITLE] = "title", [SEGMENT_DESCRIPTION] = "description",
		[SEGMENT_HEADING] = "heading", [SEGMENT_CELL] = "cell", [SEGMENT_ALT] = "alt", [SEGMENT_LINK_TITLE] = "tip" };

	return (size_t)role < sizeof names / sizeof *names ? names[role] : NULL;
}

/* The forms of a plural: of the source's strings.yaml, or of a target. */
static void
put_forms(struct desk_json *j, const char *key, const struct yaml *forms, struct arena *a)
{
	desk_open(j, key, '{');
	for (size_t k = 0; k < LANG_CATEGORIES; k++) {
		const struct yaml *form = yaml_get(forms, lang_categories[k]);

		if (form && form->kind == YAML_SCALAR)
			desk_text(j, lang_categories[k], segment_normal(a, form->text));
	}
	desk_close(j, '}');
}

/* Where the links of a segment lead, in the order of their numbers. */
static void
put_dests(struct desk_json *j, const struct page *p, const struct segment *s)
{
	if (!p || s->ndests == 0)
		return;
	desk_open(j, "d", '[');
	for (unsigned i = 0; i < s->ndests; i++)
		desk_text(j, NULL, p->dests[s->first_dest + i].url);
	desk_close(j, ']');
}

static void
put_target(struct desk_json *j, const struct match *m, struct arena *a)
{
	const struct catalog_entry *e = m->entry;

	if (!e)
		return;
	if (e->plural)
		put_forms(j, "tf", e->plural, a);
	else
		desk_maybe(j, "t", e->target);
	if (m->outdated)
		desk_text(j, "w", e->was.n ? e->was : e->source);
	if (e->target.n || e->plural)
		desk_text(j, "st", view_str(state_name(e->state)));
	desk_maybe(j, "n", e->note);
}

/*
 * Which segments are offered, and by what context each is known: texts that share an entry, or that have none and say the same, come once; the
 * second of two that have entries of their own is numbered "2" (as exchange_open does).
 */
static struct view *
contexts(const struct unit *u, const struct catalog *c, const struct match *m, bool *offered, struct arena *a)
{
	struct view *context = arena_array(a, u->n, sizeof *context);
	struct map entries, known;

	map_init(&entries, a);
	map_init(&known, a);
	for (size_t i = 0; i < u->n; i++) {
		const struct segment *s = &u->segments[i];
		struct view who = m[i].entry ? view_printf(a, "%td", m[i].entry - c->entries) :
		    view_printf(a, "%.*s\4%.*s", VIEW_ARG(s->context), VIEW_ARG(s->source));

		context[i] = s->context;
		if (s->source.n == 0 || map_set(&entries, who, context))
			continue;
		for (unsigned k = 2; map_set(&known, view_printf(a, "%.*s\4%.*s", VIEW_ARG(context[i]), VIEW_ARG(s->source)), context);
		    k++)
			context[i] = view_printf(a, "%.*s%s%u", VIEW_ARG(s->context), s->context.n ? "#" : "", k);
		offered[i] = s->words > 0;
	}
	return context;
}

/* Whether the editor lets a translation differ: the desk does not warn of it. */
static bool
is_admitted(const struct locale *l, const struct unit *u, const struct segment *s, const struct match *m, struct arena *a)
{
	const struct site *site = &l->world->site;
	struct merge_place at = { site, l->language, u->page, u->key };

	return m->entry && site->exceptions && site->exceptions->all.n && merge_judge(a, &at, s, m, NULL).admitted;
}

static void
put_segment(struct desk_json *j, const struct locale *l, const struct unit *u, size_t i, const struct match *m,
    struct view context, struct arena *a)
{
	const struct segment *s = &u->segments[i];
	const struct string *string = u->page || u->data ? NULL : strings_at(&l->world->strings, i);

	desk_open(j, NULL, '{');
	desk_text(j, "s", s->source);
	desk_maybe(j, "c", context);
	desk_maybe(j, "r", view_str(role_name(s->role)));
	desk_true(j, "x", s->plain);
	put_dests(j, u->page, s);
	if (string)
		desk_maybe(j, "h", string->note);
	if (string && string->forms)
		put_forms(j, "sf", string->forms, a);
	put_target(j, m, a);
	desk_true(j, "a", is_admitted(l, u, s, m, a));
	desk_close(j, '}');
}

void
desk_unit(struct locale *l, size_t unit, struct arena *item, struct buf *out)
{
	const struct world *w = l->world;
	struct unit u;
	struct view key = desk_key(w, item, unit);
	struct desk_json j = { .b = out };
	const struct catalog *c;
	const struct match *m;
	const struct view *context;
	struct diags quiet;	/* the survey has reported what is wrong with the catalogs */
	bool *offered;

	if (unit < w->pages.n)
		load_fill(w, *LIST_AT(&w->pages, struct page *, unit));
	u = unit_of(w, unit);
	offered = arena_array(item, u.n, sizeof *offered);
	u.key = key;
	diags_init(&quiet);
	c = catalog_read(item, &w->site, l->language, key, u.page ? u.page->path : VIEW_NONE, &quiet);
	m = merge_match(item, u.segments, u.n, c, NULL);
	context = contexts(&u, c, m, offered, item);
	desk_open(&j, NULL, '{');
	desk_text(&j, "kind", VIEW("unit"));
	desk_text(&j, "key", key);
	desk_open(&j, "segments", '[');
	for (size_t i = 0; i < u.n; i++)
		if (offered[i])
			put_segment(&j, l, &u, i, &m[i], context[i], item);
	desk_close(&j, ']');
	desk_close(&j, '}');
	diags_release(&quiet);
}
