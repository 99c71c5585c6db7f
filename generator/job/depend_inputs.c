/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build reads: the program, the files of the project, fonts of the computer. Told apart by stamps, where needed by bytes. */
#include "job/depend_parts.h"

#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "job/version.h"

enum { INPUT_MAX_BYTES = 64 << 20, DEPTH = 64 };

/* Contents that no file has a digest of by chance: what is not there. */
enum { ABSENT = 1 };

struct programs {
	struct file_root root;	/* "/" */
	uint64_t digest;
	bool ok;
};

static int
take_object(struct dl_phdr_info *info, size_t size, void *self)
{
	struct programs *p = self;
	struct view path = view_str(info->dlpi_name);
	struct file_stamp s;

	(void)size;
	if (path.n == 0 || path.p[0] != '/')	/* the program itself, and what the kernel maps in */
		return 0;
	p->ok &= file_stamp(&p->root, view_slice(path, 1, path.n), &s);
	p->digest = depend_mix(p->digest, s.sign);
	return 0;
}

uint64_t
depend_program(struct arena *a)
{
	struct programs p = { .digest = hash_bytes(VIEW("1 " WAYPOST_VERSION)), .ok = true };
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);
	struct file_stamp s;

	if (n <= 1 || (size_t)n >= sizeof self || !file_root_open(&p.root, a, VIEW("/")))
		return 0;
	p.ok = file_stamp(&p.root, view_of(self + 1, (size_t)n - 1), &s);
	p.digest = depend_mix(p.digest, s.sign);
	dl_iterate_phdr(take_object, &p);
	file_root_close(&p.root);
	return p.ok ? p.digest + (p.digest == 0) : 0;
}

uint64_t
depend_environment(void)
{
	static const char *const names[] = { "WAYPOST_FONTS", "HOME", "PATH" };
	uint64_t digest = 1;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		digest = hash_more(digest + (getenv(names[i]) != NULL), view_str(getenv(names[i])));
	return digest;
}

/* Told anew at each start of the computer: what was not flushed to disk before it may be lost though its name is there. */
uint64_t
depend_boot(void)
{
	char id[64];
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
	size_t n = f ? fread(id, 1, sizeof id, f) : 0;

	if (f)
		fclose(f);
	return n ? hash_bytes(view_of(id, n)) : 0;
}

void
depend_index(struct depend_table *t, struct arena *a, const void *items, size_t n, size_t size)
{
	t->n = 16;
	while (t->n < 2 * n)
		t->n *= 2;
	t->slots = arena_array(a, t->n, sizeof *t->slots);
	for (size_t i = 0; i < n; i++) {
		const struct depend_input *in = (const void *)((const char *)items + i * size);
		size_t at = in->key & (t->n - 1);

		while (t->slots[at])
			at = (at + 1) & (t->n - 1);
		t->slots[at] = (uint32_t)i + 1;
	}
}

static const struct depend_input *
find(const struct depend_table *t, const void *items, size_t size, uint64_t key)
{
	size_t at = t->n ? key & (t->n - 1) : 0;

	for (; t->n && t->slots[at]; at = (at + 1) & (t->n - 1)) {
		const struct depend_input *in = (const void *)((const char *)items + (t->slots[at] - 1) * size);

		if (in->key == key)
			return in;
	}
	return NULL;
}

struct depend_found *
depend_input(const struct depend *x, struct view path)
{
	return (struct depend_found *)(uintptr_t)find(&x->by_key, x->inputs.items, sizeof(struct depend_found), hash_bytes(path));
}

const struct depend_input *
depend_past_input(const struct depend *x, uint64_t key)
{
	return find(&x->past_keys, x->past.inputs, sizeof(struct depend_input), key);
}

static struct depend_found *
add(struct depend *x, struct view path, uint64_t key, uint64_t version)
{
	struct depend_found *f = list_push(&x->inputs, x->arena);

	*f = (struct depend_found){ .in = { .key = key, .version = version }, .path = path };
	return f;
}

/* A folder counts only as quiet: what is in it is looked at one by one, but what was there for a moment is gone. */
static void
add_folder(struct depend *x, struct view path, const struct file_stamp *s)
{
	add(x, path, hash_more(1, path), file_stamp_doubtful(s, x->start) ? 0 : 1)->folder = true;
}

static void
scan_folder(struct depend *x, struct view folder, unsigned depth)
{
	struct list seen;

	if (!file_look(&x->root, x->arena, folder, &seen))
		return;
	for (size_t i = 0; i < seen.n; i++) {
		const struct file_seen *f = LIST_AT(&seen, struct file_seen, i);
		struct view path = view_join(x->arena, folder, f->name);

		if (f->kind == FILE_FOLDER && depth < DEPTH) {
			add_folder(x, path, &f->stamp);
			scan_folder(x, path, depth + 1);
		} else {
			add(x, path, hash_bytes(path), file_stamp_doubtful(&f->stamp, x->start) ? 0 : f->stamp.sign);
		}
	}
}

void
depend_scan(struct depend *x)
{
	static const char *const folders[] = { "content", "translations", "themes" };

	if (x->scanned)
		return;
	x->scanned = true;
	if (x->past.usable)	/* as many as there were, as a rule */
		list_room(&x->inputs, x->arena, x->past.head.ninputs + 16);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		struct view folder = view_str(folders[i]);
		struct file_stamp s;

		if (!file_stamp(&x->root, folder, &s))
			continue;
		add_folder(x, folder, &s);
		scan_folder(x, folder, 0);
	}
	depend_index(&x->by_key, x->arena, x->inputs.items, x->inputs.n, sizeof(struct depend_found));
}

/* What is never the same twice. */
static uint64_t
unlike(const struct depend *x, struct view path)
{
	return hash_more((uint64_t)x->start, path);
}

uint64_t
depend_version(const struct depend *x, struct view path)
{
	const struct depend_found *f = depend_input(x, path);

	return !f ? ABSENT : f->in.version ? f->in.version : unlike(x, path);
}

uint64_t
depend_content(struct depend *x, struct view path)
{
	struct depend_found *f = depend_input(x, path);
	const struct depend_input *past;
	struct diags quiet;
	struct arena a;
	struct view text;

	if (!f)
		return ABSENT;
	if (f->asked)
		return f->in.content;
	f->asked = true;
	past = depend_past_input(x, f->in.key);
	if (!f->in.version)
		return f->in.content = unlike(x, path);
	if (past && past->version == f->in.version && past->content)
		return f->in.content = past->content;
	arena_init(&a);
	diags_init(&quiet);
	f->in.content = file_read_if(&x->root, &a, path, INPUT_MAX_BYTES, &text, &quiet) ? hash_bytes(text) : unlike(x, path);
	diags_release(&quiet);
	arena_release(&a);
	return f->in.content;
}

bool
depend_quiet(const struct depend *x)
{
	for (size_t i = 0; i < x->inputs.n; i++) {
		const struct depend_found *f = LIST_AT(&x->inputs, struct depend_found, i);
		struct file_stamp s;

		if (f->asked && f->in.version && (!file_stamp(&x->root, f->path, &s) || s.sign != f->in.version))
			return false;
	}
	return true;
}

uint64_t
depend_outer_version(const struct file_root *root, struct view path, int64_t since)
{
	struct file_stamp s;

	if (path.n == 0 || path.p[0] != '/')
		return 0;
	return !file_stamp(root, view_slice(path, 1, path.n), &s) ? ABSENT : file_stamp_doubtful(&s, since) ? 0 : s.sign;
}

void
depend_compare(struct depend *x)
{
	depend_scan(x);
	if (x->compared)
		return;
	x->compared = true;
	x->changes = LIST_OF(struct depend_change);
	x->moved = x->inputs.n != x->past.head.ninputs;
	for (size_t i = 0; i < x->inputs.n; i++) {
		struct depend_found *f = LIST_AT(&x->inputs, struct depend_found, i);
		/* in the same order, as a rule */
		const struct depend_input *past = i < x->past.head.ninputs && x->past.inputs[i].key == f->in.key ? &x->past.inputs[i] :
		    depend_past_input(x, f->in.key);

		x->moved |= !past;
		if (!past || !f->in.version || past->version != f->in.version)
			*(struct depend_change *)list_push(&x->changes, x->arena) = (struct depend_change){ f, past };
	}
}

bool
depend_same_inputs(struct depend *x)
{
	depend_compare(x);
	return !x->moved && x->changes.n == 0 && depend_same_outer(x);
}

bool
depend_same_outer(struct depend *x)
{
	struct file_root root;
	bool same = true;

	if (x->past.head.nouter == 0)
		return true;
	if (x->past.head.environment != x->environment || !file_root_open(&root, x->arena, VIEW("/")))
		return false;
	for (size_t i = 0; i < x->past.head.nouter && same; i++) {
		const struct depend_outer *o = &x->past.outer[i];

		same = o->version && depend_outer_version(&root, o->path, x->start) == o->version;
	}
	file_root_close(&root);
	return same;
}
