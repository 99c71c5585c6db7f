/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Burmese in Zawgyi: the code points of Unicode in the order in which they are drawn, and with other meanings. */
#include "base/utf8.h"
#include "format/charset.h"

static bool
is_consonant(uint32_t c)
{
	return (c >= 0x1000 && c <= 0x1021) || c == 0x1025 || c == 0x1027 || c == 0x1029 || c == 0x103F || c == 0x104E ||
	    (c >= 0x1050 && c <= 0x1055) || (c >= 0x105A && c <= 0x105D) || c == 0x1061 || c == 0x1065 || c == 0x1066 ||
	    (c >= 0x106E && c <= 0x1070) || (c >= 0x1075 && c <= 0x1081) || c == 0x108E;
}

static bool
is_medial(uint32_t c)
{
	return (c >= 0x103B && c <= 0x103E) || (c >= 0x105E && c <= 0x1060) || c == 0x1082;
}

static bool
is_vowel(uint32_t c)
{
	return (c >= 0x102B && c <= 0x102E) || c == 0x1032;
}

/* +1 when only Zawgyi writes this, -1 when only Unicode does, else 0. */
static int
evidence(uint32_t before, uint32_t c, uint32_t after)
{
	bool base = is_consonant(before) || is_medial(before), next = is_consonant(after) || is_medial(after);

	switch (c) {
	case 0x1031:	/* vowel E: behind its consonant; in Zawgyi before it */
		return base == next ? 0 : next ? 1 : -1;
	case 0x1039:	/* stacks the next consonant; in Zawgyi it ends a syllable, as U+103A does in Unicode */
		return is_consonant(after) ? 0 : 1;
	case 0x103A:	/* ends a syllable; in Zawgyi a medial Y */
		return !is_consonant(before) ? 0 : is_vowel(after) ? 1 : after == 0x1038 || after < 0x1000 ? -1 : 0;
	case 0x103B:	/* medial Y; in Zawgyi the medial R, before its consonant */
		return !base && next ? 1 : 0;
	default:
		return 0;
	}
}

bool
charset_zawgyi(struct view text)
{
	uint32_t before = 0, c = 0;
	size_t at = 0;
	int sum = 0;

	while (at < text.n) {
		uint32_t after = utf8_next(text, &at);

		sum += evidence(before, c, after);
		before = c;
		c = after;
	}
	return sum + evidence(before, c, 0) > 0;
}
