/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to clean UTF-8 text. For models and commands; iconv stays in charset.c. */
#pragma once
#include <stdbool.h>

#include "base/diag.h"

/*
 * Makes text of a file's bytes: charset to UTF-8 (strict: one impossible byte refuses the file, with line and byte), BOM
 * removed, CRLF and CR to LF, then text_check. charset NULL or empty means UTF-8. Names are compared without case, '-', '_';
 * about 40 are allowed (aliases of ours: Shift_JIS means CP932, latin1 means windows-1252, gb2312 means GB18030 ...).
 * No NFC here: that is lang_nfc. Result in the arena (or in the input when nothing had to change). False after a message.
 */
bool charset_text(struct arena *a, struct view bytes, struct view charset, struct view file, struct view *text,
    struct diags *d);
/* Checks UTF-8 text: well-formed; no C0/C1 control or NUL; no U+0085, U+2028, U+2029. False after a message with place. */
bool text_check(struct view text, struct view file, struct diags *d);
/* Checks text of pages and data for U+202A-202E and U+2066-2069, which can reorder or hide what a reader sees. False after a message at the first. */
bool text_bidi(struct view text, struct view file, struct diags *d);
/* Whether the charset is allowed. */
bool charset_known(struct view charset);
/* The allowed names, for messages: "utf-8, windows-1252, ...". */
struct view charset_names(struct arena *a);
/* The names of up to three allowed charsets that decode the bytes to something like prose, best first ("windows-1251 or
 * koi8-r"), for advice; empty when there are none. In the arena. Nothing is ever decoded by such a guess. */
struct view charset_suggest(struct arena *a, struct view bytes);
/* Whether text looks like Burmese in Zawgyi, a font's own order of the code points, and not in Unicode. */
bool charset_zawgyi(struct view text);
