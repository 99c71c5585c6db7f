/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes format/yaml: a refusal always has a message, and no place lies outside the file. */
#include <stdint.h>
#include <stdlib.h>

#include "format/charset.h"
#include "format/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct view text;
	struct arena a;
	struct diags d;

	arena_init(&a);
	diags_init(&d);
	if (charset_text(&a, view_of((const char *)data, n), VIEW_NONE, VIEW("f"), &text, &d) &&
	    !yaml_read(&a, text, VIEW("f"), 1, &d) && d.list.n == 0)
		abort();
	diags_release(&d);
	arena_release(&a);
	return 0;
}
