/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last build read and made, and so what this one need not make. */
#include "job/depend.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "job/depend_parts.h"
#include "job/search.h"

/* What a worker says of a product. */
struct note {
	uint64_t number, reads, sign;
};

struct depend *
depend_open(struct arena *a, struct view root, struct view out, struct view options, bool forget)
{
	struct depend *x = arena_new(a, struct depend);

	*x = (struct depend){ .arena = a, .forget = forget, .start = file_now(), .options = hash_bytes(options) };
	x->inputs = LIST_OF(struct depend_found);
	x->outer = LIST_OF(struct view);
	x->products = LIST_OF(struct depend_product *);
	map_init(&x->past.paths, a);
	x->program = depend_program(a);
	x->environment = depend_environment();
	x->boot = depend_boot();
	x->out.fd = -1;
	buf_init(&x->file);
	if (!file_root_open(&x->root, a, root) || !file_root_open(&x->out, a, out)) {
		x->past.why = "the first build here";
		return x;
	}
	depend_read(x);
	depend_look(x);
	if (x->past.usable)
		depend_scan(x);		/* before anything of it is read */
	return x;
}

void
depend_close(struct depend *x)
{
	if (!x)
		return;
	if (x->looker)
		kill((pid_t)x->looker, SIGKILL);
	depend_looked(x);
	if (x->signs)
		munmap(x->signs, (x->past.paths.n + 1) * sizeof *x->signs);
	buf_release(&x->file);
	file_root_close(&x->root);
	file_root_close(&x->out);
}

static bool
is_busy(const struct depend *x)
{
	int fd = openat(x->out.fd, ".lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool busy = fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0;

	if (fd >= 0)
		close(fd);
	return busy;
}

bool
depend_still(struct depend *x, struct depend_totals *t, struct diags *d)
{
	enum file_kind kind;

	if (!x || !x->past.usable || !x->past.head.whole || is_busy(x) || file_kind(&x->out, VIEW(".build"), &kind) ||
	    !depend_same_inputs(x) || !depend_looked(x))
		return false;
	for (size_t i = 0; i < x->past.head.nrecords; i++)
		if (x->past.records[i].digest == 0 || x->signs[i] != x->past.records[i].sign)
			return false;
	*t = (struct depend_totals){ x->past.head.pages, x->past.head.languages, x->past.head.products };
	return diags_unpack(d, x->past.diags);
}

/* ---- the products of this build ---- */

static struct depend_product *
product_at(const struct depend *x, size_t i)
{
	return *LIST_AT(&x->products, struct depend_product *, i);
}

struct depend_product *
depend_product(const struct depend *x, struct view path)
{
	size_t i = x && x->plan ? map_index(&x->plan->paths, path) : SIZE_MAX;

	if (i != SIZE_MAX && x->again)
		i = x->of_record[i] ? x->of_record[i] - 1 : SIZE_MAX;
	return i < (x ? x->products.n : 0) ? product_at(x, i) : NULL;
}

static const struct depend_record *
record_of(const struct depend *x, struct view path)
{
	return x->past.usable ? map_get(&x->past.paths, path) : NULL;
}

/* Products that were planned since the last call. */
static void
add_products(struct depend *x)
{
	for (size_t i = x->products.n; i < x->plan->paths.n; i++) {
		struct depend_product *p = arena_new(x->arena, struct depend_product);

		p->path = x->plan->paths.entries[i].key;
		p->number = i;
		p->before = record_of(x, p->path);
		p->kind = fonts_make(x->fonts, p->path) ? DEPEND_FONT : DEPEND_PLAIN;
		*(struct depend_product **)list_push(&x->products, x->arena) = p;
	}
}

static bool
is_intact(const struct depend *x, const struct depend_record *r)
{
	return r->digest && x->signs[r - x->past.records] == r->sign;
}

static void
judge(struct depend *x, struct depend_product *p)
{
	p->intact = p->before && is_intact(x, p->before);
	if (p->kind == DEPEND_FONT)	/* that is known when all else is */
		return;
	p->fresh = p->intact && p->base && p->before->kind == p->kind && depend_digest(x, p, p->before->reads) == p->before->digest;
	if (p->fresh)
		p->now = *p->before;
	for (size_t k = 0; k < x->world->site.nlanguages && !p->fresh; k++)
		x->stale[k] |= !p->base || (p->language && p->language->index == k);
}

/* The paths of the search index of a language stay in the plan when all of them stay. */
static void
judge_search(struct depend *x, const struct language *l)
{
	struct view folder = view_join(x->arena, l->folder, VIEW("search/"));
	uint64_t want = depend_mix(x->facts.content[l->index], 7);
	size_t n = 0;
	bool same = true;

	for (size_t i = 0; i < x->past.paths.n; i++) {
		const struct depend_record *r = &x->past.records[i];

		if (r->kind != DEPEND_SEARCH || !view_starts(x->past.paths.entries[i].key, folder.p))
			continue;
		n++;
		same = same && is_intact(x, r) && r->digest == want;
	}
	x->search[l->index] = same && n > 0;
	for (size_t i = 0; same && i < x->past.paths.n; i++) {
		const struct depend_record *r = &x->past.records[i];
		struct depend_product *p;

		if (r->kind != DEPEND_SEARCH || !view_starts(x->past.paths.entries[i].key, folder.p))
			continue;
		plan_add(x->plan, x->world, x->past.paths.entries[i].key, search_page(x->world)->file);
		add_products(x);
		p = depend_product(x, x->past.paths.entries[i].key);
		p->kind = DEPEND_SEARCH;
		p->language = l;
		p->before = r;
		p->now = *r;
		p->fresh = p->intact = true;
	}
}

/* What becomes of pages decides over fonts, and so theirs is known last. */
static uint64_t
digest_fonts(const struct depend *x)
{
	uint64_t digest = x->fonts_base;

	for (size_t i = 0; i < x->products.n; i++)
		if (product_at(x, i)->kind == DEPEND_PAGE)
			digest = depend_mix(digest, product_at(x, i)->now.digest);
	return digest + (digest == 0);
}

bool
depend_alone(struct depend *x, const struct output *out)
{
	struct file_stamp s;

	if (!x->past.usable || (!out->first && depend_looked(x) && file_stamp(&x->out, VIEW(".depend"), &s) && s.sign == x->past.sign))
		return true;
	/* another build may have ended between our look and our lock */
	x->past.usable = x->again = false;
	x->past.why = "another build was at work";
	x->products.n = 0;
	return false;
}

/* Which of the listed products are to be made. */
static void
judge_listed(struct depend *x)
{
	for (size_t k = 0; k < x->world->site.nlanguages; k++)
		x->stale[k] = false;
	for (size_t i = 0; i < x->products.n; i++)
		judge(x, product_at(x, i));
}

void
depend_plan(struct depend *x, struct world *w, struct plan *plan, struct fonts *fonts, const struct output *out)
{
	if (!x)
		return;
	x->world = w;
	x->plan = plan;
	x->fonts = fonts;
	x->first = out->first;
	x->search = arena_array(x->arena, w->site.nlanguages, sizeof *x->search);
	x->stale = arena_array(x->arena, w->site.nlanguages, sizeof *x->stale);
	x->planned = true;
	for (size_t k = 0; k < w->site.nlanguages; k++)
		x->stale[k] = true;
	if (x->again) {
		judge_listed(x);
		return;
	}
	x->fonts_base = fonts_digest(fonts, &x->outer);
	if (x->out.fd < 0 && !file_root_open(&x->out, x->arena, out->root.path))
		return;
	depend_alone(x, out);
	if (!x->past.usable)
		return;
	add_products(x);
	depend_find_facts(x);
	depend_bases(x);
	if (x->rows < x->past.head.rows)	/* pages may grow less (job/assemble, budget) */
		return;
	judge_listed(x);
	for (size_t k = 0; search_page(w) && k < w->site.nlanguages; k++)
		if (plan->languages[k])
			judge_search(x, w->site.languages[k]);
}

bool
depend_fresh(const struct depend *x, struct view path)
{
	const struct depend_product *p = depend_product(x, path);

	return p ? p->fresh : x && x->again && map_get(&x->past.paths, path);
}

bool
depend_fresh_language(const struct depend *x, const struct language *l)
{
	return x && !x->stale[l->index];
}

bool
depend_fresh_search(const struct depend *x, const struct language *l)
{
	return x && x->search[l->index];
}

bool
depend_fresh_pages(const struct depend *x)
{
	for (size_t i = 0; x && i < x->products.n; i++)
		if (product_at(x, i)->kind == DEPEND_PAGE && !product_at(x, i)->fresh)
			return false;
	return x && x->past.usable;
}

bool
depend_fresh_fonts(const struct depend *x)
{
	uint64_t want;
	bool fresh = depend_fresh_pages(x);

	if (!fresh)
		return false;
	want = digest_fonts(x);
	for (size_t i = 0; i < x->products.n; i++) {
		struct depend_product *p = product_at(x, i);

		if (p->kind == DEPEND_FONT)
			fresh = fresh && p->intact && p->before->digest == want;
	}
	for (size_t i = 0; fresh && i < x->products.n; i++) {
		struct depend_product *p = product_at(x, i);

		if (p->kind != DEPEND_FONT)
			continue;
		p->fresh = p->intact = true;
		p->now = *p->before;
	}
	return fresh;
}

/* ---- what was made ---- */

void
depend_made(const struct depend *x, const struct output *out, struct view path, enum file_written how, const struct file_stamp *s, uint64_t reads,
    struct buf *made)
{
	size_t i = x && x->plan ? map_index(&x->plan->paths, path) : SIZE_MAX;
	struct note n = { .number = i, .reads = reads };
	char full[4096];
	struct file_stamp asked;

	/* without the folder nothing is remembered */
	if (i == SIZE_MAX || x->out.fd < 0 || (x->again && !x->of_record[i]))
		return;
	if (x->again)
		n.number = x->of_record[i] - 1;
	if (!s || !s->sign) {
		snprintf(full, sizeof full, "%s/%.*s", out->first ? ".build/site" : how == FILE_WRITTEN ? ".build/new" : "site", VIEW_ARG(path));
		file_stamp(&out->root, view_str(full), &asked);
		s = &asked;
	}
	n.sign = out->first ? s->sign : s->lasting;	/* it will get another name */
	buf_add(made, &n, sizeof n);
}

void
depend_take(struct depend *x, struct view made)
{
	struct note n;

	for (; x && made.n >= sizeof n; made = view_slice(made, sizeof n, made.n)) {
		memcpy(&n, made.p, sizeof n);
		if (n.number >= x->products.n)
			bug("a product that is not planned");
		product_at(x, n.number)->made = true;
		product_at(x, n.number)->now = (struct depend_record){ .reads = n.reads, .sign = n.sign };
	}
}

void
depend_made_fonts(struct depend *x)
{
	for (size_t i = 0; x && i < x->products.n; i++)
		if (product_at(x, i)->kind == DEPEND_FONT)
			product_at(x, i)->made = true;
}

void
depend_made_search(struct depend *x, const struct language *l, struct view paths)
{
	struct view path;

	if (!x)
		return;
	add_products(x);
	while (view_cut(&paths, '\n', &path)) {
		struct depend_product *p = depend_product(x, path);

		if (!p)
			continue;
		p->kind = DEPEND_SEARCH;
		p->language = l;
		p->intact = p->before && is_intact(x, p->before);
		p->made = true;
	}
}

size_t
depend_kept(const struct depend *x)
{
	size_t n = 0;

	for (size_t i = 0; x && x->again && i < x->past.head.nrecords; i++)
		n += !x->of_record[i] && x->past.records[i].sign;
	for (size_t i = 0; x && i < x->products.n; i++)
		n += product_at(x, i)->fresh && product_at(x, i)->now.sign;
	return n;
}

/* The signs of what parents and fonts wrote, and the digests of all that was made. */
static void
finish(struct depend *x)
{
	uint64_t fonts;

	for (size_t i = 0; i < x->products.n; i++) {
		struct depend_product *p = product_at(x, i);
		struct file_stamp s;

		if (p->fresh || !p->made)
			continue;
		p->now.kind = p->kind;
		p->now.digest = p->kind == DEPEND_SEARCH ? depend_mix(x->facts.content[p->language->index], 7) :
		    p->base ? depend_digest(x, p, p->now.reads) : 0;
		if (x->first && (p->kind == DEPEND_PLAIN || p->kind == DEPEND_PAGE))
			continue;
		file_stamp(&x->out, view_join(x->arena, VIEW("site"), p->path), &s);
		if ((p->kind == DEPEND_PLAIN || p->kind == DEPEND_PAGE) && s.lasting != p->now.sign)
			p->now.digest = 0;	/* somebody else's */
		p->now.sign = s.sign;
	}
	fonts = digest_fonts(x);
	for (size_t i = 0; i < x->products.n; i++)
		if (product_at(x, i)->kind == DEPEND_FONT && product_at(x, i)->made)
			product_at(x, i)->now.digest = fonts;
}

void
depend_ahead(struct depend *x)
{
	if (!x || !x->planned)
		return;
	depend_scan(x);
	if (x->out.fd < 0 || x->again)
		return;
	if (!x->past.usable) {	/* what has changed since this build began has no version, and is not trusted */
		add_products(x);
		depend_find_facts(x);
		depend_bases(x);
	}
	depend_put_ahead(x);
}

void
depend_logged(struct depend *x, const struct state_log *log)
{
	if (x)
		x->log = *log;
}

void
depend_write(struct depend *x, const struct depend_totals *t, const struct diags *d, bool whole)
{
	if (!x || !x->planned || x->out.fd < 0 || !x->program || !x->boot)
		return;
	finish(x);
	if (x->again) {
		if (whole && depend_quiet(x) && depend_renew(x, t, d))
			return;
		depend_list(x);
	}
	if (!depend_quiet(x) || !depend_put(x, t, d, whole))
		file_remove(&x->out, VIEW(".depend"));
}
