/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of job/fonts share. Nobody else may include it. */
#pragma once
#include "base/work.h"
#include "format/font.h"
#include "job/fonts.h"

/* A font of the site, for one or more languages. */
struct fonts_face {
	struct view key;		/* "ethi": names its product and its family, wp-ethi */
	struct view file;		/* where it was read, for messages */
	struct view script;		/* ISO 15924 */
	struct view bytes;
	struct font *font;
	struct view product;		/* "assets/fonts/ethi.woff2" */
	struct view names;		/* the font of names alone: "assets/fonts/ethi-name.woff2" */
	bool spare;			/* devices have another font for these letters: pages need not change while they are read */
	uint64_t digest;		/* of the bytes and of what makes the subset */
};

/* FONTS_NONE: the owner wants none or the script needs none; FONTS_LOST: it should have one that is not there. */
enum { FONTS_NONE = -1, FONTS_LOST = -2 };

/* Texts in one language, each once. */
struct fonts_words {
	struct map text, names;		/* text to any non-NULL; names: of the language, for lists of languages elsewhere */
	uint64_t ascii[2];		/* bits of the ASCII signs in texts that are no letters */
};

struct fonts {
	struct world *world;
	struct list faces;		/* of struct fonts_face */
	int *face_of;			/* one a language, by index: into faces, or FONTS_NONE, FONTS_LOST */
	struct fonts_words *words;	/* one a language */
	bool packed;			/* WOFF2, else as they are */
	struct font **cards, *latin;	/* one a language, for pictures; NULL: there is none */
	struct list cards_bytes;	/* of struct view: their files */
	uint64_t cards_digest;		/* of what these are known by */
	struct list outer;		/* of struct view: paths of this computer that were looked at */
};

static inline struct fonts_face *
fonts_face_of(const struct fonts *f, const struct language *l)
{
	int at = f->face_of[l->index];

	return at >= 0 ? LIST_AT(&f->faces, struct fonts_face, at) : NULL;
}

/* Finds the face of each language, reporting what is missing. */
void fonts_find(struct fonts *f, const bool *published);
/* The family that the table names for a language, whether pages get it or not; NULL when it names none. */
const char *fonts_family(const struct lang *l);
/* Closes what fonts_cards_open has opened. */
void fonts_cards_close(struct fonts *f);
/* Bytes by the name of a family in the font folders of this computer: WAYPOST_FONTS (folders with ':' between), else those of the system. False
 * when there is none; *file then is empty. */
struct fonts_folders;
/* outer takes the paths that are looked at. */
struct fonts_folders *fonts_folders_open(struct arena *a, struct list *outer);
bool fonts_folders_read(struct fonts_folders *x, struct view family, struct view *file, struct view *bytes, struct diags *d);
/* The same as file_map gives it, without a word. */
bool fonts_folders_map(struct fonts_folders *x, struct view family, struct view *bytes, struct file_facts *facts);
/* Whether fonts_folders_read would find it; nothing is opened. */
bool fonts_folders_has(struct fonts_folders *x, struct view family);

/* What was made of a face: its range of code points, its names as a font, and their range. */
struct fonts_made {
	bool there;
	struct view range, names, names_range;
};
/* The sheet of every page, in which fonts are files; and the sheet of pages that show names of languages at once, with their letters inside. */
void fonts_css(const struct fonts *f, const struct fonts_made *made, struct buf *out);
void fonts_names_css(const struct fonts *f, const struct fonts_made *made, struct buf *out);
void fonts_licence(const struct fonts *f, struct arena *a, struct buf *out);
extern const char fonts_ofl[];	/* the SIL Open Font License 1.1 */

#define FONTS_CSS VIEW("assets/fonts.css")
#define FONTS_NAMES VIEW("assets/names.css")
#define FONTS_LICENCE VIEW("assets/fonts/licence.txt")
