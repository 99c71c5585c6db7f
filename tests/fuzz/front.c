/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the front matter of a page: a page comes of it, or a message. */
#include <stdint.h>
#include <stdlib.h>

#include "format/charset.h"
#include "model/page.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct language en = { .source = true }, *all[] = { &en };
	struct view front, text;
	struct arena a;
	struct diags d;

	if (n > 4000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	en.lang = lang_open(&a, VIEW("en"));
	struct site site = { .arena = &a, .source = &en, .languages = all, .nlanguages = 1 };

	front = view_printf(&a, "---\n%.*s\n---\n# One\n", VIEW_ARG(view_of((const char *)data, n)));
	if (charset_text(&a, front, VIEW_NONE, VIEW("f"), &text, &d) &&
	    !page_read(&a, &site, NULL, VIEW("x.md"), text, &d) && d.list.n == 0)
		abort();
	lang_close(en.lang);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
