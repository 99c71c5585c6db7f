/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a new language. For command/new only. */
#include "command/new_parts.h"
#include "command/shared.h"
#include "format/yaml.h"
#include "format/yamlout.h"
#include "job/hint.h"
#include "job/merge.h"

/* One catalog to be written. */
struct unit {
	struct view key;		/* "reporting/sessions" */
	const struct page *page;	/* NULL but for pages */
	const struct segment *segments;
	size_t n;
	const struct match *ready;	/* translations Waypost brings along, one a segment, or NULL */
};

static bool
exists(const struct new_files *f, struct view path)
{
	enum file_kind kind;

	return file_kind(&f->w->site.root, path, &kind);
}

static void
put_file(struct new_files *f, struct view path, const struct buf *b)
{
	f->written += file_write(&f->w->site.root, path, view_buf(b), f->w->diags) == FILE_WRITTEN;
}

static void
put_plural(struct yamlout *y, const struct yaml *forms)
{
	yamlout_map(y, VIEW("target"));
	for (const struct yaml *c = forms->child; c; c = c->next)
		yamlout_text(y, c->key, view_trim(c->text));
	yamlout_end(y);
}

/* The translation, when there is one already; else an empty target. True when it is there. */
static bool
put_target(struct yamlout *y, const struct new_files *f, const struct unit *u, size_t i)
{
	const struct catalog_entry *e = u->ready && !u->ready[i].outdated ? u->ready[i].entry : NULL;

	if (e && (e->plural || e->target.n)) {
		if (e->plural)
			put_plural(y, e->plural);
		else
			yamlout_text(y, VIEW("target"), e->target);
		if (e->state != STATE_TRANSLATED)
			yamlout_scalar(y, VIEW("state"), view_str(state_name(e->state)));
		return true;
	}
	for (size_t k = 0; k < f->npairs; k++) {
		if (!view_is(u->segments[i].source, f->pairs[k].source))
			continue;
		yamlout_text(y, VIEW("target"), view_str(f->pairs[k].target));
		yamlout_scalar(y, VIEW("state"), view_str(state_name(STATE_MACHINE)));
		return true;
	}
	yamlout_text(y, VIEW("target"), VIEW_NONE);
	return false;
}

/* Each text once; one without words needs no translation. */
static bool
wanted(struct new_files *f, struct map *seen, const struct segment *s)
{
	struct view key = view_printf(f->w->arena, "%.*s\n%.*s", VIEW_ARG(s->source), VIEW_ARG(s->context));

	return s->words > 0 && map_set(seen, key, seen) == NULL;
}

static void
put_segment(struct yamlout *y, struct new_files *f, const struct unit *u, size_t i)
{
	const struct segment *s = &u->segments[i];

	yamlout_comment(y, "#.", hint_lines(f->w->arena, f->w, f->lang, u->page, s));
	yamlout_item(y);
	yamlout_text(y, VIEW("source"), s->source);
	if (s->context.n)
		yamlout_scalar(y, VIEW("context"), s->context);
	f->words += s->words;
	if (put_target(y, f, u, i))
		f->ready += s->words;
	yamlout_end(y);
}

static void
write_catalog(struct new_files *f, const struct unit *u)
{
	struct view path = view_printf(f->w->arena, "translations/%.*s/%.*s.yaml", VIEW_ARG(f->tag), VIEW_ARG(u->key));
	struct yamlout y;
	struct map seen;
	struct buf b;
	bool any = false;

	if (exists(f, path)) {
		f->kept++;
		return;
	}
	map_init(&seen, f->w->arena);
	buf_init(&b);
	yamlout_init(&y, &b);
	if (u->page)
		yamlout_scalar(&y, VIEW("page"), u->page->path);
	for (size_t i = 0; i < u->n; i++) {
		if (!wanted(f, &seen, &u->segments[i]))
			continue;
		if (!any)
			yamlout_list(&y, VIEW("segments"));
		any = true;
		put_segment(&y, f, u, i);
	}
	yamlout_empty_list(&y, VIEW("unused"));
	if (any)
		put_file(f, path, &b);
	buf_release(&b);
}

static void
write_language(struct new_files *f)
{
	struct arena *a = f->w->arena;
	struct view path = view_printf(a, "translations/%.*s/language.yaml", VIEW_ARG(f->tag));
	struct yamlout y;
	struct buf b;

	if (exists(f, path)) {
		f->kept++;
		return;
	}
	buf_init(&b);
	yamlout_init(&y, &b);
	yamlout_comment(&y, "#", VIEW("The language's name in the language itself, as its readers know it."));
	yamlout_scalar(&y, VIEW("name"), f->lang->autonym);
	yamlout_comment(&y, "#", VIEW("Languages to show while a text is not translated yet, the best one first."));
	buf_printf(&b, "fallback: [%.*s]\n", VIEW_ARG(f->fallback));
	yamlout_comment(&y, "#", VIEW("Per cent of the words that must be translated before the language is published.\n"
	    "publish-from: 20"));
	put_file(f, path, &b);
	buf_release(&b);
}

/*
 * The interface words in this language that Waypost brings along, matched to those of the site's theme;
 * NULL when there are none.
 */
static const struct match *
ready_words(struct new_files *f)
{
	struct arena *a = f->w->arena;
	const struct strings *t = &f->w->strings;
	struct language *l = arena_new(a, struct language);
	struct site *shared = arena_new(a, struct site);
	struct match *m = NULL;
	struct catalog *c;
	struct diags quiet;

	*shared = (struct site){ .arena = a, .source = f->w->site.source };
	*l = (struct language){ .lang = f->lang, .dir = view_join(a, VIEW("translations"), f->tag) };
	if (!shared_open(&shared->root, a))
		return NULL;
	diags_init(&quiet);
	c = catalog_read(a, shared, l, VIEW("interface"), VIEW_NONE, &quiet);
	if (c)
		m = merge_match(a, t->segments, t->nsegments, c, arena_array(a, c->n, sizeof(bool)));
	diags_release(&quiet);
	file_root_close(&shared->root);
	return m;
}

static bool
has_version(const struct page *p, struct view tag)
{
	for (size_t i = 0; i < p->nversions; i++)
		if (view_eq(p->versions[i]->only->lang->tag, tag))
			return true;
	return p->only != NULL;
}

void
new_files(struct new_files *f)
{
	struct world *w = f->w;
	struct unit u = { .key = VIEW("interface"), .segments = w->strings.segments, .n = w->strings.nsegments };

	f->lang = lang_open(w->arena, f->tag);
	u.ready = ready_words(f);
	write_language(f);
	write_catalog(f, &u);
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		u = (struct unit){ .key = p->key, .page = p, .segments = p->segments, .n = p->nsegments };
		if (!has_version(p, f->tag))
			write_catalog(f, &u);
	}
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		u = (struct unit){ .key = view_join(w->arena, VIEW("data"), t->name), .segments = t->segments,
			.n = t->nsegments };
		write_catalog(f, &u);
	}
	lang_close(f->lang);
}
