/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in HTML a place of a template is: a small machine, byte by byte. */
#include "model/template_parts.h"

#include <ctype.h>

static bool
is_raw_element(const struct html_context *h)
{
	static const char *const names[] = { "title", "textarea", "script", "style" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (view_is(view_of(h->name, h->n), names[i]))
			return true;
	return false;
}

static void
html_name(struct html_context *h, char c)
{
	if (h->n < HTML_NAME_MAX)
		h->name[h->n++] = (char)tolower((unsigned char)c);
	else
		h->name[0] = '\0';
}

/* The end of a raw element is "</" and its name. */
static void
html_raw(struct html_context *h, char c)
{
	if (h->seen >= 2 && tolower((unsigned char)c) == h->name[h->seen - 2])
		h->seen++;
	else if (h->seen == 1 && c == '/')
		h->seen = 2;
	else
		h->seen = c == '<';
	if (h->seen == h->n + 2)
		*h = (struct html_context){ .state = HTML_TAG };
}

static void
html_comment(struct html_context *h, char c)
{
	if (c == '-')
		h->seen = h->seen < 2 ? (unsigned char)(h->seen + 1) : 2;
	else if (c == '>' && h->seen == 2)
		*h = (struct html_context){ .state = HTML_TEXT };
	else
		h->seen = 0;
}

static void
html_less(struct html_context *h, char c)
{
	*h = (struct html_context){ .state = HTML_TEXT };
	if (isalpha((unsigned char)c)) {
		h->state = HTML_NAME;
		html_name(h, c);
	} else if (c == '/' || c == '?') {
		h->state = HTML_TAG;
	} else if (c == '!') {
		h->state = HTML_BANG;
	} else if (c == '<') {
		h->state = HTML_LESS;
	}
}

static void
html_tag(struct html_context *h, char c)
{
	if (c == '"' || c == '\'') {
		h->state = HTML_QUOTED;
		h->quote = c;
	} else if (c == '>') {
		h->state = is_raw_element(h) ? HTML_RAW : HTML_TEXT;
		h->seen = 0;
	} else {
		h->state = HTML_TAG;
	}
}

static void
html_byte(struct html_context *h, char c)
{
	switch (h->state) {
	case HTML_TEXT:
		if (c == '<')
			h->state = HTML_LESS;
		break;
	case HTML_LESS:
		html_less(h, c);
		break;
	case HTML_BANG:
		if (c != '-')
			html_tag(h, c);
		else if (++h->seen == 2)
			*h = (struct html_context){ .state = HTML_COMMENT };
		break;
	case HTML_NAME:
		if (isalnum((unsigned char)c) || c == '-')
			html_name(h, c);
		else
			html_tag(h, c);
		break;
	case HTML_TAG:
		html_tag(h, c);
		break;
	case HTML_QUOTED:
		if (c == h->quote)
			h->state = HTML_TAG;
		break;
	case HTML_RAW:
		html_raw(h, c);
		break;
	case HTML_COMMENT:
		html_comment(h, c);
		break;
	}
}

void
template_html(struct html_context *h, struct view text)
{
	for (size_t i = 0; i < text.n; i++)
		html_byte(h, text.p[i]);
}
