/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes format/charset: the first byte chooses one of the charsets; what is let through is clean UTF-8. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/lang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view names, name, bytes, text;
	struct arena a;
	struct diags d;

	if (n < 1 || n > 8000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	bytes = view_of((const char *)data + 1, n - 1);
	names = charset_names(&a);
	for (unsigned i = 0; view_cut(&names, ',', &name) && i < data[0] % 48U; i++)
		continue;
	if (charset_text(&a, bytes, view_trim(name), VIEW("f"), &text, &d)) {
		if (utf8_invalid(text) < text.n || !text_check(text, VIEW("f"), &d) || !lang_is_nfc(lang_nfc(&a, text)))
			abort();
		charset_zawgyi(text);
	} else if (d.list.n == 0) {
		abort();
	}
	charset_suggest(&a, bytes);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
