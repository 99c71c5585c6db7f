/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader of the file does not see: characters written as escapes ("\u202e"). */
#include "format/charset.h"
#include "format/yaml.h"

static bool
shows(struct view text, struct place at, struct diags *d)
{
	struct diags found;
	bool good;

	diags_init(&found);
	good = text_bidi(text, at.file, &found);
	if (!good)
		diag(d, text_bidi, at, LIST_AT(&found.list, struct diag, 0)->args[0]);
	diags_release(&found);
	return good;
}

bool
yaml_bidi(const struct yaml *y, struct view file, struct diags *d)
{
	if (y->quoted && !shows(y->text, yaml_place(y, file), d))
		return false;
	for (const struct yaml *c = y->child; c; c = c->next)
		if (!shows(c->key, yaml_place(c, file), d) || !yaml_bidi(c, file, d))
			return false;
	return true;
}
