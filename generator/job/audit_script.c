/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which script a letter is of: blocks of Unicode, enough to tell that a text is in another script than its language. */
#include "base/utf8.h"
#include "format/lang.h"
#include "job/audit_text.h"

static const struct block {
	const char *scripts;	/* all that are written with it, four letters each */
	uint32_t first, last;
} blocks[] = {
	{ "Latn", 0x41, 0x5A }, { "Latn", 0x61, 0x7A }, { "Latn", 0xAA, 0xAA }, { "Latn", 0xBA, 0xBA },
	{ "Latn", 0xC0, 0x2AF }, { "Latn", 0x1E00, 0x1EFF }, { "Latn", 0x2C60, 0x2C7F }, { "Latn", 0xA720, 0xA7FF },
	{ "Latn", 0xAB30, 0xAB6F }, { "Grek", 0x370, 0x3FF }, { "Grek", 0x1F00, 0x1FFF }, { "Cyrl", 0x400, 0x52F },
	{ "Cyrl", 0x1C80, 0x1C8F }, { "Cyrl", 0x2DE0, 0x2DFF }, { "Cyrl", 0xA640, 0xA69F }, { "Armn", 0x530, 0x58F },
	{ "Hebr", 0x590, 0x5FF }, { "Hebr", 0xFB1D, 0xFB4F }, { "Arab Aran", 0x600, 0x6FF }, { "Syrc", 0x700, 0x74F },
	{ "Arab Aran", 0x750, 0x77F }, { "Thaa", 0x780, 0x7BF }, { "Nkoo", 0x7C0, 0x7FF }, { "Arab Aran", 0x870, 0x8FF },
	{ "Deva", 0x900, 0x97F }, { "Beng", 0x980, 0x9FF }, { "Guru", 0xA00, 0xA7F }, { "Gujr", 0xA80, 0xAFF },
	{ "Orya", 0xB00, 0xB7F }, { "Taml", 0xB80, 0xBFF }, { "Telu", 0xC00, 0xC7F }, { "Knda", 0xC80, 0xCFF },
	{ "Mlym", 0xD00, 0xD7F }, { "Sinh", 0xD80, 0xDFF }, { "Thai", 0xE00, 0xE7F }, { "Laoo", 0xE80, 0xEFF },
	{ "Tibt", 0xF00, 0xFFF }, { "Mymr", 0x1000, 0x109F }, { "Geor", 0x10A0, 0x10FF }, { "Kore Hang", 0x1100, 0x11FF },
	{ "Ethi", 0x1200, 0x139F }, { "Cher", 0x13A0, 0x13FF }, { "Cans", 0x1400, 0x167F }, { "Khmr", 0x1780, 0x17FF },
	{ "Mong", 0x1800, 0x18AF }, { "Khmr", 0x19E0, 0x19FF }, { "Olck", 0x1C50, 0x1C7F }, { "Geor", 0x1C90, 0x1CBF },
	{ "Geor", 0x2D00, 0x2D2F }, { "Tfng", 0x2D30, 0x2D7F }, { "Ethi", 0x2D80, 0x2DDF }, { "Jpan Kana Hira", 0x3040, 0x30FF },
	{ "Kore Hang", 0x3130, 0x318F }, { "Hans Hant Hani Jpan Kore", 0x3400, 0x9FFF }, { "Deva", 0xA8E0, 0xA8FF },
	{ "Mymr", 0xA9E0, 0xA9FF }, { "Mymr", 0xAA60, 0xAA7F }, { "Ethi", 0xAB00, 0xAB2F }, { "Kore Hang", 0xAC00, 0xD7AF },
	{ "Hans Hant Hani Jpan Kore", 0xF900, 0xFAFF }, { "Arab Aran", 0xFB50, 0xFDFF }, { "Arab Aran", 0xFE70, 0xFEFC },
	{ "Latn", 0xFF21, 0xFF5A }, { "Adlm", 0x1E900, 0x1E95F }, { "Hans Hant Hani Jpan Kore", 0x20000, 0x3FFFF },
};

static bool
is_written_with(const struct block *b, struct view script)
{
	struct view names = view_str(b->scripts);

	return script.n && view_search(names, script) < names.n;
}

bool
audit_has_script(struct view text, struct view script)
{
	const size_t n = sizeof blocks / sizeof *blocks;
	bool known = false;
	size_t at = 0;

	while (at < text.n) {
		uint32_t c = utf8_next(text, &at);

		if (!lang_letter(c))
			continue;
		for (size_t i = 0; i < n; i++)
			if (c >= blocks[i].first && c <= blocks[i].last && is_written_with(&blocks[i], script))
				return true;
	}
	for (size_t i = 0; i < n && !known; i++)
		known = is_written_with(&blocks[i], script);
	return !known;
}
