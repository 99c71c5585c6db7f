/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random edits of the real pages and catalogs: nothing that a person wrote disappears, sync twice is sync once, untouched entries keep their
 * bytes, the order of languages does not matter, and two people's work merges in git unless both touched the same entry. The same edits every
 * time; WAYPOST_EDITS sets how many (10,000), WAYPOST_SEED which.
 */
#include "world.h"

#include <spawn.h>
#include <stdlib.h>

#include "job/sync.h"
#include "model/patch.h"

enum { PAGES = 60, BLOCKS = 400, LANGUAGES = 2, BATCH = 200, FRESH = 2500 };

static const char *const tags[LANGUAGES] = { "fr", "ar" };

/* A page as its author sees it. */
struct leaf {
	struct view path;	/* "content/about.md" */
	struct view front;	/* with both lines of dashes */
	struct view *blocks;
	size_t n;
	bool changed;
	struct view real;	/* as it was in the beginning */
};

struct fuzz {
	struct tree *t;
	struct arena arena;	/* of the whole run */
	uint64_t seed;
	struct leaf leaves[PAGES];
	size_t nleaves, nreal;
	size_t edits, serial, conflicts, merges;
	struct world *w;
};

static size_t
dice(struct fuzz *f, size_t n)
{
	f->seed ^= f->seed << 13;
	f->seed ^= f->seed >> 7;
	f->seed ^= f->seed << 17;
	return n ? (size_t)(f->seed >> 11) % n : 0;
}

/* AddressSanitizer asks this: short stacks for each piece of memory take half of the time. */
const char *__asan_default_options(void);
const char *
__asan_default_options(void)
{
	return "malloc_context_size=3";
}

/* LeakSanitizer asks this at the end of each process: looking for leaks in every worker of every round takes longer than all else. */
int __lsan_is_turned_off(void);
int
__lsan_is_turned_off(void)
{
	const char *pid = getenv("WAYPOST_TEST_PID");

	return pid && strtol(pid, NULL, 10) != getpid();
}

/* ---- pages ---- */

static void
take_apart(struct fuzz *f, struct leaf *l, struct view text)
{
	size_t end = 4 + view_search(view_slice(text, 4, text.n), VIEW("\n---\n")) + 5;
	struct view rest = view_slice(text, end, text.n);

	l->front = view_slice(text, 0, end);
	l->real = text;
	l->blocks = arena_array(&f->arena, BLOCKS, sizeof *l->blocks);
	l->n = 0;
	l->changed = true;
	while (rest.n && l->n < BLOCKS) {
		size_t at = view_search(rest, VIEW("\n\n"));
		struct view block = view_trim(view_slice(rest, 0, at));

		if (block.n)
			l->blocks[l->n++] = block;
		rest = view_slice(rest, at + 2, rest.n);
	}
}

static void
write_leaf(struct fuzz *f, struct leaf *l)
{
	struct buf b;

	buf_init(&b);
	buf_addv(&b, l->front);
	for (size_t i = 0; i < l->n; i++)
		buf_printf(&b, "\n%.*s\n", VIEW_ARG(l->blocks[i]));
	assert_int_not_equal(file_write(&f->t->root, l->path, view_buf(&b), &f->t->diags), FILE_FAILED);
	buf_release(&b);
	l->changed = false;
}

static bool
is_prose(struct view block)
{
	return block.n > 20 && ((block.p[0] >= 'A' && block.p[0] <= 'Z') || block.p[0] == '*');
}

static void
insert(struct leaf *l, size_t at, struct view block)
{
	if (l->n == BLOCKS)
		return;
	memmove(&l->blocks[at + 1], &l->blocks[at], (l->n - at) * sizeof *l->blocks);
	l->blocks[at] = block;
	l->n++;
	l->changed = true;
}

static struct view
take(struct leaf *l, size_t at)
{
	struct view block = l->blocks[at];

	memmove(&l->blocks[at], &l->blocks[at + 1], (l->n - at - 1) * sizeof *l->blocks);
	l->n--;
	l->changed = true;
	return block;
}

/* A word becomes another word. */
static void
reword(struct fuzz *f, struct leaf *l)
{
	static const char *const words[] = { "water", "always", "you", "report", "the", "States", "12", "not", "may", "" };
	struct view *b = &l->blocks[dice(f, l->n)];
	size_t at = dice(f, b->n), end;

	while (at > 0 && b->p[at - 1] != ' ')
		at--;
	end = at + view_find(view_slice(*b, at, b->n), ' ');
	for (size_t i = at; i < end; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,.", b->p[i]))
			return;
	if (at == 0)
		return;
	*b = view_printf(&f->arena, "%.*s%s%.*s", (int)at, b->p, words[dice(f, 10)], (int)(b->n - end), b->p + end);
	l->changed = true;
}

static void
split(struct fuzz *f, struct leaf *l)
{
	size_t i = dice(f, l->n), at;
	struct view b = l->blocks[i];

	at = view_search(b, VIEW(". "));
	if (!is_prose(b) || at == b.n)
		return;
	l->blocks[i] = view_slice(b, 0, at + 1);
	insert(l, i + 1, view_slice(b, at + 2, b.n));
}

static void
join(struct fuzz *f, struct leaf *l)
{
	size_t i = dice(f, l->n);

	if (i + 1 >= l->n || !is_prose(l->blocks[i]) || !is_prose(l->blocks[i + 1]))
		return;
	l->blocks[i] = view_printf(&f->arena, "%.*s %.*s", VIEW_ARG(l->blocks[i]), VIEW_ARG(l->blocks[i + 1]));
	take(l, i + 1);
}

static void
rename_page(struct fuzz *f, struct leaf *l)
{
	if (view_is(l->path, "content/index.md"))
		return;
	file_remove(&f->t->root, l->path);
	l->path = view_printf(&f->arena, "content/%s%zu.md", dice(f, 2) ? "moved/p" : "p", ++f->serial);
	l->changed = true;
}

/* The page is gone for good, or is there once more under another name. */
static void
drop_page(struct fuzz *f, size_t i)
{
	struct leaf l = f->leaves[i];

	if (view_is(l.path, "content/index.md") || f->nleaves < f->nreal / 2)
		return;
	file_remove(&f->t->root, l.path);
	f->leaves[i] = f->leaves[--f->nleaves];
}

static void
add_page(struct fuzz *f)
{
	struct leaf *l = &f->leaves[f->nleaves], *like = &f->leaves[dice(f, f->nleaves)];

	if (f->nleaves > f->nreal + 4)
		return;
	f->nleaves++;
	l->path = view_printf(&f->arena, "content/copy%zu.md", ++f->serial);
	take_apart(f, l, like->real);
}

static void
edit(struct fuzz *f)
{
	size_t i = dice(f, f->nleaves), kind = dice(f, 100), other = dice(f, f->nleaves);
	struct leaf *l = &f->leaves[i];

	f->edits++;
	if (l->n < 3) {
		take_apart(f, l, l->real);	/* its author goes back to the beginning */
		return;
	}
	if (kind < 45)
		reword(f, l);
	else if (kind < 55)
		split(f, l);
	else if (kind < 65)
		join(f, l);
	else if (kind < 75)
		insert(l, dice(f, l->n - 1), take(l, dice(f, l->n)));
	else if (kind < 80)
		insert(&f->leaves[other], dice(f, f->leaves[other].n), take(l, dice(f, l->n)));
	else if (kind < 86)
		insert(&f->leaves[other], dice(f, f->leaves[other].n), l->blocks[dice(f, l->n)]);
	else if (kind < 96)
		take(l, dice(f, l->n));
	else if (kind < 98)
		rename_page(f, l);
	else if (kind < 99)
		drop_page(f, i);
	else
		add_page(f);
}

/* ---- what stands in the catalogs ---- */

/* Every catalog of a language: one text, and a table of its person's words with how often they stand there. */
struct shelf {
	struct list files, keys;	/* of struct view: text and key */
	struct buf all;
	struct map words;		/* to size_t * */
	struct list catalogs;		/* of struct catalog * */
};

static void
count_word(struct shelf *s, struct arena *a, const char *kind, struct view text)
{
	size_t *n;

	if (text.n == 0)
		return;
	n = map_add(&s->words, view_printf(a, "%s%.*s", kind, VIEW_ARG(text)), arena_new(a, size_t));
	++*n;
}

static struct shelf
shelf_of(struct fuzz *f, struct arena *a, const struct language *l)
{
	struct shelf s = { .files = LIST_OF(struct view), .catalogs = LIST_OF(struct catalog *) };
	struct diags quiet;

	diags_init(&quiet);
	buf_init(&s.all);
	map_init(&s.words, a);
	s.keys = catalog_list(a, &f->w->site, l, &quiet);
	for (size_t i = 0; i < s.keys.n; i++) {
		struct catalog *c = catalog_read(a, &f->w->site, l, *LIST_AT(&s.keys, struct view, i), VIEW_NONE, &quiet);
		struct view rest, line;

		assert_non_null(c);
		rest = c->text;
		*(struct view *)list_push(&s.files, a) = c->text;
		*(struct catalog **)list_push(&s.catalogs, a) = c;
		buf_addv(&s.all, c->text);
		for (size_t k = 0; k < c->n; k++) {
			count_word(&s, a, "t", c->entries[k].target);
			count_word(&s, a, "n", c->entries[k].note);
			count_word(&s, a, "b", c->entries[k].by);
		}
		while (view_cut(&rest, '\n', &line))
			if (view_starts(line, "# "))
				count_word(&s, a, "c", line);
	}
	diags_release(&quiet);
	return s;
}

static void
nothing_lost(const struct shelf *before, const struct shelf *after)
{
	for (size_t i = 0; i < before->words.n; i++) {
		const struct map_entry *e = &before->words.entries[i];
		const size_t *had = e->value, *has = map_get(&after->words, e->key);

		if (!has || *has < *had)
			fail_msg("'%.*s' stood there %zu times, now %zu", VIEW_ARG(e->key), *had, has ? *has : 0);
	}
}

/* The lines of an entry, from its '-'. */
static struct view
bytes_of(const struct catalog *c, size_t k)
{
	struct view rest = c->text, line;
	const char *from = NULL;
	unsigned n = 1;

	for (; view_cut(&rest, '\n', &line); n++) {
		if (n < c->entries[k].place.line && view_starts(line, "- "))
			from = line.p;
		if (n >= c->entries[k].place.line && line.n && (line.p[0] == '-' || line.p[0] == '#' || line.p[0] == 'u'))
			break;
	}
	assert_non_null(from);
	return view_of(from, (size_t)((rest.p || line.n ? line.p : c->text.p + c->text.n) - from));
}

static bool
is_reworded(const struct shelf *s, const struct catalog_entry *old)
{
	for (size_t i = 0; i < s->catalogs.n; i++) {
		const struct catalog *c = *LIST_AT(&s->catalogs, struct catalog *, i);

		for (size_t k = 0; k < c->n; k++)
			if (view_eq(c->entries[k].target, old->target) && !view_eq(c->entries[k].source, old->source))
				return true;
	}
	return false;
}

static void
bytes_kept(const struct shelf *before, const struct shelf *after)
{
	for (size_t i = 0; i < before->catalogs.n; i++) {
		const struct catalog *c = *LIST_AT(&before->catalogs, struct catalog *, i);

		for (size_t k = 0; k < c->n; k++) {
			const struct catalog_entry *e = &c->entries[k];
			struct view chunk = bytes_of(c, k);

			if (view_search(view_buf(&after->all), chunk) < after->all.n)
				continue;
			if (e->target.n && !is_reworded(after, e))
				fail_msg("changed bytes in %.*s: '%.*s'", VIEW_ARG(c->file), VIEW_ARG(chunk));
		}
	}
}

static void
same_files(const struct shelf *x, const struct shelf *y)
{
	assert_int_equal(x->keys.n, y->keys.n);
	for (size_t i = 0; i < x->keys.n; i++) {
		assert_true(view_eq(*LIST_AT(&x->keys, struct view, i), *LIST_AT(&y->keys, struct view, i)));
		assert_true(view_eq(*LIST_AT(&x->files, struct view, i), *LIST_AT(&y->files, struct view, i)));
	}
}

static void
restore(struct fuzz *f, struct arena *a, const struct language *l, const struct shelf *before, const struct shelf *now)
{
	for (size_t i = 0; i < now->keys.n; i++)
		file_remove(&f->t->root, view_printf(a, "%.*s/%.*s.yaml", VIEW_ARG(l->dir),
		    VIEW_ARG(*LIST_AT(&now->keys, struct view, i))));
	for (size_t i = 0; i < before->keys.n; i++)
		assert_int_equal(file_write(&f->t->root, view_printf(a, "%.*s/%.*s.yaml", VIEW_ARG(l->dir),
		    VIEW_ARG(*LIST_AT(&before->keys, struct view, i))), *LIST_AT(&before->files, struct view, i),
		    &f->t->diags), FILE_WRITTEN);
}

/* ---- people ---- */

static struct patch *
open_random(struct fuzz *f, struct arena *a, const struct language *l, struct catalog **c)
{
	struct list keys = catalog_list(a, &f->w->site, l, &f->t->diags);
	struct view key = *LIST_AT(&keys, struct view, dice(f, keys.n));
	struct patch *p;
	struct diags quiet;

	diags_init(&quiet);
	*c = catalog_read(a, &f->w->site, l, key, VIEW_NONE, &quiet);
	assert_non_null(*c);
	p = patch_open(a, &f->w->site, l, key, VIEW_NONE, *c, &f->t->diags);
	diags_release(&quiet);
	assert_non_null(p);
	return p;
}

/* One thing that a translator does to an entry. `what` says which. A comment of the first line of an entry stands next to the last line of
 * the one before; only a tool line between them keeps two people's work apart. */
static void
work_on(struct patch *p, size_t entry, size_t what, struct view word, bool alone)
{
	if (what < 6)
		patch_set(p, entry, PATCH_TARGET, word);
	if (what % 6 == 1)
		patch_set(p, entry, PATCH_WAS, VIEW_NONE);
	if (what % 3 == 2)
		patch_set_state(p, entry, STATE_REVIEWED);
	if (what == 6)
		patch_set(p, entry, PATCH_NOTE, word);
	if (what == 7)
		patch_set(p, entry, PATCH_BY, word);
	if (what == 8 && (alone || patch_hints(p, entry).n))
		patch_comment(p, entry, word);
}

static void
people(struct fuzz *f, struct arena *a, const struct language *l)
{
	for (size_t n = 2 + dice(f, 10); n; n--) {
		struct catalog *c;
		struct patch *p = open_random(f, a, l, &c);

		for (size_t k = dice(f, 8); k && c->n; k--)
			work_on(p, dice(f, c->n), dice(f, 9),
			    view_printf(a, "mot %zu # %zu", ++f->serial, dice(f, 9)), true);
		assert_int_not_equal(patch_write(p, &f->t->diags), FILE_FAILED);
	}
}

/* git merge-file: how many conflicts, or -1 when there is no git. The result is in merge/a. */
static int
merge_files(struct fuzz *f, struct arena *a, struct view mine, struct view base, struct view theirs)
{
	const struct { const char *name; struct view text; } files[] = { { "merge/a", mine }, { "merge/o", base }, { "merge/b", theirs } };
	const char *paths[3], *argv[7] = { "git", "merge-file", "-q" };
	int status;
	pid_t pid;

	for (size_t i = 0; i < 3; i++) {
		paths[i] = view_printf(a, "%s/%s", f->t->folder, files[i].name).p;
		assert_int_not_equal(file_write(&f->t->root, view_str(files[i].name), files[i].text, &f->t->diags), FILE_FAILED);
	}
	argv[3] = paths[0];
	argv[4] = paths[1];
	argv[5] = paths[2];
	if (posix_spawnp(&pid, "git", NULL, NULL, (char **)(uintptr_t)argv, environ) != 0)
		return -1;
	waitpid(pid, &status, 0);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status) == 127 ? -1 : WEXITSTATUS(status);
}

/* Git joins conflicts that are less than four lines apart: every entry that one reaches into was touched by both. */
static void
conflicts_stay_inside(struct view text, const bool *both)
{
	struct view line;
	size_t entry = 0;	/* how many have begun */
	bool ours = false, theirs = false, first = false;

	while (view_cut(&text, '\n', &line)) {
		if (view_starts(line, "<<<<<<<") || view_starts(line, "=======") || view_starts(line, ">>>>>>>")) {
			first = ours = line.p[0] == '<';
			theirs = line.p[0] == '=';
			continue;
		}
		entry += !theirs && view_starts(line, "- ");
		if ((first && !view_starts(line, "#")) || (ours && view_starts(line, "- ")))
			assert_true(entry > 0 && both[entry - 1]);
		first = false;
	}
}

/* Two people work on copies of one catalog. */
static void
two_people(struct fuzz *f, struct arena *a, const struct language *l)
{
	struct catalog *c;
	struct patch *mine = open_random(f, a, l, &c), *theirs, *both;
	struct view key, merged;
	bool *touched = arena_array(a, c->n, sizeof *touched), *twice = arena_array(a, c->n, sizeof *twice), any = false;
	int conflicts;

	key = view_slice(c->file, l->dir.n + 1, c->file.n - 5);
	theirs = patch_open(a, &f->w->site, l, key, VIEW_NONE, c, &f->t->diags);
	both = patch_open(a, &f->w->site, l, key, VIEW_NONE, c, &f->t->diags);
	if (c->nlive == 0)
		return;
	for (size_t n = 2 + dice(f, 8); n; n--) {
		size_t entry = dice(f, c->nlive), what = dice(f, 9);
		struct view word = view_printf(a, "mot %zu", ++f->serial);

		work_on(mine, entry, what, word, false);
		work_on(both, entry, what, word, false);
		touched[entry] = true;
	}
	for (size_t n = 2 + dice(f, 8); n; n--) {
		size_t entry = dice(f, c->nlive), what = dice(f, 9);
		struct view word = view_printf(a, "mot %zu", ++f->serial);

		if (touched[entry] && dice(f, 4))
			continue;
		any |= twice[entry] = touched[entry];
		work_on(theirs, entry, what, word, false);
		work_on(both, entry, what, word, false);
	}
	conflicts = merge_files(f, a, patch_text(mine), c->text, patch_text(theirs));
	if (conflicts < 0)
		return;
	f->merges++;
	f->conflicts += conflicts > 0;
	assert_true(file_read(&f->t->root, a, VIEW("merge/a"), 4 << 20, &merged, &f->t->diags));
	if (!any) {
		assert_int_equal(conflicts, 0);
		assert_string_equal(merged.p, patch_text(both).p);
	}
	conflicts_stay_inside(merged, twice);
}

/* ---- the run ---- */

static void
sync_languages(struct fuzz *f, const struct language *const *languages, size_t n, size_t *files)
{
	bool *only = arena_array(&f->t->arena, f->w->site.nlanguages, sizeof *only);
	struct sync s = { .w = f->w, .only = only, .jobs = 1 };

	for (size_t i = 0; i < n; i++)
		only[languages[i]->index] = true;
	assert_true(sync_run(&s));
	*files = 0;
	for (size_t i = 0; i < f->w->site.nlanguages; i++)
		*files += s.languages[i].files;
}

static void
sync_round(struct fuzz *f, struct arena *a, size_t number)
{
	const struct language *languages[LANGUAGES];
	struct shelf before[LANGUAGES], after[LANGUAGES], other;
	size_t files;

	for (size_t i = 0; i < LANGUAGES; i++) {
		languages[i] = site_language(&f->w->site, view_str(tags[i]));
		people(f, a, languages[i]);
		before[i] = shelf_of(f, a, languages[i]);
	}
	sync_languages(f, languages, LANGUAGES, &files);
	for (size_t i = 0; i < LANGUAGES; i++) {
		after[i] = shelf_of(f, a, languages[i]);
		nothing_lost(&before[i], &after[i]);
		bytes_kept(&before[i], &after[i]);
	}
	sync_languages(f, languages, LANGUAGES, &files);
	assert_int_equal(files, 0);
	for (size_t i = LANGUAGES; i-- > 0 && number % 4 == 0;) {
		restore(f, a, languages[i], &before[i], &after[i]);
		sync_languages(f, &languages[i], 1, &files);
		other = shelf_of(f, a, languages[i]);
		same_files(&after[i], &other);
		buf_release(&other.all);
	}
	for (size_t i = 0; i < LANGUAGES; i++) {
		buf_release(&before[i].all);
		buf_release(&after[i].all);
	}
	for (size_t i = 0; i < 2; i++)
		two_people(f, a, languages[dice(f, LANGUAGES)]);
}

static void
one_round(struct fuzz *f, size_t number)
{
	struct tree *t = f->t;
	struct world w;

	for (size_t n = 1 + dice(f, dice(f, 4) ? BATCH : 6); n; n--)
		edit(f);
	for (size_t i = 0; i < f->nleaves; i++)
		if (f->leaves[i].changed)
			write_leaf(f, &f->leaves[i]);
	assert_true(world_load(&w, &t->arena, view_str(t->folder), &t->diags));
	f->w = &w;
	t->diags.list.n = 0;
	sync_round(f, &t->arena, number);
	for (size_t i = 0; i < t->diags.list.n; i++)
		if (diag_level(LIST_AT(&t->diags.list, struct diag, i)->id) >= DIAG_ERROR) {
			tree_said(t, "");
			break;
		}
	world_close(&w);
	diags_release(&t->diags);
	diags_init(&t->diags);
	arena_release(&t->arena);
	arena_init(&t->arena);
}

/* Some twenty pages will do. */
static bool
is_left_out(struct view folder)
{
	static const char *const names[] = { "convention", "committee", "topics", "campaign", "data" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (view_is(folder, names[i]))
			return true;
	return false;
}

/* Copies what the edits begin with; the .md files become leaves. */
static void
copy_folder(struct fuzz *f, const struct file_root *from, struct view path)
{
	struct list entries;
	struct view text;

	if (!file_list(from, &f->arena, path, &entries, &f->t->diags))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(&f->arena, path, e->name);

		if (e->kind == FILE_FOLDER) {
			if (!is_left_out(e->name))
				copy_folder(f, from, at);
		} else if (e->kind == FILE_REGULAR && (view_ends(at, ".md") || view_ends(at, ".yaml"))) {
			assert_true(file_read(from, &f->arena, at, 4 << 20, &text, &f->t->diags));
			tree_put_bytes(f->t, at.p, text.p, text.n);
			if (view_ends(at, ".md")) {
				f->leaves[f->nleaves].path = at;
				take_apart(f, &f->leaves[f->nleaves++], text);
			}
		}
	}
}

static size_t
setting(const char *name, size_t otherwise)
{
	const char *s = getenv(name);

	return s && *s ? (size_t)strtoul(s, NULL, 10) : otherwise;
}

/* The project as it is in the repository. */
static void
begin(struct fuzz *f)
{
	struct tree *t = f->t;
	struct file_root here;

	if (!file_root_open(&here, &f->arena, VIEW(".")))
		fail();
	f->nleaves = 0;
	copy_folder(f, &here, VIEW("content"));
	for (size_t i = 0; i < LANGUAGES; i++)
		copy_folder(f, &here, view_join(&f->arena, VIEW("translations"), view_str(tags[i])));
	copy_folder(f, &here, VIEW("themes/default"));
	tree_put(t, "themes/default/page.html", "x\n");
	file_remove(&t->root, VIEW("content/site.yaml"));
	tree_put(t, "content/site.yaml", "title: T\nlanguages: [en, fr, ar]\n");
	file_root_close(&here);
	f->nreal = f->nleaves;
	assert_true(f->nreal > 5);
}

static void
test_random(void **state)
{
	struct fuzz f = { .seed = 0x9E3779B97F4A7C15u ^ setting("WAYPOST_SEED", 1) };
	size_t wanted = setting("WAYPOST_EDITS", 10000), round = 0;

	(void)state;
	while (f.edits < wanted) {
		size_t until = f.edits + FRESH < wanted ? f.edits + FRESH : wanted;
		void *tree;

		tree_setup(&tree);
		f.t = tree;
		arena_init(&f.arena);
		begin(&f);
		while (f.edits < until)
			one_round(&f, round++);
		arena_release(&f.arena);
		tree_teardown(&tree);
	}
	printf("note: %zu edits, %zu merges, %zu of them with conflicts\n", f.edits, f.merges, f.conflicts);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};
	char pid[24];

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	setenv("WAYPOST_TEST_PID", pid, 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
