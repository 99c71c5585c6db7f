/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON on one line. What HTML or a script would take for its own is escaped: '<', U+2028, U+2029. */
#include "job/desk_json.h"

static void
put_string(struct buf *b, struct view v)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < v.n; i++) {
		unsigned char c = (unsigned char)v.p[i];

		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c < 0x20 || c == '<' || c == 0x7F)
			buf_printf(b, "\\u%04x", c);
		else if (c == 0xE2 && i + 2 < v.n && v.p[i + 1] == '\x80' && (v.p[i + 2] == '\xA8' || v.p[i + 2] == '\xA9'))
			buf_printf(b, "\\u202%c", v.p[i += 2] == '\xA8' ? '8' : '9');
		else
			buf_addc(b, v.p[i]);
	}
	buf_addc(b, '"');
}

static void
begin(struct desk_json *j, const char *key)
{
	if (j->more)
		buf_addc(j->b, ',');
	j->more = true;
	if (key) {
		put_string(j->b, view_str(key));
		buf_addc(j->b, ':');
	}
}

void
desk_open(struct desk_json *j, const char *key, char bracket)
{
	begin(j, key);
	buf_addc(j->b, bracket);
	j->more = false;
}

void
desk_close(struct desk_json *j, char bracket)
{
	buf_addc(j->b, bracket);
	j->more = true;
}

void
desk_text(struct desk_json *j, const char *key, struct view text)
{
	begin(j, key);
	put_string(j->b, text);
}

void
desk_maybe(struct desk_json *j, const char *key, struct view text)
{
	if (text.n)
		desk_text(j, key, text);
}

void
desk_number(struct desk_json *j, const char *key, size_t n)
{
	begin(j, key);
	buf_printf(j->b, "%zu", n);
}

void
desk_true(struct desk_json *j, const char *key, bool truth)
{
	if (!truth)
		return;
	begin(j, key);
	buf_puts(j->b, "true");
}
