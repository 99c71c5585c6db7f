/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One translation beside its source, and what may be wrong with it. For job/audit only. */
#pragma once
#include "job/audit.h"
#include "model/facts.h"

struct audit_pair {
	const struct audit *audit;
	const struct segment *segment;
	const struct catalog_entry *entry;
	struct view source;		/* the text the target was made from: an older one where it is outdated */
	struct facts in, out;		/* of the source, of the target */
	const struct md_node *source_tree, *target_tree;	/* NULL where there is no Markdown */
	struct arena *scratch;
	struct diags *diags;
};

/* Marks of Markdown that stay as text in the target and not in the source. */
void audit_emphasis(const struct audit_pair *p);
/* Numbers of two to four digits lost or new; longer ones are locked. Where the target writes numbers in letters of its own, none is lost. */
void audit_numbers(const struct audit_pair *p);
/* Three words or more that are the same in both. */
void audit_same(const struct audit_pair *p);
/* Three words or more without one letter of the language's script. */
void audit_script(const struct audit_pair *p);
/* Host names that mix scripts. */
void audit_hosts(const struct audit_pair *p);
/* Pictures that have an alternative in the source and none in the target. */
void audit_pictures(const struct audit_pair *p);
/* Terms of data/terms.yaml that stand in the source, with none of their translations in the target. */
void audit_terms(const struct audit_pair *p);
/* Whether any letter of text belongs to a script (ISO 15924); true for a script that is not in the table. */
bool audit_has_script(struct view text, struct view script);
