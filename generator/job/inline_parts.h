/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that come into a document. For job/inline.c and its halves only. */
#pragma once
#include "job/inline.h"

/* A style sheet or a script that a tag asks for. */
struct inline_file {
	struct view path;	/* below the site's folder */
	struct view media;	/* of a style sheet; empty for all */
	bool script;
};

/* Whether the edition has a file that can come in. */
bool inline_has(const struct inlining *in, struct view path);
/* Appends a file as a data: address, which needs no quoting in an attribute. */
void inline_data(const struct inlining *in, struct view path, struct buf *out);
/* Appends the policy, what else <head> has, the style sheets, the body, and the scripts. */
void inline_files(struct inlining *in, struct view head, struct view body, struct buf *out);
