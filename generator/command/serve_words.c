/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the script that the preview puts into pages. */
#include "base/arena.h"
#include "command/serve_parts.h"
#include "format/json.h"

void
live_words(const struct messages *m, struct buf *out)
{
	struct json *words;
	struct arena a;

	arena_init(&a);
	words = json_object(&a);
	json_add(&a, words, "lang", json_string(&a, m ? m->tag : VIEW("en")));
	json_add(&a, words, "dir", json_string(&a, m && m->rtl ? VIEW("rtl") : VIEW("ltr")));
	for (int id = 0; id < WORD_COUNT; id++) {
		struct view name = view_str(words_name((enum word)id));

		if (view_starts(name, "live_") || view_starts(name, "state_"))
			json_add(&a, words, words_name((enum word)id), json_string(&a, words_find(m, view_str(words_english((enum word)id)))));
	}
	buf_puts(out, "document.getElementById('waypost-live').words = ");
	json_print(words, out);
	buf_puts(out, ";\n");
	arena_release(&a);
}
