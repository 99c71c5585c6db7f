/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ZIM: the format is described by openzim.org. */
#include "job/zim.h"

#include "base/program.h"
#include "base/utf8.h"
#include "format/digest.h"
#include "format/image.h"
#include "job/assemble.h"
#include "job/version.h"

/* Offsets in the header, sizes, and what Kiwix shows of a description. */
enum { UUID_AT = 8, UUID_BYTES = 16, CHECKSUM_AT = 72, HEADER_BYTES = 80, MD5_BYTES = 16, ZIM_MAX_BYTES = 1 << 30, DESCRIPTION_MAX = 80,
	ICON_PIXELS = 48, SECONDS = 900, ARGUMENTS = 32 };

/* Overwrites 16 bytes with a UUID of version 4 made of a digest. */
static void
put_uuid(struct buf *zim, size_t at, const char *hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < UUID_BYTES; i++)
		zim->p[at + i] = (char)((strchr(digits, hex[2 * i]) - digits) << 4 | (strchr(digits, hex[2 * i + 1]) - digits));
	zim->p[at + 6] = (char)((zim->p[at + 6] & 0x0F) | 0x40);
	zim->p[at + 8] = (char)((zim->p[at + 8] & 0x3F) | 0x80);
}

/* The next index of Xapian at or behind a place: its UUID stands behind this and two bytes of a version. zim->n when there is none. */
static size_t
next_index(const struct buf *zim, size_t at)
{
	static const char magic[] = "\x0F\x0DXapian Glass";
	size_t skip = sizeof magic - 1 + 2;

	at += view_search(view_slice(view_buf(zim), at, zim->n), VIEW("\x0F\x0DXapian Glass"));
	return at + skip + UUID_BYTES <= zim->n ? at + skip : zim->n;
}

static uint64_t
get_number(const struct buf *zim, size_t at)
{
	uint64_t n = 0;

	for (size_t i = 8; i > 0; i--)
		n = n << 8 | (unsigned char)zim->p[at + i - 1];
	return n;
}

bool
zim_fix(struct buf *zim)
{
	struct buf hex;
	uint64_t end;

	if (zim->n < HEADER_BYTES + MD5_BYTES || !view_starts(view_buf(zim), "ZIM\x04"))
		return false;
	end = get_number(zim, CHECKSUM_AT);
	if (end != zim->n - MD5_BYTES)
		return false;
	memset(zim->p + UUID_AT, 0, UUID_BYTES);
	for (size_t at = next_index(zim, 0); at < zim->n; at = next_index(zim, at))
		memset(zim->p + at, 0, UUID_BYTES);
	buf_init(&hex);
	digest_hex(&hex, view_slice(view_buf(zim), 0, end));
	for (size_t at = next_index(zim, 0); at < zim->n; at = next_index(zim, at))
		put_uuid(zim, at, hex.p + (size_t)2 * UUID_BYTES);
	put_uuid(zim, UUID_AT, hex.p);
	digest_md5(zim->p + end, view_slice(view_buf(zim), 0, end));
	buf_release(&hex);
	return true;
}

static bool
has_icon(const struct edition *e, struct diags *d)
{
	const struct edition_file *f = edition_find(e, VIEW(ZIM_ICON));
	struct image image;
	struct view bytes;

	if (f && edition_bytes(e, f, e->arena, &bytes) && image_read(bytes, &image) && image.kind == IMAGE_PNG && image.width == ICON_PIXELS &&
	    image.height == ICON_PIXELS)
		return true;
	diag(d, pack_icon, PLACE_NONE, VIEW(ZIM_ICON));
	return false;
}

/* What the file is about, as it is told to the program. */
struct about {
	struct view title, description, languages, name, welcome;
};

static struct view
shorten(struct arena *a, struct view text)
{
	size_t n = text.n;

	if (utf8_count(text) <= DESCRIPTION_MAX)
		return text;
	while (n > 0 && (text.p[n - 1] != ' ' || utf8_count(view_slice(text, 0, n)) > DESCRIPTION_MAX))
		n--;
	if (n == 0)
		n = utf8_head(text, DESCRIPTION_MAX - 2).n;
	return view_printf(a, "%.*s…", VIEW_ARG(view_trim(view_slice(text, 0, n))));
}

static void
describe(const struct edition *e, struct about *about)
{
	const struct site *site = &e->world->site;
	struct language *only = NULL;
	struct locale locale;
	struct diags quiet;
	struct buf codes;
	size_t n = 0;

	buf_init(&codes);
	for (size_t k = 0; k < site->nlanguages; k++) {
		if (!e->languages[k])
			continue;
		only = site->languages[k];
		buf_printf(&codes, "%s%.*s", n++ ? "," : "", VIEW_ARG(lang_iso639_3(only->lang, e->arena)));
	}
	diags_init(&quiet);
	locale_open(&locale, e->arena, e->world, n == 1 ? only : site->source, false, &quiet);
	about->title = locale.strings.choices[STRINGS_TITLE].text;
	about->description = shorten(e->arena, site->description.n ? locale.strings.choices[STRINGS_DESCRIPTION].text : about->title);
	about->languages = view_copy(e->arena, view_buf(&codes));
	about->name = view_printf(e->arena, "%.*s-%.*s", VIEW_ARG(page_slug(e->arena, site->title, "site")), VIEW_ARG(site->id));
	about->welcome = n == 1 ? view_printf(e->arena, "%.*s/index.html", VIEW_ARG(only->folder)) : VIEW("index.html");
	diags_release(&quiet);
	buf_release(&codes);
}

/* The program writes today's date into the file, packed, so that it cannot be changed later. With faketime its today is the edition's day. */
static void
add_clock(const struct edition *e, const char **arguments, size_t *n)
{
	static const char *const names[] = { "faketime", NULL };
	struct view clock = program_find(e->arena, names);

	if (clock.n == 0 || e->release.date.n == 0)
		return;
	arguments[(*n)++] = clock.p;
	arguments[(*n)++] = "-f";
	arguments[(*n)++] = view_printf(e->arena, "@%.*s 12:00:00", VIEW_ARG(e->release.date)).p;
}

static bool
run(const struct edition *e, const struct program_folder *f, struct view program, struct view *why)
{
	const char *arguments[ARGUMENTS];
	struct about about;
	size_t n = 0;

	describe(e, &about);
	add_clock(e, arguments, &n);
	{
		const struct view own[] = { program, VIEW("-J"), VIEW("1"), VIEW("--illustration"), VIEW(ZIM_ICON), VIEW("--welcome"), about.welcome,
			VIEW("--language"), about.languages, VIEW("--title"), about.title, VIEW("--description"), about.description, VIEW("--creator"),
			e->world->site.title, VIEW("--publisher"), e->world->site.title, VIEW("--name"), about.name,
			VIEW("--scraper=waypost " WAYPOST_VERSION), e->tree.path, view_join(e->arena, f->path, VIEW("a.zim")) };

		for (size_t i = 0; i < sizeof own / sizeof *own; i++)
			arguments[n++] = view_copy(e->arena, own[i]).p;
	}
	arguments[n] = NULL;
	return program_run(f, e->arena, arguments, SECONDS, why);
}

bool
zim_write(const struct edition *e, struct view program, struct buf *out, struct diags *d)
{
	struct program_folder f;
	struct view why, bytes;
	bool good;

	if (!has_icon(e, d) || !program_open(&f, e->arena, d))
		return false;
	good = run(e, &f, program, &why);
	if (!good)
		diag(d, pack_failed, PLACE_NONE, VIEW("zimwriterfs"), why);
	good = good && file_read(&f.root, e->arena, VIEW("a.zim"), ZIM_MAX_BYTES, &bytes, d);
	if (good) {
		buf_addv(out, bytes);
		good = zim_fix(out);
		if (!good)
			diag(d, pack_failed, PLACE_NONE, VIEW("zimwriterfs"), VIEW("it made no ZIM file"));
	}
	program_close(&f);
	return good;
}
