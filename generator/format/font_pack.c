/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WOFF2 by the program of its authors: libwoff2enc has an interface for C++ alone. */
#include "format/font.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum { PACKED_MAX_BYTES = 32 << 20, PATH_MAX_BYTES = 4096 };

static const char program[] = "woff2_compress";

bool
font_can_pack(void)
{
	struct view path = view_str(getenv("PATH")), folder;
	char full[PATH_MAX_BYTES];

	while (view_cut(&path, ':', &folder)) {
		snprintf(full, sizeof full, "%.*s/%s", VIEW_ARG(folder), program);
		if (folder.n && access(full, X_OK) == 0)
			return true;
	}
	return false;
}

/* Runs it on a file, in silence. */
static bool
run(const char *file)
{
	char *const arguments[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)file, NULL };
	posix_spawn_file_actions_t quiet;
	int status;
	bool started;
	pid_t pid;

	if (posix_spawn_file_actions_init(&quiet) != 0)
		return false;
	posix_spawn_file_actions_addopen(&quiet, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	started = posix_spawnp(&pid, program, &quiet, NULL, arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&quiet);
	if (!started)
		return false;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool
font_pack(struct view font, struct buf *out, struct diags *d)
{
	const char *base = getenv("TMPDIR");
	char folder[PATH_MAX_BYTES], file[PATH_MAX_BYTES + 8];
	struct file_root root;
	struct arena a;
	struct view packed;
	bool ok;

	snprintf(folder, sizeof folder, "%s/waypost-XXXXXX", base && *base ? base : P_tmpdir);
	arena_init(&a);
	ok = mkdtemp(folder) && file_root_open(&root, &a, view_str(folder));
	if (!ok) {
		diag(d, file_write, PLACE_NONE, view_str(folder), file_error(&a));
		arena_release(&a);
		return false;
	}
	snprintf(file, sizeof file, "%s/f.ttf", folder);
	ok = file_create(&root, VIEW("f.ttf"), font, d) == FILE_WRITTEN;
	if (ok && !run(file)) {
		diag(d, font_pack, PLACE_NONE, view_str(program));
		ok = false;
	}
	ok = ok && file_read(&root, &a, VIEW("f.woff2"), PACKED_MAX_BYTES, &packed, d);
	if (ok)
		buf_addv(out, packed);
	file_remove(&root, VIEW("f.ttf"));
	file_remove(&root, VIEW("f.woff2"));
	file_root_close(&root);
	rmdir(folder);
	arena_release(&a);
	return ok;
}
