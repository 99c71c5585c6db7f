/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that people name on the command line. */
#include "command/named.h"

#include <stdio.h>

/* Opens the folder of a path; *name is what is behind it. False: it is not there. */
static bool
open_folder(struct arena *a, struct view path, struct file_root *root, struct view *name)
{
	size_t cut = path.n;

	while (cut > 0 && path.p[cut - 1] != '/')
		cut--;
	*name = view_slice(path, cut, path.n);
	return file_root_open(root, a, cut == 0 ? VIEW(".") : view_slice(path, 0, cut));
}

bool
named_read(struct arena *a, struct view path, size_t max, struct view *bytes, struct diags *d)
{
	struct file_root root;
	struct view name;
	bool good;

	if (!open_folder(a, path, &root, &name)) {
		diag(d, file_missing, PLACE_NONE, path);
		return false;
	}
	good = file_read(&root, a, name, max, bytes, d);
	file_root_close(&root);
	return good;
}

enum file_written
named_write(struct arena *a, struct view path, struct view bytes, struct diags *d)
{
	struct file_root root;
	enum file_written done;
	struct view name;

	if (view_is(path, "-")) {
		if (fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n && fflush(stdout) == 0)
			return FILE_WRITTEN;
		diag(d, file_write, PLACE_NONE, path, file_error(a));
		return FILE_FAILED;
	}
	if (!open_folder(a, path, &root, &name)) {
		diag(d, file_write, PLACE_NONE, path, file_error(a));
		return FILE_FAILED;
	}
	done = file_write(&root, name, bytes, d);
	file_root_close(&root);
	return done;
}

bool
named_differs(struct arena *a, struct view path, struct view bytes)
{
	struct file_root root;
	struct diags quiet;
	enum file_kind kind;
	struct view name, old;
	bool differs = false;

	if (!open_folder(a, path, &root, &name))
		return false;
	diags_init(&quiet);
	if (file_kind(&root, name, &kind))
		differs = !file_read(&root, a, name, bytes.n, &old, &quiet) || !view_eq(old, bytes);
	diags_release(&quiet);
	file_root_close(&root);
	return differs;
}
