/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/image.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/image.h"

static void
size_is(struct view bytes, enum image_kind kind, unsigned width, unsigned height)
{
	struct image i;

	if (image_read(bytes, &i) != (kind != IMAGE_NONE) || i.kind != kind || i.width != width || i.height != height)
		fail_msg("kind %d, %u x %u", i.kind, i.width, i.height);
}

/* All shorter beginnings of a picture, up to the last byte needed, are refused. */
static void
only_whole(struct view bytes, enum image_kind kind, unsigned width, unsigned height)
{
	size_is(bytes, kind, width, height);
	for (size_t n = 0; n < bytes.n; n++) {
		/* a copy, so that the sanitizer sees a read past the end */
		char *p = malloc(n ? n : 1);

		assert_non_null(p);
		memcpy(p, bytes.p, n);
		size_is(view_of(p, n), IMAGE_NONE, 0, 0);
		free(p);
	}
}

#define PNG "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"

static void
rasters(void **state)
{
	(void)state;
	only_whole(VIEW(PNG "\0\0\x01\x02\0\0\0\x10\x08\x06\0\0\0CRC!"), IMAGE_PNG, 258, 16);
	size_is(VIEW(PNG "\0\0\0\0\0\0\0\x10\x08\x06\0\0\0CRC!"), IMAGE_NONE, 0, 0);
	size_is(VIEW(PNG "\0\0\xFF\xFF\0\0\0\x10\x08\x06\0\0\0CRC!"), IMAGE_PNG, 65535, 16);
	size_is(VIEW(PNG "\0\x01\0\0\0\0\0\x10\x08\x06\0\0\0CRC!"), IMAGE_NONE, 0, 0);
	size_is(VIEW("\x89PNG\r\n\x1A\n\0\0\0\rIDAT\0\0\0\x01\0\0\0\x01\0\0\0\0\0\0\0\0\0\0"), IMAGE_NONE, 0, 0);
	only_whole(VIEW("GIF89a\x02\x01\x03\0\0\0\0"), IMAGE_GIF, 258, 3);
	size_is(VIEW("GIF87a\x02\0\x03\0\0\0\0"), IMAGE_GIF, 2, 3);
	size_is(VIEW("GIF89a\0\0\x03\0\0\0\0"), IMAGE_NONE, 0, 0);
	size_is(VIEW("GIF88a\x02\0\x03\0\0\0\0"), IMAGE_NONE, 0, 0);
	only_whole(VIEW("RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x8F\x01\0\x2B\x01\0"), IMAGE_WEBP, 400, 300);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x90\x41\x2C\x81"), IMAGE_WEBP, 400, 300);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x8F\xC1\x4A\0\0\0\0\0\0"), IMAGE_WEBP, 400, 300);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2B\x90\x41\x2C\x81"), IMAGE_NONE, 0, 0);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9C\x01\x2A\x90\x41\x2C\x81"), IMAGE_NONE, 0, 0);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x02\x2A\x90\x41\x2C\x81"), IMAGE_NONE, 0, 0);
	size_is(VIEW("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2E\x8F\xC1\x4A\0\0\0\0\0\0"), IMAGE_NONE, 0, 0);
	size_is(VIEW(PNG "\0\0\0\x10\0\0\0\0\x08\x06\0\0\0CRC!"), IMAGE_NONE, 0, 0);
	size_is(VIEW(PNG "\0\0\0\x10\0\x01\0\0\x08\x06\0\0\0CRC!"), IMAGE_NONE, 0, 0);
	size_is(VIEW("RIFF\0\0\0\0WAVEfmt \0\0\0\0\0\0\0\x9D\x01\x2A\x90\x41\x2C\x81"), IMAGE_NONE, 0, 0);
}

#define SOF "\xFF\xC0\0\x0B\x08\x01\x2C\x01\x90\x01\x01\x11\0"
#define EXIF(order, body) "\xFF\xE1\0\x22" "Exif\0\0" order body

static void
jpegs(void **state)
{
	(void)state;
	only_whole(VIEW("\xFF\xD8\xFF\xE0\0\x04JF" SOF), IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8\xFF\xFF\xFF\xC2\0\x0B\x08\0\x02\0\x01\x01\x01\x11\0"), IMAGE_JPEG, 1, 2);
	/* Huffman tables are no frame */
	size_is(VIEW("\xFF\xD8\xFF\xC4\0\x0B\x08\x01\x2C\x01\x90\x01\x01\x11\0" SOF), IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8\xFF\xC4\0\x0B\x08\x01\x2C\x01\x90\x01\x01\x11\0\xFF\xD9\0\x02"), IMAGE_NONE, 0, 0);
	size_is(VIEW("\xFF\xD8\xFF\xDA\0\x04JF" SOF), IMAGE_NONE, 0, 0);
	size_is(VIEW("\xFF\xD8\xFF\xE0\0\x01JF" SOF), IMAGE_NONE, 0, 0);
	size_is(VIEW("\xFF\xD8\xFF\xE0\0\x04JFx" SOF), IMAGE_NONE, 0, 0);
	/* lying on its side */
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\x08\0\0\0", "\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 300, 400);
	size_is(VIEW("\xFF\xD8" EXIF("MM\0*\0\0\0\x08", "\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 300, 400);
	size_is(VIEW("\xFF\xD8" EXIF("MM\0*\0\0\0\x08", "\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
	/* what turns nothing: no such turn, no turn at all, an order of bytes that nobody has, too short, not Exif */
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\x08\0\0\0", "\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\x08\0\0\0", "\x02\0\x00\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\x08\0\0\0", "\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8" EXIF("XX*\0\x08\0\0\0", "\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8\xFF\xE1\0\x0A" "Exif\0\0II" SOF), IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8\xFF\xE1\0\x22" "http:/II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0" SOF),
	    IMAGE_JPEG, 400, 300);
	/* two pieces of Exif: the first that turns counts */
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\x08\0\0\0", "\x01\0\x12\x01\x03\0\x01\0\0\0\x05\0\0\0\0\0\0\0")
	    EXIF("II*\0\x08\0\0\0", "\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0") SOF), IMAGE_JPEG, 300, 400);
	/* markers without a length; a frame that is too short; arithmetic coding and an extension are no frames */
	size_is(VIEW("\xFF\xD8\xFF\x01\xFF\xD0\xFF\xD7" SOF), IMAGE_JPEG, 400, 300);
	size_is(VIEW("\xFF\xD8\xFF\xC0\0\x07\x08\x01\x2C\x01\x90\x01\x01"), IMAGE_NONE, 0, 0);
	size_is(VIEW("\xFF\xD8\xFF\xC8\0\x04JF\xFF\xCC\0\x04JF\xFF\xBF\0\x04JF\xFF\xCF\0\x0B\x08\x01\x2C\x01\x90\x01\x01\x11\0"), IMAGE_JPEG, 400, 300);
	/* directory outside the segment */
	size_is(VIEW("\xFF\xD8" EXIF("II*\0\xF0\xFF\xFF\xFF", "\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0") SOF),
	    IMAGE_JPEG, 400, 300);
}

static void
svgs(void **state)
{
	(void)state;
	size_is(VIEW("<svg width=\"10\" height='20'/>"), IMAGE_SVG, 10, 20);
	size_is(VIEW("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- > --><svg\n width = \"10px\"\n height=\"1in\">"), IMAGE_SVG, 10, 96);
	size_is(VIEW("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 30 40\">"), IMAGE_SVG, 30, 40);
	size_is(VIEW("<!DOCTYPE svg PUBLIC \"x\"><svg:svg viewBox=\"-1,-1,30.4,40.6\">"), IMAGE_SVG, 30, 41);
	size_is(VIEW("<svg width=\"60\" viewBox=\"0 0 30 40\">"), IMAGE_SVG, 60, 80);
	size_is(VIEW("<svg height=\"60\" viewBox=\"0 0 30 40\">"), IMAGE_SVG, 45, 60);
	size_is(VIEW("<svg width=\"100%\" height=\"2em\" viewBox=\"0 0 30 40\">"), IMAGE_SVG, 30, 40);
	size_is(VIEW("<svg data-width=\"7\" title=\"a > b width='9'\" width=\"25.4mm\" height=\"72pt\">"), IMAGE_SVG, 96, 96);
	size_is(VIEW("<svg>"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg viewBox=\"0 0 30\">"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg width=\"-5\" height=\"x\">"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg width=10 height=\"3\">"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg\rwidth=\" +5 \"\theight=\"6.\">"), IMAGE_SVG, 5, 6);
	size_is(VIEW("<svg width=\"1.2.3\" height=\"1e3\" viewBox=\"0 0 0 5\">"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg viewBox=\"0 0 5 -1\">"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg viewBox=\"0\t0\n5\r,7\" width=\"\"/>"), IMAGE_SVG, 5, 7);
	size_is(VIEW("<svg/>"), IMAGE_SVG, 0, 0);
	size_is(VIEW("<svg\twidth=\"3\" height=\"4\" hidden>"), IMAGE_SVG, 3, 4);
	{
		char digits[500];

		/* longer than any number */
		snprintf(digits, sizeof digits, "<svg width=\"%0400d\" height=\"3\">", 0);
		memset(digits + 12, '9', 400);
		size_is(view_str(digits), IMAGE_SVG, 0, 3);
	}
	size_is(VIEW("<a>"), IMAGE_NONE, 0, 0);
	size_is(VIEW("<svg width=\"70000\" height=\"1\">"), IMAGE_NONE, 0, 0);
	size_is(VIEW("<svg width=\"1\" viewBox=\"0 0 .0001 99999\">"), IMAGE_NONE, 0, 0);
	size_is(VIEW("<svg width=\"10\" height=\"20\""), IMAGE_NONE, 0, 0);
	size_is(VIEW("<svgx width=\"10\">"), IMAGE_NONE, 0, 0);
	size_is(VIEW("<html><svg>"), IMAGE_NONE, 0, 0);
	size_is(VIEW("<!-- no end"), IMAGE_NONE, 0, 0);
	size_is(VIEW("text"), IMAGE_NONE, 0, 0);
	size_is(VIEW_NONE, IMAGE_NONE, 0, 0);
}

static void
safe_svgs(void **state)
{
	static const char *const rows[] = {
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1\" transform=\"rotate(3)\"/></svg>",
		"\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<svg/>",
		"<svg><defs><g id=\"a\"/></defs><use href=\"#a\" xlink:href=' #a'/><rect fill=\"url(#a)\" style=\"mask:url('#b')\"/></svg>",
		"<svg><image href=\"data:image/png;base64,AAAA//8=\"/></svg>",
		"<svg><style>.a{fill:red}</style><style><![CDATA[.b>c{fill:url(#a)}]]></style></svg>",
		"<svg><!-- <script> http://a --><text>javascript: &amp; &#233; &lt;script&gt; onclick=\"x\"</text></svg>",
		"<svg><metadata><rdf:li rdf:resource=\"http://a\"/></metadata><title>url(http://a)</title></svg>",
		"<svg><animate attributeName=\"opacity\" to=\"1\"/></svg>",
		"<?xml version='1.0' encoding='US-ASCII'?><svg\r\n/>",
		"<?xml version=\"1.0\"?><svg xml:lang=\"fr\" xml:space=\"preserve\" inkscape:label=\"a (b\"/>",
		"<svg><metadata><x sodipodi:href=\"http://a\"/></metadata><style/><path d=\"M0 0\"/></svg >",
		"<svg><image href=\"data:image/jpeg;base64,/9j/\"/><image href=\"data:image/gif;base64,R0\"/></svg>",
		"<svg fill=\"url()\" stroke=\"url(&quot;#a&quot;)\">&#xe9;&#x1F600;</svg>",
		"<svg fill=\"url(\"/>",
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!image_svg_safe(view_str(rows[i]), &why))
			fail_msg("%s: %s", rows[i], why);
}

static const struct {
	const char *svg, *why;
} unsafe_rows[] = {
	{ "<svg><script>x</script></svg>", "a script" },
	{ "<svg><SCRIPT/></svg>", "a script" },
	{ "<svg><s:script xmlns:s=\"http://www.w3.org/2000/svg\"/></svg>", "a script" },
	{ "<svg onload=\"x\"/>", "an event attribute" },
	{ "<svg\nONload\n=\n'x'/>", "an event attribute" },
	{ "<svg><foreignObject/></svg>", "a foreignObject" },
	{ "<!DOCTYPE svg><svg/>", "a DOCTYPE" },
	{ "<!doctype svg><svg/>", "a DOCTYPE" },
	{ "<!ENTITY a 'b'><svg/>", "an entity" },
	{ "<svg>&a;</svg>", "an entity" },
	{ "<svg x=\"&a;\"/>", "an entity" },
	{ "<svg>&#x110000;</svg>", "an entity" },
	{ "<svg>&</svg>", "an entity" },
	{ "<svg>&#1g;</svg>", "an entity" },
	{ "<svg>&#x;</svg>", "an entity" },
	{ "<svg>&#/;</svg>", "an entity" },
	{ "<svg>&#12345678901234567890123456789012345;</svg>", "an entity" },
	{ "<svg><a href=\"&#x6A;&#X61;vascript:x\"/></svg>", "an entity" },
	{ "<svg><a href=\"&#x6A;&#x61;vascript:x\"/></svg>", "an address outside the file" },
	{ "<svg><a href=\" \t\"/><a href=\"\n//a\"/></svg>", "an address outside the file" },
	{ "<svg fill=\"url( \t'#a')\" mask=\"url('//a')\"/>", "an address outside the file" },
	{ "<svg xmlns:m=\"http://www.w3.org/1998/Math/MathML\"/>", "elements of another format" },
	{ "<svg xmlns:e=\"http://www.w3.org/2001/xml-events\"/>", "elements of another format" },
	{ "<svg><set attributeName=\"onload\" to=\"x\"/></svg>", "an animated address" },
	{ "<svg><set attributeName=\"src\" to=\"x\"/></svg>", "an animated address" },
	{ "<svg>&#;</svg>", "an entity" },
	{ "<?xml-stylesheet href=\"a.css\"?><svg/>", "a processing instruction" },
	{ "<svg/><?php x ?>", "a processing instruction" },
	{ " <?xml version=\"1.0\"?><svg/>", "a processing instruction" },
	{ "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg/>", "an encoding other than UTF-8" },
	{ "\xFF\xFE<svg/>", "an encoding other than UTF-8" },
	{ "<svg><a href=\"http://a\"/></svg>", "an address outside the file" },
	{ "<svg><a xlink:href=\"javascript:x\"/></svg>", "an address outside the file" },
	{ "<svg><a href=\"&#106;avascript&#x3A;x\"/></svg>", "an address outside the file" },
	{ "<svg><use href=\"b.svg#a\"/></svg>", "an address outside the file" },
	{ "<svg><use href=\"data:image/svg+xml;base64,AA\"/></svg>", "an address outside the file" },
	{ "<svg><image href=\"//host/a.png\"/></svg>", "an address outside the file" },
	{ "<svg xml:base=\"http://a\"/>", "an address outside the file" },
	{ "<svg fill=\"url(http://a)\"/>", "an address outside the file" },
	{ "<svg fill=\"URL( 'a.svg#b')\"/>", "an address outside the file" },
	{ "<svg fill=\"u\\72l(http://a)\"/>", "an escape in a style" },
	{ "<svg style=\"fill:url(#a);mask:url(//a)\"/>", "an address outside the file" },
	{ "<svg><style>@import 'a.css';</style></svg>", "an address outside the file" },
	{ "<svg><style>@imp<!-- x -->ort 'a.css';</style></svg>", "an address outside the file" },
	{ "<svg><style>@imp<![CDATA[ort 'a.css']]></style></svg>", "an address outside the file" },
	{ "<svg><style>a<style>b</style>@import 'a.css';</style></svg>", "an address outside the file" },
	{ "<svg><style>@\\69mport 'a.css';</style></svg>", "an escape in a style" },
	{ "<svg><style>&#64;import 'a.css';</style></svg>", "an address outside the file" },
	{ "<svg><style>x", "a tag that is not well-formed" },
	{ "<svg><set attributeName=\"href\" to=\"#a\"/></svg>", "an animated address" },
	{ "<svg><animate attributeName=\"xlink:href\"/></svg>", "an animated address" },
	{ "<svg xmlns:h=\"http://www.w3.org/1999/xhtml\"/>", "elements of another format" },
	{ "<svg><iframe/></svg>", "elements of another format" },
	{ "<svg a=b/>", "a tag that is not well-formed" },
	{ "<svg a=\"b/>", "a tag that is not well-formed" },
	{ "<svg a/>", "a tag that is not well-formed" },
	{ "<svg", "a tag that is not well-formed" },
	{ "<", "a tag that is not well-formed" },
	{ "<svg / x=\"1\">", "a tag that is not well-formed" },
	{ "</svg", "a tag that is not well-formed" },
	{ "<svg><!-- x", "a tag that is not well-formed" },
	{ "<!x>", "a declaration" },
	{ "<svg></svg x>", "a tag that is not well-formed" },
	{ "<svg a=\"<\"/>", "a tag that is not well-formed" },
	{ "<svg a=", "a tag that is not well-formed" },
	{ "<svg a", "a tag that is not well-formed" },
	{ "<svg =\"x\"/>", "a tag that is not well-formed" },
	{ "<svg>&#x@;</svg>", "an entity" },
	{ "<svg>&#xg;</svg>", "an entity" },
	{ "<svg>&#X1F600;</svg>", "an entity" },
	{ "<svg><image href=\"data:image/pngx;base64,AA\"/></svg>", "an address outside the file" },
	{ "<svg><image href=\"data:image/png\"/></svg>", "an address outside the file" },
	{ "<svg><image href=\"data:text/html,x\"/></svg>", "an address outside the file" },
	{ "<?xml?><svg/>", "a processing instruction" },
	{ "<?xmlx version=\"1.0\"?><svg/>", "a processing instruction" },
	{ "<?xml version=\"1.0\"><svg/>", "a processing instruction" },
	{ "<?xml version=\"1.0\" encoding=?><svg/>", "an encoding other than UTF-8" },
};

static void
unsafe_svgs(void **state)
{
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof unsafe_rows / sizeof *unsafe_rows; i++) {
		if (image_svg_safe(view_str(unsafe_rows[i].svg), &why))
			fail_msg("%s is safe", unsafe_rows[i].svg);
		if (strcmp(why, unsafe_rows[i].why) != 0)
			fail_msg("%s: %s", unsafe_rows[i].svg, why);
	}
	assert_false(image_svg_safe(VIEW("<svg>\0</svg>"), &why));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rasters),
		cmocka_unit_test(jpegs),
		cmocka_unit_test(svgs),
		cmocka_unit_test(safe_svgs),
		cmocka_unit_test(unsafe_svgs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
