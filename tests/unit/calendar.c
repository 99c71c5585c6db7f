/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/calendar: RFC 5545, in the words of a language, with the same bytes every time. */
#include "world.h"

#include "job/assemble.h"
#include "job/calendar.h"

static void
files(struct tree *t)
{
	world_files(t);
	tree_put(t, "content/a/s.md", "---\ntitle: Sessions\nas-of: 2025-12\ncalendar: sessions\n---\nx\n");
	tree_put(t, "content/data/sessions.yaml", "translatable: [title, place]\ntypes: {number: number, begins: date, ends: date}\n"
	    "compute: {due: begins - 21 days, late: begins + 1 year}\nitems:\n"
	    "- {number: 41, title: \"41st, really\", begins: 2025-12-01, ends: 2025-12-11, place: Geneva}\n"
	    "- {number: 42, title: 42nd, begins: 2026-04, ends: ''}\n"
	    "- {title: 'Back\\slash; x', begins: 2026-12-31, ends: 2026-12-30}\n");
	tree_put(t, "themes/default/strings.yaml", "strings:\n- key: calendar-due\n  text: Reports due\n"
	    "- key: calendar-late\n  text: Too late for the {title} session, äöüäöüäöüäöüäöüäöüäöüäöüäöü it is\n");
	tree_put(t, "themes/default/page.html", "{{{content}}}");
	tree_put(t, "translations/fr/data/sessions.yaml", "segments:\n- source: 41st, really\n  target: La 41e\n");
	tree_put(t, "translations/fr/interface.yaml", "segments:\n- source: Reports due\n  target: Délai des rapports\n");
}

static const char *
ics(struct tree *t, struct world *w, const char *tag)
{
	struct buf out;
	struct locale l;
	const char *s;

	buf_init(&out);
	locale_open(&l, &t->arena, w, site_language(&w->site, view_str(tag)), false, &t->diags);
	calendar_write(&l, world_page(w, "a/s.md"), &t->arena, &out);
	s = view_copy(&t->arena, view_buf(&out)).p;
	buf_release(&out);
	return s;
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	world_make(t, &w);
	tree_said(t, "");
	assert_string_equal(ics(t, &w, "fr"),
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Waypost//Waypost 0.1.0//EN\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Sessions\r\n"
	    "BEGIN:VEVENT\r\nUID:sessions-41-begins@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20251201\r\n"
	    "DTEND;VALUE=DATE:20251212\r\nSUMMARY;LANGUAGE=fr:La 41e\r\nLOCATION;LANGUAGE=en:Geneva\r\nURL:https://x.example/fr/a/s.html\r\n"
	    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nUID:sessions-41-due@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20251110\r\n"
	    "DTEND;VALUE=DATE:20251111\r\nSUMMARY;LANGUAGE=fr:La 41e: Délai des rapports\r\nURL:https://x.example/fr/a/s.html\r\n"
	    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nUID:sessions-41-late@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20261201\r\n"
	    "DTEND;VALUE=DATE:20261202\r\nSUMMARY:Too late for the La 41e session\\, äöüäöüäöüäöüäöüä\r\n öüäöüäöüäöü it is\r\n"
	    "URL:https://x.example/fr/a/s.html\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    /* a month is no event; an end before the beginning is none; without a number, the place in the file */
	    "BEGIN:VEVENT\r\nUID:sessions-3-begins@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\n"
	    "DTEND;VALUE=DATE:20270101\r\nSUMMARY;LANGUAGE=en:Back\\\\slash\\; x\r\nURL:https://x.example/fr/a/s.html\r\n"
	    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nUID:sessions-3-due@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20261210\r\n"
	    "DTEND;VALUE=DATE:20261211\r\nSUMMARY:Back\\\\slash\\; x: Délai des rapports\r\nURL:https://x.example/fr/a/s.html\r\n"
	    "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "BEGIN:VEVENT\r\nUID:sessions-3-late@site\r\nDTSTAMP:20251201T000000Z\r\nDTSTART;VALUE=DATE:20271231\r\n"
	    "DTEND;VALUE=DATE:20280101\r\nSUMMARY;LANGUAGE=en:Too late for the Back\\\\slash\\; x session\\, äöüäöü\r\n äöüäöüäöüäöüäöüäöüäöü it is\r\nURL:https://x.example/fr/a/s.html\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
	world_close(&w);
}

/* Every line fits, in bytes, and unfolded is the same; identifiers are those of the other languages. */
static void
test_lines(void **state)
{
	struct tree *t = *state;
	struct view text, line;
	struct buf words, joined;
	struct world w;

	buf_init(&words);
	buf_init(&joined);
	for (int i = 0; i < 200; i++)
		buf_puts(&words, i % 3 ? "日" : "x😀");
	files(t);
	tree_put(t, "content/data/sessions.yaml", view_printf(&t->arena, "translatable: [title]\ntypes: {begins: date}\nitems:\n"
	    "- {id: \"É 1\", title: %s, begins: 2025-12-01}\n", words.p).p);
	world_make(t, &w);
	text = view_str(ics(t, &w, "en"));
	while (view_cut(&text, '\n', &line)) {
		assert_true(line.n == 0 || line.n <= 76);
		assert_true(line.n == 0 || line.p[line.n - 1] == '\r');
		assert_true(line.n < 2 || (line.p[line.p[0] == ' '] & 0xC0) != 0x80);
		line.n -= line.n > 0;
		buf_addv(&joined, view_starts(line, " ") ? view_slice(line, 1, line.n) : line);
	}
	assert_true(view_search(view_buf(&joined), view_buf(&words)) < joined.n);
	assert_true(view_search(view_buf(&joined), VIEW("UID:sessions-1-begins@site")) < joined.n);
	buf_release(&joined);
	buf_release(&words);
	world_close(&w);
}

static void
test_context(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct locale l;
	struct buf out;

	files(t);
	tree_put(t, "themes/default/page.html", "{{page.calendar}}|\n");
	world_make(t, &w);
	buf_init(&out);
	locale_open(&l, &t->arena, &w, w.site.source, false, &t->diags);
	assert_true(assemble_page(&l, world_page(&w, "a/s.md"), &t->arena, &out, &t->diags));
	assert_true(assemble_page(&l, world_page(&w, "a/one.md"), &t->arena, &out, &t->diags));
	assert_string_equal(out.p, "s.ics|\n|\n");
	assert_true(view_is(calendar_path(&t->arena, l.language, world_page(&w, "a/s.md")), "en/a/s.ics"));
	buf_release(&out);
	world_close(&w);
}

/* What cannot be a calendar is none. */
static void
test_bad(void **state)
{
	struct tree *t = *state;
	struct world w;

	files(t);
	tree_put(t, "content/data/notitle.yaml", "types: {begins: date}\nitems: [{begins: 2025-01-01}]\n");
	tree_put(t, "content/data/noday.yaml", "types: {begins: date}\nitems: [{begins: 2025-01, title: x}]\n");
	tree_put(t, "content/data/words.yaml", "types: {begins: date}\ncompute: {then: begins + 1 day}\nitems: [{begins: 2025-01-01, title: x}]\n");
	tree_put(t, "content/p1.md", "---\ntitle: P\ncalendar: nothing\n---\n");
	tree_put(t, "content/p2.md", "---\ntitle: P\ncalendar: notitle\n---\n");
	tree_put(t, "content/p3.md", "---\ntitle: P\ncalendar: noday\n---\n");
	tree_put(t, "content/p4.md", "---\ntitle: P\ncalendar: words\n---\n");
	world_make(t, &w);
	tree_said(t, "content/p1.md:3:11 calendar-data nothing\ncontent/p2.md:3:11 calendar-data notitle\n"
	    "content/p3.md:3:11 calendar-data noday\ncontent/p4.md:3:11 calendar-date\n"
	    "themes/default/strings.yaml:0:0 string-missing calendar-then\n");
	assert_int_equal(world_page(&w, "p3.md")->calendar.n, 0);
	assert_true(view_is(world_page(&w, "p4.md")->calendar, "words"));
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_lines, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_context, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_bad, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
