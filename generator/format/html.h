/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that is XML as well, and what of HTML and of addresses we let in. Can be used by models and jobs. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

struct arena;

/* Text between tags: & < > become entities; '"' too, as cmark does. */
void html_text(struct buf *b, struct view text);
/* Text inside a double-quoted attribute. */
void html_attr(struct buf *b, struct view text);
/* Text inside an attribute in quotes of either kind. */
void html_quoted(struct buf *b, struct view text);
/* An address inside a double-quoted attribute: percent-encodes what a URI may not hold (as cmark's houdini does), then & and '. */
void html_href(struct buf *b, struct view url);
/* Plain text of HTML we made: tags dropped, entities decoded. */
void html_plain(struct buf *b, struct view html);

/* What one raw tag in Markdown is. */
enum html_tag_kind { HTML_TAG_NONE, HTML_TAG_OPEN, HTML_TAG_CLOSE, HTML_TAG_EMPTY, HTML_TAG_COMMENT };
struct html_tag {
	enum html_tag_kind kind;	/* NONE: not a whole tag, or one we do not know how to read */
	struct view name;		/* lower case, in the arena */
	struct view attrs;		/* allowed attributes, printed our way with a leading space: ` title="x"`; in the arena */
	bool allowed;			/* element is on the list for source pages and all its attributes are allowed */
	bool inline_ok;			/* may stand inside a segment (not details, summary ...) */
	bool target_ok;			/* may stand in any translation: em strong b i br sub sup bdi */
	bool is_void;			/* br, wbr, hr */
};
/* Reads one raw tag or comment, from '<' to '>'. Attributes: title, lang, dir on all; open on details; datetime on time. */
void html_tag_read(struct arena *a, struct view raw, struct html_tag *tag);

enum url_kind { URL_BAD, URL_EMPTY, URL_FRAGMENT, URL_RELATIVE, URL_REMOTE };
/*
 * What an address is, after reading it as a browser would (C0 and blanks stripped at the ends; tab, CR, LF removed inside;
 * scheme without case). URL_REMOTE is http, https, mailto, tel. URL_BAD is every other scheme, '//host', a backslash,
 * control characters. Source: trust.md 1.2, an allow-list.
 */
enum url_kind html_url_kind(struct view url);
