/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML out, the tool's way: catalogs and files for volunteers to fill in. For models, jobs and commands. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

/*
 * Writes block YAML line by line. Entries of a map stand at `indent`; a list's items stand at the column of its key. What
 * is written this way is read back by format/yaml.h as it was, with two exceptions: comments, and yamlout_text's last
 * line end. Nesting is the caller's: every _map and _item is closed by yamlout_end.
 *
 *	yamlout_init(&y, &b);
 *	yamlout_list(&y, VIEW("segments"));
 *	yamlout_comment(&y, "#.", VIEW("index.md:3"));
 *	yamlout_item(&y);
 *	yamlout_text(&y, VIEW("source"), VIEW("Read this."));
 *	yamlout_text(&y, VIEW("target"), VIEW_NONE);
 *	yamlout_end(&y);
 *	yamlout_empty_list(&y, VIEW("unused"));
 */
struct yamlout {
	struct buf *b;		/* borrowed; the text is appended */
	unsigned indent;	/* column of the entries, from 0 */
	bool item;		/* the next entry is the first of an item */
};

void yamlout_init(struct yamlout *y, struct buf *b);

/* "prefix text" as a comment line at the indentation, one for each line of text; characters that no file may hold are made
 * visible. prefix is "#" for people's comments and "#." for the tool's own. Not between yamlout_item and its first entry. */
void yamlout_comment(struct yamlout *y, const char *prefix, struct view text);
/* An empty line. */
void yamlout_blank(struct yamlout *y);

/* "key: value": the value plain when that is safe, else in double quotes. A key (of any of these functions) has at most
 * 1000 bytes. */
void yamlout_scalar(struct yamlout *y, struct view key, struct view value);
/* One logical line as a literal block, "key: |" and the text below: what reads it drops the last line end. An empty text is
 * "key: |" alone. Text that a literal cannot hold (control characters, odd line ends) is written in double quotes. */
void yamlout_text(struct yamlout *y, struct view key, struct view text);
/* Like yamlout_text, but read back byte for byte: '|-', '|' or '|+' by how the text ends. */
void yamlout_exact(struct yamlout *y, struct view key, struct view text);

/* "key:"; entries of a map follow, two columns deeper, until yamlout_end. At least one must follow. */
void yamlout_map(struct yamlout *y, struct view key);
/* "key:"; items follow (yamlout_item or yamlout_item_scalar), at least one. Has no end. */
void yamlout_list(struct yamlout *y, struct view key);
/* "key: []" */
void yamlout_empty_list(struct yamlout *y, struct view key);
/* An item that is a map: its entries follow until yamlout_end, at least one. */
void yamlout_item(struct yamlout *y);
/* An item that is a text on one line, as yamlout_scalar writes it. */
void yamlout_item_scalar(struct yamlout *y, struct view value);
/* Ends the innermost yamlout_map or yamlout_item. */
void yamlout_end(struct yamlout *y);
