/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other programs. */
#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/list.h"

enum { SAID_MAX_BYTES = 4 << 20, TICK_MS = 10, DEPTH_MAX = 64 };

static const char said_name[] = "said";

bool
program_open(struct program_folder *f, struct arena *a, struct diags *d)
{
	const char *base = getenv("TMPDIR");
	struct view path = view_printf(a, "%s/waypost-XXXXXX", base && *base ? base : P_tmpdir);

	f->path = path;
	f->root.fd = -1;
	if (mkdtemp((char *)(uintptr_t)path.p) && file_root_open(&f->root, a, path))
		return true;
	diag(d, file_write, PLACE_NONE, path, file_error(a));
	return false;
}

static void
empty(struct program_folder *f, struct arena *a, struct view folder, unsigned depth)
{
	struct list entries;
	struct diags quiet;

	diags_init(&quiet);
	if (depth < DEPTH_MAX && file_list_hidden(&f->root, a, folder, &entries, &quiet))
		for (size_t i = 0; i < entries.n; i++) {
			const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
			struct view path = view_join(a, folder, e->name);

			if (e->kind == FILE_FOLDER)
				empty(f, a, path, depth + 1);
			file_remove(&f->root, path);
		}
	diags_release(&quiet);
}

void
program_close(struct program_folder *f)
{
	struct arena a;

	arena_init(&a);
	empty(f, &a, VIEW_NONE, 0);
	file_root_close(&f->root);
	rmdir(f->path.p);
	arena_release(&a);
}

struct view
program_find(struct arena *a, const char *const *names)
{
	for (; *names; names++) {
		struct view path = view_str(getenv("PATH")), folder, full;

		while (view_cut(&path, ':', &folder)) {
			full = view_printf(a, "%.*s/%s", VIEW_ARG(folder), *names);
			if (folder.n && access(full.p, X_OK) == 0)
				return full;
		}
	}
	return VIEW_NONE;
}

/* The environment with another HOME, and without what names folders beside it or a session of a desktop. */
static char **
make_environment(struct arena *a, struct view home)
{
	static const char *const left_out[] = { "HOME=", "XDG_", "DBUS_", "DISPLAY=", "WAYLAND_" };
	size_t n = 0, all = 0;
	char **env;

	while (environ[all])
		all++;
	env = arena_array(a, all + 2, sizeof *env);
	for (size_t i = 0; i < all; i++) {
		bool keep = true;

		for (size_t k = 0; k < sizeof left_out / sizeof *left_out; k++)
			keep &= !view_starts(view_str(environ[i]), left_out[k]);
		if (keep)
			env[n++] = environ[i];
	}
	env[n] = (char *)(uintptr_t)view_printf(a, "HOME=%.*s", VIEW_ARG(home)).p;
	return env;
}

/* In a group of its own, so that what it has started can be ended with it. */
static bool
start(const struct program_folder *f, struct arena *a, const char *const *arguments, pid_t *pid)
{
	const char *said = view_join(a, f->path, view_str(said_name)).p;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	bool started;

	if (posix_spawn_file_actions_init(&files) != 0)
		return false;
	if (posix_spawnattr_init(&how) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return false;
	}
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, said, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&how, 0);
	started = posix_spawnp(pid, arguments[0], &files, &how, (char *const *)(uintptr_t)arguments, make_environment(a, f->path)) == 0;
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	return started;
}

/* The last line of what it said. */
static struct view
last_words(const struct program_folder *f, struct arena *a)
{
	struct view text, line, last = VIEW_NONE;
	struct diags quiet;

	diags_init(&quiet);
	if (file_read(&f->root, a, view_str(said_name), SAID_MAX_BYTES, &text, &quiet))
		while (view_cut(&text, '\n', &line))
			last = view_trim(line).n ? view_trim(line) : last;
	diags_release(&quiet);
	return last;
}

bool
program_run(const struct program_folder *f, struct arena *a, const char *const *arguments, unsigned seconds, struct view *why)
{
	const struct timespec tick = { .tv_nsec = TICK_MS * 1000000L };
	unsigned long left = seconds * 1000ul / TICK_MS;
	int status = 0;
	pid_t pid, ended;

	if (!start(f, a, arguments, &pid)) {
		*why = file_error(a);
		return false;
	}
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0 && left > 0) {
		nanosleep(&tick, NULL);
		left--;
	}
	kill(-pid, SIGKILL);	/* what it has left behind */
	if (ended == 0) {
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		*why = view_printf(a, "it took more than %u seconds", seconds);
		return false;
	}
	if (ended == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	*why = last_words(f, a);
	if (why->n == 0)
		*why = WIFSIGNALED(status) ? view_printf(a, "it was ended by signal %d", WTERMSIG(status)) :
		    view_printf(a, "exit code %d", WEXITSTATUS(status));
	return false;
}
