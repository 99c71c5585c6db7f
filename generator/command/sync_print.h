/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync did, or would do, in words. For command/sync only. */
#pragma once
#include "command/options.h"
#include "job/sync.h"

/* Each text that changed, with what becomes of its translations: by page, all languages together. */
void sync_print_texts(const struct options *o, const struct sync *s);
/* One line a language. True when there was anything to say. */
bool sync_print_languages(const struct options *o, const struct sync *s);
