/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <out>/.depend: read, written, and held against the products that are there. */
#include "job/depend_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"
#include "job/state.h"

/*
 * Bytes of this machine, for this machine: a line, the length and the digest of the rest, a head, the lists one after the other. Any doubt makes
 * it worth nothing.
 */
static const char magic[16] = "waypost depend3";

enum { DEPEND_MAX_BYTES = 1 << 30, ALIGN = 8 };

#define DEPEND_FILE VIEW(".depend")
#define STATE_FILE VIEW(".state")

static bool
take(struct view *rest, void *p, size_t n)
{
	if (rest->n < n)
		return false;
	memcpy(p, rest->p, n);
	*rest = view_slice(*rest, n, rest->n);
	return true;
}

/* A list that stays where it was read. */
static const void *
take_list(struct view *rest, uint64_t n, size_t size, bool *ok)
{
	const void *p = rest->p;

	if (n > rest->n / size) {
		*ok = false;
		return NULL;
	}
	*rest = view_slice(*rest, n * size, rest->n);
	return p;
}

static struct view
take_text(struct view *rest, bool *ok)
{
	uint32_t n;
	struct view v;

	if (!take(rest, &n, sizeof n) || n > rest->n) {
		*ok = false;
		return VIEW_NONE;
	}
	v = view_slice(*rest, 0, n);
	*rest = view_slice(*rest, n, rest->n);
	return v;
}

/* Takes the bytes apart. */
static bool
unpack(struct depend *x, struct view bytes)
{
	struct depend_past *past = &x->past;
	uint64_t frame[2];
	char line[sizeof magic];
	bool ok = true;

	past->bytes = bytes;
	if (!take(&bytes, line, sizeof line) || memcmp(line, magic, sizeof line) != 0 || !take(&bytes, frame, sizeof frame) ||
	    frame[0] != bytes.n || frame[1] != hash_bytes(bytes) || !take(&bytes, &past->head, sizeof past->head))
		return false;
	past->inputs = take_list(&bytes, past->head.ninputs, sizeof *past->inputs, &ok);
	past->facts = take_list(&bytes, past->head.nfacts, sizeof *past->facts, &ok);
	past->survey = (void *)(uintptr_t)take_list(&bytes, past->head.nrows, sizeof *past->survey, &ok);
	if (!ok || past->head.nouter > bytes.n)
		return false;
	past->outer = arena_array(x->arena, past->head.nouter, sizeof *past->outer);
	for (size_t i = 0; i < past->head.nouter && ok; i++) {
		ok = take(&bytes, &past->outer[i].version, sizeof past->outer[i].version);
		past->outer[i].path = ok ? take_text(&bytes, &ok) : VIEW_NONE;
	}
	if (!ok || past->head.heads > bytes.n)
		return false;
	past->heads = view_slice(bytes, 0, past->head.heads);
	bytes = view_slice(bytes, past->head.heads, bytes.n);
	bytes = view_slice(bytes, -(size_t)(bytes.p - past->bytes.p) % ALIGN, bytes.n);
	past->records = take_list(&bytes, past->head.nrecords, sizeof *past->records, &ok);
	past->diags = bytes;
	return ok && past->head.diags == past->diags.n;
}

/* Whether what it says of the products is about those that <out>/.state lists. */
static bool
fits_state(struct depend *x)
{
	struct diags quiet;
	struct view text;
	bool ok;

	diags_init(&quiet);
	ok = file_read_if(&x->out, x->arena, STATE_FILE, DEPEND_MAX_BYTES, &text, &quiet) && hash_bytes(text) == x->past.head.state &&
	    state_read(&x->past.paths, x->arena, &x->out, &quiet) && x->past.paths.n == x->past.head.nrecords;
	diags_release(&quiet);
	for (size_t i = 0; ok && i < x->past.paths.n; i++)
		x->past.paths.entries[i].value = (void *)(uintptr_t)&x->past.records[i];
	return ok;
}

void
depend_read(struct depend *x)
{
	struct depend_past *past = &x->past;
	struct file_stamp s;
	struct diags quiet;
	struct view bytes;

	past->why = "the first build here";
	if (x->out.fd < 0 || !file_stamp(&x->out, DEPEND_FILE, &s))
		return;
	past->sign = s.sign;
	past->why = "what is known of the last build is damaged";
	diags_init(&quiet);
	if (file_read_if(&x->out, x->arena, DEPEND_FILE, DEPEND_MAX_BYTES, &bytes, &quiet) && unpack(x, bytes) && fits_state(x)) {
		past->why = x->forget ? "asked for" : !x->program || past->head.program != x->program ? "another program" :
		    past->head.options != x->options ? "other options" :
		    !x->boot || past->head.boot != x->boot ? "the computer was started anew" : NULL;
		past->usable = !past->why;
	}
	diags_release(&quiet);
	if (past->usable)
		depend_index(&x->past_keys, x->arena, past->inputs, past->head.ninputs, sizeof *past->inputs);
}

static void
put(struct buf *b, const void *p, size_t n)
{
	buf_add(b, p, n);
}

/* The products in the order in which <out>/.state has them; false when it has others. */
static bool
put_records(struct depend *x, struct buf *b, struct depend_head *h)
{
	const struct map *listed = &x->past.paths;
	struct map fresh;
	struct diags quiet;
	bool same = x->past.usable && x->past.head.state == h->state;

	h->nrecords = x->products.n;
	if (x->log.n) {
		for (size_t i = 0; i < x->log.n; i++)
			put(b, &(*LIST_AT(&x->products, struct depend_product *, x->log.order[i]))->now, sizeof(struct depend_record));
		return true;
	}
	if (!same) {
		diags_init(&quiet);
		same = state_read(&fresh, x->arena, &x->out, &quiet);
		diags_release(&quiet);
		listed = &fresh;
	}
	same = same && listed->n == x->products.n && listed->n;
	for (size_t i = 0; same && i < listed->n; i++) {
		const struct depend_product *p = depend_product(x, listed->entries[i].key);

		same = p != NULL;
		if (p)
			put(b, &p->now, sizeof p->now);
	}
	return same;
}

static void
put_fact(struct buf *b, struct depend_head *h, const char *kind, struct view of, uint64_t value)
{
	struct depend_fact f = { depend_fact_key(kind, of), value };

	put(b, &f, sizeof f);
	h->nfacts++;
}

static void
put_facts(const struct depend *x, struct buf *b, struct depend_head *h)
{
	const struct world *w = x->world;
	const struct depend_facts *f = &x->facts;

	for (size_t k = 0; k < w->site.nlanguages; k++) {
		struct view tag = w->site.languages[k]->lang->tag;

		put_fact(b, h, "words", tag, f->words[k]);
		put_fact(b, h, "titles", tag, f->titles[k]);
		put_fact(b, h, "counts", tag, f->counts[k]);
	}
	for (size_t i = 0; i < w->pages.n; i++) {
		put_fact(b, h, "page", (*LIST_AT(&w->pages, struct page *, i))->path, f->pages[i]);
		put_fact(b, h, "share", (*LIST_AT(&w->pages, struct page *, i))->path, f->shares[i]);
	}
	put_fact(b, h, "site", VIEW_NONE, f->site);
	put_fact(b, h, "rest", VIEW_NONE, depend_rest(x));
}

struct depend_fact *
depend_past_fact(const struct depend *x, size_t at, const char *kind, struct view of)
{
	bool is = at < x->past.head.nfacts && x->past.facts[at].key == depend_fact_key(kind, of);

	return is ? (struct depend_fact *)(uintptr_t)&x->past.facts[at] : NULL;
}

uint64_t
depend_published(const struct depend *x)
{
	return hash_bytes(view_of((const char *)x->plan->languages, x->world->site.nlanguages * sizeof *x->plan->languages));
}

static void
put_outer(struct depend *x, struct buf *b, struct depend_head *h)
{
	struct file_root root;
	bool open = x->outer.n && file_root_open(&root, x->arena, VIEW("/"));

	for (size_t i = 0; i < x->outer.n; i++) {
		struct view path = *LIST_AT(&x->outer, struct view, i);
		uint64_t version = open ? depend_outer_version(&root, path, x->start) : 0;
		uint32_t n = (uint32_t)path.n;

		put(b, &version, sizeof version);
		put(b, &n, sizeof n);
		buf_addv(b, path);
		h->nouter++;
	}
	if (open)
		file_root_close(&root);
}

/* Of the file: memory that nothing is written to costs nothing, but to move what was written does. */
static size_t
likely_size(const struct depend *x)
{
	enum { OF_PAGE = 1024 };
	const struct world *w = x->world;

	return x->inputs.n * sizeof(struct depend_input) + x->products.n * sizeof(struct depend_record) + w->pages.n * OF_PAGE +
	    w->site.nlanguages * (w->pages.n + 1) * sizeof(struct survey_page) + x->past.bytes.n / 16;
}

/* The digest of <out>/.state. */
static bool
find_state(struct depend *x, uint64_t *digest)
{
	struct diags quiet;
	struct view text;
	bool ok;

	if (x->log.n && x->log.n != x->products.n)
		bug("products that were not logged");
	*digest = x->log.digest;
	if (x->log.n)
		return true;
	diags_init(&quiet);
	ok = file_read_if(&x->out, x->arena, STATE_FILE, DEPEND_MAX_BYTES, &text, &quiet);
	*digest = ok ? hash_bytes(text) : 0;
	diags_release(&quiet);
	return ok;
}

void
depend_put_ahead(struct depend *x)
{
	static const uint64_t frame[2] = { 0 };
	struct depend_head *h = &x->next;
	struct buf *b = &x->file;

	*h = (struct depend_head){ .ninputs = x->inputs.n, .published = depend_published(x), .paths = depend_paths(x->world) };
	buf_reserve(b, likely_size(x));
	put(b, magic, sizeof magic);
	put(b, frame, sizeof frame);
	put(b, h, sizeof *h);
	for (size_t i = 0; i < x->inputs.n; i++)
		put(b, &LIST_AT(&x->inputs, struct depend_found, i)->in, sizeof(struct depend_input));
	put_facts(x, b, h);
	h->nrows = depend_put_rows(x, b);
	put_outer(x, b, h);
	h->heads = b->n;
	depend_put_heads(x, b);
	h->heads = b->n - h->heads;
	while (b->n % ALIGN)
		buf_addc(b, '\0');
}

bool
depend_put(struct depend *x, const struct depend_totals *t, const struct diags *d, bool whole)
{
	const size_t at = sizeof magic + 2 * sizeof(uint64_t);
	struct depend_head *h = &x->next;
	struct buf *b = &x->file;
	uint64_t frame[2];

	if (b->n == 0)
		depend_put_ahead(x);
	h->program = x->program;
	h->options = x->options;
	h->environment = x->environment;
	h->boot = x->boot;
	h->whole = whole;
	h->rows = x->rows;
	h->pages = t->pages;
	h->languages = t->languages;
	h->products = t->products;
	h->said = d->list.n;
	depend_heads_said(x, d);
	if (!find_state(x, &h->state) || !put_records(x, b, h))
		return false;
	h->diags = b->n;
	diags_pack(d, b);
	h->diags = b->n - h->diags;
	memcpy(b->p + at, h, sizeof *h);
	frame[0] = b->n - at;
	frame[1] = hash_bytes(view_of(b->p + at, b->n - at));
	memcpy(b->p + sizeof magic, frame, sizeof frame);
	/* not flushed: when the computer was started anew, nobody reads it */
	return file_write_memory(&x->out, DEPEND_FILE, view_buf(b));
}

bool
depend_put_again(struct depend *x)
{
	char *p = (char *)(uintptr_t)x->past.bytes.p + sizeof magic;
	struct view rest = view_slice(x->past.bytes, sizeof magic + 2 * sizeof(uint64_t), x->past.bytes.n);
	uint64_t digest;

	memcpy((char *)(uintptr_t)rest.p, &x->past.head, sizeof x->past.head);
	digest = hash_bytes(rest);
	memcpy(p + sizeof digest, &digest, sizeof digest);
	return file_write_memory(&x->out, DEPEND_FILE, x->past.bytes);
}

/* ---- products ---- */

static void
look(const struct depend *x)
{
	struct arena a;

	arena_init(&a);
	for (size_t i = 0; i < x->past.paths.n; i++) {
		struct arena_mark mark = arena_mark(&a);
		struct file_stamp s;

		file_stamp(&x->out, view_join(&a, VIEW("site"), x->past.paths.entries[i].key), &s);
		x->signs[i] = s.sign;
		arena_rewind(&a, mark);
	}
	arena_release(&a);
}

void
depend_look(struct depend *x)
{
	size_t size = (x->past.paths.n + 1) * sizeof *x->signs;
	pid_t pid;

	if (!x->past.usable || x->signs)
		return;
	x->signs = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (x->signs == MAP_FAILED) {
		x->signs = NULL;
		x->past.usable = false;
		x->past.why = "too little memory";
		return;
	}
	pid = fork();
	if (pid == 0) {
		look(x);
		x->signs[x->past.paths.n] = 1;
		_exit(0);
	}
	if (pid < 0) {
		look(x);
		x->signs[x->past.paths.n] = 1;
	} else {
		x->looker = pid;
	}
}

bool
depend_looked(struct depend *x)
{
	while (x->looker && waitpid((pid_t)x->looker, NULL, 0) < 0 && errno == EINTR)
		;
	x->looker = 0;
	return x->signs && x->signs[x->past.paths.n] == 1;
}
