/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the survey chose, kept in files without a name. They are ours alone and live as long as the process: no format for others. */
#include "job/survey_kept.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { OUTDATED = 1, SOURCE_TEXT = 2, TREE = 4, AS_IS = 8, BLOCK = 1 << 16 };

/* A choice; its text follows, then its tree if it has one. */
struct head {
	uint32_t n;		/* bytes of text; SOURCE_TEXT: none, it stands in the skeleton */
	uint16_t from;		/* language->index */
	uint16_t flags;
};

/* An inline; its text, its attributes, an address that is not the source's, and its children follow. */
struct inline_head {
	uint32_t kind, dest, text, info, url;
};

/* A page in the index; its title and description follow. */
struct entry {
	uint64_t at, n;		/* its record; n is 0 when the language does not have it */
	uint64_t segments, shown, machine, outdated;
};

/* The index of a language in memory. */
struct survey_index {
	struct entry *entries;		/* one a page */
	struct locale_page *headings;	/* one a page, choices of title and description alone */
	FILE **files;			/* one a page: where its record is */
	FILE *block_of;			/* a piece of a file: pages are asked for one after the other */
	char *block;
	uint64_t block_at;
	size_t nblock;
};

/* In the folder that a build may write temporary files to (command/build_confine): tmpfile knows no other than /tmp. */
static FILE *
open_file(void)
{
	const char *folder = getenv("TMPDIR");
	int fd = open(folder && *folder ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	FILE *f = fd >= 0 ? fdopen(fd, "w+") : NULL;

	if (fd >= 0 && !f)
		close(fd);
	return f ? f : tmpfile();
}

void
kept_open(struct survey *s, struct arena *a, unsigned jobs)
{
	s->nfiles = jobs < 1 ? 1 : jobs < WORK_JOBS_MAX ? jobs : WORK_JOBS_MAX;
	s->files = arena_array(a, s->nfiles, sizeof *s->files);
	for (size_t i = 0; i < s->nfiles; i++)
		if ((s->files[i] = open_file()) != NULL)
			setvbuf(s->files[i], arena_room(a, BLOCK), _IOFBF, BLOCK);
}

size_t
kept_from(const struct survey *s, size_t part)
{
	return s->npages * part / s->parts;
}

void
survey_forget(struct world *w)
{
	struct survey *s = w->survey;

	if (!s || !s->kept)
		return;
	for (size_t i = 0; i < s->nfiles; i++)
		if (s->files[i])
			fclose(s->files[i]);
	s->kept = NULL;
}

/* The number of children and the children: what job/assemble writes of them. */
static void
put_inlines(struct buf *b, const struct md_node *parent)
{
	uint32_t n = 0;

	for (const struct md_node *m = parent->child; m; m = m->next)
		n++;
	buf_add(b, &n, sizeof n);
	for (const struct md_node *m = parent->child; m; m = m->next) {
		struct inline_head h = { m->kind, m->dest, (uint32_t)m->text.n, (uint32_t)m->info.n,
			m->dest ? 0 : (uint32_t)m->url.n };

		buf_add(b, &h, sizeof h);
		buf_addv(b, m->text);
		buf_addv(b, m->info);
		buf_add(b, m->url.p, h.url);
		put_inlines(b, m);
	}
}

static void
put_choice(struct buf *b, const struct choice *c, struct view source, const struct world *w)
{
	bool same = c->from == w->site.source && c->text.p == source.p && c->text.n == source.n;
	struct head h = { same ? 0 : (uint32_t)c->text.n, (uint16_t)c->from->index,
		(uint16_t)((c->outdated ? OUTDATED : 0) | (c->as_is ? AS_IS : 0) | (same ? SOURCE_TEXT : c->tree ? TREE : 0)) };

	buf_add(b, &h, sizeof h);
	buf_add(b, c->text.p, h.n);
	if (h.flags & TREE)
		put_inlines(b, c->tree);
}

void
kept_begin(struct kept_writer *k, const struct world *w, FILE *file)
{
	off_t at = file ? lseek(fileno(file), 0, SEEK_CUR) : 0;

	*k = (struct kept_writer){ .file = at < 0 ? NULL : file, .world = w, .at = (uint64_t)at };
	buf_init(&k->record);
	buf_init(&k->index);
}

void
kept_page(struct kept_writer *k, const struct locale_page *lp)
{
	struct entry e = { k->at, 0, lp->segments, lp->shown, lp->machine, lp->outdated };

	if (!k->file)
		return;
	buf_clear(&k->record);
	for (size_t i = 0; lp->choices && i < lp->page->nsegments; i++)
		put_choice(&k->record, &lp->choices[i], lp->page->segments[i].source, k->world);
	e.n = k->record.n;
	buf_add(&k->index, &e, sizeof e);
	for (size_t i = 0; lp->choices && i < PAGE_BODY; i++)
		put_choice(&k->index, &lp->choices[i], lp->page->segments[i].source, k->world);
	fwrite(k->record.p, 1, k->record.n, k->file);
	k->at += k->record.n;
}

void
kept_end(struct kept_writer *k, struct survey_kept *kept)
{
	if (!k->file)
		return;
	fwrite(k->index.p, 1, k->index.n, k->file);
	if (fflush(k->file) == 0 && !ferror(k->file)) {
		kept->index_at = k->at;
		kept->index_n = k->index.n;
	}
	buf_release(&k->record);
	buf_release(&k->index);
}

static bool
read_at(FILE *f, uint64_t at, char *p, size_t n)
{
	while (n) {
		ssize_t got = pread(fileno(f), p, n, (off_t)at);

		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return true;
}

static void
take(struct view *bytes, void *p, size_t n)
{
	if (bytes->n < n)
		bug("what the survey kept is damaged");
	memcpy(p, bytes->p, n);
	*bytes = view_slice(*bytes, n, bytes->n);
}

static struct view
take_view(struct view *bytes, size_t n)
{
	struct view v = view_slice(*bytes, 0, n);

	*bytes = view_slice(*bytes, n, bytes->n);
	return v;
}

static void
take_inlines(struct view *bytes, struct arena *a, struct md_node *parent)
{
	struct md_node *m;
	uint32_t n;

	take(bytes, &n, sizeof n);
	if (n == 0)
		return;
	parent->child = m = arena_array(a, n, sizeof *m);
	parent->last = m + n - 1;
	for (; n; n--, m++) {
		struct inline_head h;

		take(bytes, &h, sizeof h);
		m->kind = (enum md_kind)h.kind;
		m->dest = h.dest;
		m->parent = parent;
		m->next = n > 1 ? m + 1 : NULL;
		m->text = take_view(bytes, h.text);
		m->info = take_view(bytes, h.info);
		m->url = take_view(bytes, h.url);
		take_inlines(bytes, a, m);
	}
}

static void
take_choices(struct view *bytes, const struct world *w, struct arena *a, size_t n, struct locale_page *lp)
{
	lp->choices = arena_array(a, n, sizeof *lp->choices);
	for (size_t i = 0; i < n; i++) {
		struct choice *c = &lp->choices[i];
		struct head h;

		take(bytes, &h, sizeof h);
		c->from = w->site.languages[h.from];
		c->outdated = h.flags & OUTDATED;
		c->as_is = h.flags & AS_IS;
		c->text = h.flags & SOURCE_TEXT ? lp->page->segments[i].source : take_view(bytes, h.n);
		if (h.flags & TREE) {
			struct md_node *tree = arena_new(a, struct md_node);

			tree->kind = MD_PARAGRAPH;
			take_inlines(bytes, a, tree);
			c->tree = tree;
		}
	}
}

/* Reads the index of a part. */
static bool
read_index(struct survey_index *x, const struct locale *l, const struct survey_kept *kept, size_t from, size_t to)
{
	const struct world *w = l->world;
	FILE *file = w->survey->files[kept->file];
	struct view bytes;
	char *p;

	if (!kept->index_n)
		return false;
	bytes.n = kept->index_n;
	bytes.p = p = arena_room(l->arena, bytes.n);
	if (!read_at(file, kept->index_at, p, bytes.n))
		return false;
	for (size_t i = from; i < to; i++) {
		x->headings[i].page = locale_skeleton(*LIST_AT(&w->pages, struct page *, i), l->language);
		x->files[i] = file;
		take(&bytes, &x->entries[i], sizeof x->entries[i]);
		if (x->entries[i].n)
			take_choices(&bytes, w, l->arena, PAGE_BODY, &x->headings[i]);
	}
	return true;
}

/* Reads the index of a language, once. */
static struct survey_index *
index_of(struct locale *l)
{
	const struct world *w = l->world;
	const struct survey *s = w->survey;
	struct survey_index *x;

	if (l->index || !s || !s->kept)
		return l->index;
	x = arena_new(l->arena, struct survey_index);
	x->entries = arena_array(l->arena, w->pages.n, sizeof *x->entries);
	x->headings = arena_array(l->arena, w->pages.n, sizeof *x->headings);
	x->files = arena_array(l->arena, w->pages.n, sizeof *x->files);
	for (size_t k = 0; k < s->parts; k++)
		if (!read_index(x, l, &s->kept[l->language->index * s->parts + k], kept_from(s, k), kept_from(s, k + 1)))
			return NULL;
	x->block = arena_room(l->arena, BLOCK);
	return l->index = x;
}

/* read_at, by way of the block: one call for many pages. */
static bool
read_near(struct survey_index *x, FILE *f, uint64_t at, char *p, size_t n)
{
	ssize_t got;

	if (n > BLOCK)
		return read_at(f, at, p, n);
	if (f != x->block_of || at < x->block_at || at + n > x->block_at + x->nblock) {
		x->block_of = f;
		got = pread(fileno(f), x->block, BLOCK, (off_t)at);
		x->block_at = at;
		x->nblock = got > 0 ? (size_t)got : 0;
		if (x->nblock < n)
			return read_at(f, at, p, n);
	}
	memcpy(p, x->block + (at - x->block_at), n);
	return true;
}

struct locale_page *
survey_chosen(struct locale *l, const struct page *p, struct arena *a)
{
	struct survey_index *x = index_of(l);
	const struct entry *e = x ? &x->entries[p->index] : NULL;
	struct locale_page *lp;
	struct view bytes;
	char *text;

	if (!e || !e->n)
		return locale_page(l, p);
	load_fill(l->world, p);
	text = arena_room(a, e->n);
	if (!read_near(x, x->files[p->index], e->at, text, e->n))
		return locale_page(l, p);
	lp = arena_new(a, struct locale_page);
	*lp = (struct locale_page){ .page = x->headings[p->index].page, .segments = e->segments, .shown = e->shown,
		.machine = e->machine, .outdated = e->outdated };
	bytes = view_of(text, e->n);
	take_choices(&bytes, l->world, a, lp->page->nsegments, lp);
	return lp;
}

const struct locale_page *
survey_heading(struct locale *l, const struct page *p)
{
	const struct survey_index *x = index_of(l);

	return x && x->entries[p->index].n ? &x->headings[p->index] : locale_page(l, p);
}
