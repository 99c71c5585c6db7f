/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of a project. Where there are many, workers read them into memory that all processes share: a page is then where its pointers
 * say, also for the parent. It owes such a page two things: its arena, and nothing else that the worker's own memory held.
 */
#include "job/load_pages.h"

#include "base/fast.h"
#include "base/work.h"
#include "format/charset.h"

enum { BATCH = 16, FEW = 128 };
/* Room for the pages of all workers; the system gives only what is used. */
#define SHARED_BYTES ((size_t)16 << 30)

struct loading {
	struct world *w;
	struct list paths;	/* of struct view: below content/ */
	struct page **pages;	/* one a path; NULL when it could not be used */
	bool *read;		/* one a path: a worker has said what it is */
	struct arena_pool *pool;
	struct arena arena;	/* in a worker: in shared memory */
	bool open;		/* the arena is */
	void (*beside)(struct world *w);	/* NULL when it was called */
};

/* All .md files below a folder of content/. */
static void
find_pages(struct loading *l, struct view folder)
{
	struct world *w = l->w;
	struct list entries;
	struct view path = view_join(w->arena, VIEW("content"), folder);

	if (folder.n == 0)
		path = VIEW("content");
	if (!file_list(&w->site.root, w->arena, path, &entries, w->diags))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(w->arena, folder, e->name);
		bool page = view_ends(e->name, ".md");

		if (e->kind == FILE_FOLDER && !(folder.n == 0 && view_is(e->name, "data")))
			find_pages(l, at);
		else if (e->kind == FILE_REGULAR && page)	/* asset_load reports links and devices */
			*(struct view *)list_push(&l->paths, w->arena) = at;
	}
}

/*
 * Reads one page into the arena; its text is dropped again when the page has been made. Partial lines lead to templates, which are the
 * parent's: with shared, such a page is left alone, and false is returned.
 */
static bool
load_page(struct world *w, struct view path, bool shared, struct arena *a, struct page **page, struct diags *d)
{
	struct view text, file = view_join(a, VIEW("content"), path);
	struct arena scratch;
	bool own = true;

	*page = NULL;
	arena_init(&scratch);
	if (file_read(&w->site.root, &scratch, file, MD_MAX_BYTES, &text, d) &&
	    charset_text(&scratch, text, VIEW_NONE, file, &text, d)) {
		own = !shared || view_search(text, VIEW("{{")) == text.n;
		if (own)
			*page = page_read(a, &w->site, &w->templates, path, text, d);
	}
	arena_release(&scratch);
	return own;
}

/* In the child: a batch of pages. For each that it has read one pointer, then the messages. */
static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	struct loading *l = self;
	struct diags d;

	(void)work;
	if (!l->open)
		arena_init_shared(&l->arena, l->pool);
	l->open = true;
	diags_init(&d);
	for (size_t i = index * BATCH; i < l->paths.n && i < (index + 1) * BATCH; i++) {
		struct page *p = l->pages[i];
		bool read = l->read[i] || load_page(l->w, *LIST_AT(&l->paths, struct view, i), true, &l->arena, &p, &d);

		if (p)
			p->ids.arena = l->w->arena;	/* for the parent */
		buf_add(result, &read, sizeof read);
		buf_add(result, &p, sizeof p);
	}
	diags_pack(&d, result);
	diags_release(&d);
}

static void
done(void *self, size_t index, struct view result)
{
	struct loading *l = self;

	for (size_t i = index * BATCH; i < l->paths.n && i < (index + 1) * BATCH; i++) {
		if (result.n < sizeof *l->read + sizeof *l->pages)
			bug("a batch of pages is too short");
		memcpy(&l->read[i], result.p, sizeof *l->read);
		memcpy(&l->pages[i], result.p + sizeof *l->read, sizeof *l->pages);
		result = view_slice(result, sizeof *l->read + sizeof *l->pages, result.n);
	}
	if (!diags_unpack(l->w->diags, result))
		bug("the messages of a batch of pages are damaged");
}

/* What a worker has not delivered the parent reads. */
static void
lost(void *self, size_t index, size_t item, const char *why)
{
	(void)self;
	(void)index;
	(void)item;
	(void)why;
}

static void
meanwhile(void *self)
{
	struct loading *l = self;

	if (l->beside)
		l->beside(l->w);
	l->beside = NULL;
}

static void
read_shared(struct loading *l, unsigned jobs)
{
	struct work_plan plan = { .jobs = jobs, .units = (l->paths.n + BATCH - 1) / BATCH, .self = l, .unit = unit, .done = done,
		.lost = lost, .meanwhile = meanwhile, .late = &l->w->late };

	l->pool = arena_share(l->w->arena, SHARED_BYTES);
	if (!l->pool)
		return;
	work_run(&plan);
	arena_share_end(l->pool);
}

void
load_fill(const struct world *world, const struct page *page)
{
	static const struct prog none = { .n = 0 };
	struct world *w = (struct world *)(uintptr_t)world;
	struct page *p = (struct page *)(uintptr_t)page, *q, old = *p;
	struct diags quiet;

	if (!p->light)
		return;
	diags_init(&quiet);
	load_page(w, p->path, false, w->arena, &q, &quiet);
	if (q) {
		*p = *q;
	} else {	/* it went just now: the next build will see that, too */
		p->light = false;
		p->body = &none;
	}
	p->out = old.out;
	p->index = old.index;
	p->parent = old.parent;
	p->children = old.children;
	p->nchildren = old.nchildren;
	p->previous = old.previous;
	p->next = old.next;
	links_resolve(&w->pages, p, &w->by_path, &w->assets, w->arena, &quiet);
	diags_release(&quiet);
}

void
load_pages(struct world *w, unsigned jobs, void (*beside)(struct world *w))
{
	struct loading l = { .w = w, .paths = LIST_OF(struct view), .beside = beside };
	size_t wanted = 0;

	find_pages(&l, VIEW_NONE);
	l.pages = arena_array(w->arena, l.paths.n, sizeof *l.pages);
	l.read = arena_array(w->arena, l.paths.n, sizeof *l.read);
	for (size_t i = 0; i < l.paths.n; i++) {
		l.pages[i] = w->light ? w->light->take(w->light->self, *LIST_AT(&l.paths, struct view, i), w->arena) : NULL;
		l.read[i] = l.pages[i] != NULL;
		wanted += !l.read[i];
	}
	if (jobs > 1 && wanted >= FEW && fast(FAST_LOAD))
		read_shared(&l, jobs);
	map_room(&w->by_path, l.paths.n);
	for (size_t i = 0; i < l.paths.n; i++) {
		if (!l.read[i])
			load_page(w, *LIST_AT(&l.paths, struct view, i), false, w->arena, &l.pages[i], w->diags);
		if (!l.pages[i])
			continue;
		*(struct page **)list_push(&w->pages, w->arena) = l.pages[i];
		map_set(&w->by_path, l.pages[i]->path, l.pages[i]);
	}
	meanwhile(&l);
}
