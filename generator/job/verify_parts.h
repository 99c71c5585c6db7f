/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy while it is looked at. For job/verify.c and job/verify_names.c only. */
#pragma once
#include "format/zip.h"
#include "job/verify.h"

/* Behind SHA256SUMS: the list of an edition whose copying has not ended (job/stick). */
#define VERIFY_UNFINISHED ".unfinished"

enum { VERIFY_FILE_MAX = 512 << 20 };

struct verify_item {
	struct view path;	/* below the top of the copy */
	enum file_kind kind;
	size_t member;		/* of the archive */
};

struct verifying {
	struct verify *result;
	struct arena *arena;
	struct diags *diags;
	struct view path;	/* as it was named */
	bool is_zip;
	struct file_root root;
	struct zip_reader zip;
	struct list items;	/* of struct verify_item, all there is */
	struct manifest manifest;
	struct map seen;	/* path to its struct verify_item *: all but folders */
};

struct verify_item *verify_add(struct verifying *v, struct view path, enum file_kind kind, size_t member);
/* Whether a file says that a copying has not ended; also one whose own writing was cut off. */
bool verify_is_mark(struct view path);
/* Whether a computer may run a file of this name, by itself or when it is opened. */
bool verify_can_start(struct view path);
/* Reports a file that the list does not have, or (listed) one that no edition holds. */
void verify_foreign(struct verifying *v, const struct verify_item *item, bool listed);
/* Reports names that are one on a stick or a computer that does not tell capital letters. */
void verify_twins(struct verifying *v);
