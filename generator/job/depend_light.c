/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What others see of a page, kept from build to build: a page that has not changed and that nobody writes is not read. */
#include "base/hash.h"
#include "job/depend_parts.h"
#include "job/survey.h"

/* Numbers of a head; its texts follow, each behind its length. */
struct fixed {
	uint64_t digest, source, ids;		/* of the page and its links; of the text of the file; of its ids and where it is */
	int64_t order;
	uint32_t size;				/* of the texts that follow */
	uint32_t light, section, review, critical, nids;
	struct {
		uint32_t line, col, len, words, plain, critical, neutral;
	} segments[PAGE_BODY];
};

/* A page in memory made of a head. */
struct head {
	struct fixed fixed;
	struct view texts;
};

/* What the links of other pages hang on. */
static uint64_t
digest_ids(const struct page *p)
{
	uint64_t digest = hash_bytes(p->out);

	if (p->only)
		digest = hash_more(digest, p->only->lang->tag);
	digest += p->nversions;
	for (size_t i = 0; i < p->ids.n; i++)
		digest += p->ids.entries[i].hash;	/* in any order */
	return digest;
}

static void
put_text(struct buf *b, struct view text)
{
	uint32_t n = (uint32_t)text.n;

	buf_add(b, &n, sizeof n);
	buf_addv(b, text);
}

static struct view
take_text(struct view *rest)
{
	uint32_t n = 0;
	struct view v;

	if (rest->n >= sizeof n)
		memcpy(&n, rest->p, sizeof n);
	v = view_slice(*rest, sizeof n, sizeof n + n);
	*rest = view_slice(*rest, sizeof n + n, rest->n);
	return v;
}

static bool
may_be_light(const struct page *p)
{
	return p->nparts == 0 && !p->only && p->nversions == 0 && !p->version && p->calendar.n == 0 && p->nsegments >= PAGE_BODY &&
	    p->segments[PAGE_TITLE].words > 0 && p->segments[PAGE_TITLE].ndests == 0 && !p->segments[PAGE_TITLE].tree &&
	    !p->segments[PAGE_DESCRIPTION].tree;
}

static void
put_head(struct buf *b, const struct page *p, uint64_t digest, bool light)
{
	struct fixed f = { .digest = digest, .source = p->digest, .ids = digest_ids(p), .order = p->order, .light = light,
		.section = p->section, .review = p->review, .critical = p->critical, .nids = (uint32_t)p->ids.n };
	size_t at = b->n;

	for (int i = 0; i < PAGE_BODY; i++) {
		const struct segment *s = &p->segments[i];

		f.segments[i].line = s->place.line;
		f.segments[i].col = s->place.col;
		f.segments[i].len = s->place.len;
		f.segments[i].words = (uint32_t)s->words;
		f.segments[i].plain = s->plain;
		f.segments[i].critical = s->critical;
		f.segments[i].neutral = s->neutral;
	}
	buf_add(b, &f, sizeof f);
	put_text(b, p->path);
	put_text(b, p->key);
	put_text(b, p->dir);
	put_text(b, p->out);
	put_text(b, p->layout);
	put_text(b, p->icon);
	put_text(b, p->as_of);
	for (int i = 0; i < PAGE_BODY; i++) {
		put_text(b, p->segments[i].source);
		put_text(b, p->segments[i].context);
	}
	for (size_t i = 0; i < p->ids.n; i++)
		put_text(b, p->ids.entries[i].key);
	f.size = (uint32_t)(b->n - at - sizeof f);
	memcpy(b->p + at, &f, sizeof f);
}

void
depend_put_heads(struct depend *x, struct buf *b)
{
	const struct world *w = x->world;

	x->head_at = arena_array(x->arena, w->pages.n, sizeof *x->head_at);
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		x->head_at[i] = b->n;
		put_head(b, p, x->facts.pages[i], may_be_light(p));
	}
}

void
depend_heads_said(struct depend *x, const struct diags *d)
{
	const struct world *w = x->world;
	struct map said;

	map_init(&said, x->arena);
	for (size_t i = 0; i < d->list.n; i++)
		map_add(&said, LIST_AT(&d->list, struct diag, i)->place.file, x);
	for (size_t i = 0; i < w->pages.n && said.n; i++)
		if (map_get(&said, (*LIST_AT(&w->pages, struct page *, i))->file))
			memset(x->file.p + x->head_at[i] + offsetof(struct fixed, light), 0, sizeof ((struct fixed *)0)->light);
}

/* ---- the next build ---- */

static bool
find_heads(struct depend *x)
{
	struct view rest = x->past.heads;

	map_init(&x->past.by_path, x->arena);
	while (rest.n >= sizeof(struct fixed)) {
		struct head *h = arena_new(x->arena, struct head);
		struct view texts;

		memcpy(&h->fixed, rest.p, sizeof h->fixed);
		rest = view_slice(rest, sizeof h->fixed, rest.n);
		if (h->fixed.size > rest.n)
			return false;
		h->texts = texts = view_slice(rest, 0, h->fixed.size);
		rest = view_slice(rest, h->fixed.size, rest.n);
		map_add(&x->past.by_path, take_text(&texts), h);
	}
	return rest.n == 0;
}

static struct page *
take(void *self, struct view path, struct arena *a)
{
	struct depend *x = self;
	const struct head *h = map_get(&x->past.by_path, path);
	const struct depend_input *before;
	const struct depend_found *f;
	struct view rest, file;
	struct page *p;

	if (!h || !h->fixed.light)
		return NULL;
	file = view_join(a, VIEW("content"), path);
	f = depend_input(x, file);
	before = f ? depend_past_input(x, f->in.key) : NULL;
	if (!before || !f->in.version || before->version != f->in.version)
		return NULL;
	p = arena_new(a, struct page);
	*p = (struct page){ .light = true, .file = file, .digest = h->fixed.source, .order = (long)h->fixed.order,
		.section = h->fixed.section, .review = h->fixed.review, .critical = h->fixed.critical };
	rest = h->texts;
	p->path = take_text(&rest);
	p->key = take_text(&rest);
	p->dir = take_text(&rest);
	p->out = take_text(&rest);
	p->layout = take_text(&rest);
	p->icon = take_text(&rest);
	p->as_of = take_text(&rest);
	p->nsegments = PAGE_BODY;
	p->segments = arena_array(a, PAGE_BODY, sizeof *p->segments);
	for (int i = 0; i < PAGE_BODY; i++) {
		struct segment *s = &p->segments[i];

		s->source = take_text(&rest);
		s->context = take_text(&rest);
		s->place = place_at(file, h->fixed.segments[i].line, h->fixed.segments[i].col, h->fixed.segments[i].len);
		s->role = i == PAGE_TITLE ? SEGMENT_TITLE : SEGMENT_DESCRIPTION;
		s->words = h->fixed.segments[i].words;
		s->plain = h->fixed.segments[i].plain;
		s->critical = h->fixed.segments[i].critical;
		s->neutral = h->fixed.segments[i].neutral;
	}
	map_init(&p->ids, a);
	for (size_t i = 0; i < h->fixed.nids; i++)
		map_set(&p->ids, take_text(&rest), p);
	return p;
}

/* Whether all that has changed is text of pages, or translations of it. */
static bool
is_local(const struct depend *x)
{
	for (size_t i = 0; i < x->changes.n; i++) {
		const struct depend_change *c = LIST_AT(&x->changes, struct depend_change, i);

		if (c->now->folder ? !c->before->version : !depend_of_page(c->now->path))
			return false;
	}
	return true;
}

const struct load_past *
depend_light(struct depend *x)
{
	if (!x || !x->past.usable || !x->past.head.whole || !x->past.head.nrows)
		return NULL;
	depend_compare(x);
	if (x->moved || !is_local(x) || !depend_looked(x) || !find_heads(x))
		return NULL;
	for (size_t i = 0; i < x->past.head.nrecords; i++)
		if (x->past.records[i].digest == 0 || x->signs[i] != x->past.records[i].sign)
			return NULL;
	x->light = (struct load_past){ take, x };
	return &x->light;
}

bool
depend_light_holds(struct depend *x, const struct world *w)
{
	if (w->pages.n != x->past.by_path.n)
		return false;
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		const struct head *h = map_get(&x->past.by_path, p->path);

		if (!h || h->fixed.ids != digest_ids(p))
			return false;
	}
	return x->light_held = true;
}

uint64_t
depend_light_digest(const struct depend *x, const struct page *p)
{
	const struct head *h = map_get(&x->past.by_path, p->path);

	return h ? h->fixed.digest : 0;
}

bool
depend_same_head(const struct depend *x, const struct page *p)
{
	const struct head *h = map_get(&x->past.by_path, p->path);
	struct fixed f;
	struct buf b;
	bool same;

	if (!h || !h->fixed.light || !may_be_light(p))
		return false;
	buf_init(&b);
	put_head(&b, p, 0, true);
	memcpy(&f, b.p, sizeof f);
	same = f.order == h->fixed.order && f.section == h->fixed.section && f.nids == h->fixed.nids &&
	    view_eq(view_slice(view_buf(&b), sizeof f, b.n), h->texts);
	buf_release(&b);
	return same;
}

void
depend_renew_head(struct depend *x, const struct page *p)
{
	const struct head *h = map_get(&x->past.by_path, p->path);
	struct buf b;

	buf_init(&b);
	put_head(&b, p, x->facts.pages[p->index], true);
	if (b.n != sizeof h->fixed + h->texts.n)
		bug("a page whose head has another size");
	memcpy((char *)(uintptr_t)h->texts.p - sizeof h->fixed, b.p, sizeof h->fixed);
	buf_release(&b);
}
