/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/audit.h: what is said of translations, and of which good ones nothing is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/yaml.h"
#include "job/audit.h"
#include "job/audit_text.h"

/* A site in English and one language, a page of one segment, a catalog of one entry. */
struct desk {
	struct arena arena, scratch;
	struct diags diags;
	struct site site;
	struct language source, language;
	struct segment segment;
	struct catalog_entry entry;
	struct catalog catalog;
	struct match match;
	struct audit audit;
	bool used;
};

static int
setup(void **state)
{
	struct desk *k = calloc(1, sizeof *k);

	assert_non_null(k);
	arena_init(&k->arena);
	arena_init(&k->scratch);
	diags_init(&k->diags);
	k->source = (struct language){ .lang = lang_open(&k->arena, VIEW("en")), .source = true };
	k->site = (struct site){ .source = &k->source, .publish = { [STATE_TRANSLATED] = true } };
	k->audit = (struct audit){ .site = &k->site, .language = &k->language, .segments = &k->segment, .nsegments = 1,
		.catalog = &k->catalog, .matches = &k->match };
	*state = k;
	return 0;
}

static int
teardown(void **state)
{
	struct desk *k = *state;

	lang_close(k->source.lang);
	if (k->language.lang)
		lang_close(k->language.lang);
	diags_release(&k->diags);
	arena_release(&k->scratch);
	arena_release(&k->arena);
	free(k);
	return 0;
}

static void
lay(struct desk *k, const char *tag, const char *source, const char *target)
{
	if (k->language.lang)
		lang_close(k->language.lang);
	k->language.lang = lang_open(&k->arena, view_str(tag));
	k->segment = (struct segment){ .source = view_str(source), .words = 3,
		.place = place_at(VIEW("content/a.md"), 3, 1, 1) };
	k->entry = (struct catalog_entry){ .source = k->segment.source, .target = view_str(target),
		.state = STATE_TRANSLATED, .place = place_at(VIEW("fr.yaml"), 2, 1, 1),
		.target_place = place_at(VIEW("fr.yaml"), 4, 5, 6) };
	k->catalog = (struct catalog){ .file = VIEW("fr.yaml"), .entries = &k->entry, .n = 1, .nlive = 1 };
	k->match = (struct match){ .entry = &k->entry };
	k->used = true;
}

/* The messages as "id first-argument" lines, taken away. */
static void
said(struct desk *k, const char *expected)
{
	struct buf b;
	const char *got;

	buf_init(&b);
	for (size_t i = 0; i < k->diags.list.n; i++) {
		const struct diag *m = LIST_AT(&k->diags.list, struct diag, i);

		assert_true(view_is(m->place.file, "fr.yaml"));
		buf_puts(&b, b.n ? "; " : "");
		diag_name(&b, m->id);
		if (m->args[0].n)
			buf_printf(&b, " %.*s", VIEW_ARG(m->args[0]));
	}
	k->diags.list.n = 0;
	got = view_copy(&k->arena, view_buf(&b)).p;
	buf_release(&b);
	assert_string_equal(got, expected);
}

static void
suspicious(struct desk *k, const char *tag, const char *source, const char *target, const char *expected)
{
	lay(k, tag, source, target);
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, expected);
}

static void
test_withheld(void **state)
{
	static const struct {
		const char *source, *target, *said;
	} rows[] = {
		{ "Read it", "Lisez-le", "" },
		{ "Read it", "Lisez\u202E-le", "withheld-bidi U+202E" },
		{ "Read it", "Lisez-le\x02", "withheld-control U+0002" },
		{ "Read it", "<div>Lisez-le</div>", "withheld-tag '<div>' is not in the source, or not closed" },
		{ "Read it", "[Lisez-le](x.md)", "withheld-address 'x.md' is not in the source" },
		{ "Run `a`", "Lancez a", "withheld-code 'a' is missing" },
		{ "{n} pages", "pages", "withheld-placeholder '{n}' is missing" },
		{ "Call 12345", "Appelez 12346", "withheld-number '12346' is not in the source, '12345' is missing" },
		{ "Read it", "", "" },
	};
	struct desk *k = *state;
	struct view label = VIEW("one");

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		lay(k, "fr", rows[i].source, rows[i].target);
		audit_withheld(&k->audit, &k->scratch, &k->diags);
		said(k, rows[i].said);
	}
	lay(k, "fr", "[It][1] is", "est");
	k->segment.ndests = 1;
	k->audit.page = &(struct page){ .dests = &(struct page_dest){ .url = VIEW("x.md") }, .ndests = 1 };
	audit_withheld(&k->audit, &k->scratch, &k->diags);
	said(k, "withheld-links '[1]' is missing");
	/* what a change of the source did is not the translator's fault */
	k->match.outdated = true;
	audit_withheld(&k->audit, &k->scratch, &k->diags);
	said(k, "withheld-outdated '[1]' is missing");
	k->audit.page = NULL;
	lay(k, "fr", "It[^one] is", "C'est");
	k->segment.notes = &label;
	k->segment.nnotes = 1;
	audit_withheld(&k->audit, &k->scratch, &k->diags);
	said(k, "withheld-notes '[^one]' is missing");
	lay(k, "fr", "It", "Le");
	k->entry.target = view_of(arena_alloc(&k->arena, SEGMENT_MAX_BYTES + 1), SEGMENT_MAX_BYTES + 1);
	audit_withheld(&k->audit, &k->scratch, &k->diags);
	said(k, "withheld-long 16385 bytes, at most 16384");
	k->audit.catalog = NULL;
	audit_withheld(&k->audit, &k->scratch, &k->diags);
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
}

static void
test_unused(void **state)
{
	struct desk *k = *state;

	lay(k, "fr", "Read it", "Lisez-le");
	k->used = false;
	k->match.entry = NULL;
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "audit-unused content/a.md");
	k->catalog.nlive = 0;
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
}

static void
test_emphasis(void **state)
{
	struct desk *k = *state;

	suspicious(k, "fr", "Read it *now*", "Lisez-le * maintenant*", "audit-emphasis *");
	suspicious(k, "zh-Hans", "Read it", "请**「读」**它", "audit-emphasis **");
	suspicious(k, "fr", "Read it", "Lisez `le", "audit-emphasis `");
	suspicious(k, "fr", "Read it", "Lisez _le", "audit-emphasis _");
	suspicious(k, "fr", "Read it", "[Lisez][9] le", "audit-emphasis ][");
	suspicious(k, "fr", "Read it", "Lisez-le[^9]", "audit-emphasis [^");
	suspicious(k, "fr", "Read it", "Lisez *le* vite_fait 2 * 3", "");
	suspicious(k, "fr", "5 \\* 3", "3 \\* 5", "");
	suspicious(k, "fr", "Read it", "* _ Lisez le", "");
	suspicious(k, "fr", "Read it", "Lisez le_ maintenant", "audit-emphasis _");
	suspicious(k, "fr", "Read it", "Lisez le_", "audit-emphasis _");
	suspicious(k, "fr", "Read it", "Lisez le *", "");
}

static void
test_numbers(void **state)
{
	struct desk *k = *state;

	suspicious(k, "fr", "In 2026", "En 2027", "audit-numbers '2027' is not in the source, '2026' is missing");
	suspicious(k, "fr", "Within 30 days", "Dans les jours", "audit-numbers '30' is missing");
	suspicious(k, "fr", "Within days", "Dans les 30 jours", "audit-numbers '30' is not in the source");
	suspicious(k, "ar", "In 2026, 05 May", "في ٢٠٢٦، 5 مايو", "");
	suspicious(k, "bn", "Within 30 days", "৩০ দিনের মধ্যে", "");
	suspicious(k, "fr", "2 of 3", "Deux sur trois", "");
	suspicious(k, "fr", "In the 21st century", "Au XXIe siècle", "");
	suspicious(k, "fr", "In the 21st century", "Au XXe siècle", "audit-numbers '21' is missing");
	suspicious(k, "fr", "Chapter XIV", "Chapitre 14", "");
	suspicious(k, "fr", "Fourteen experts", "14 experts", "");
	suspicious(k, "fr", "One hundred and fifty", "150", "");
	suspicious(k, "zh-Hans", "Within 30 days", "三十天内", "");
	suspicious(k, "am", "Within 30 days", "በ፴፪ ቀናት ውስጥ ነው", "");
	suspicious(k, "fr", "30 or 30", "30", "");
	suspicious(k, "zh-Hans", "Within 500 days", "五百天内", "");
	suspicious(k, "zh-Hans", "In 1000 places", "在一千个地方", "");
	suspicious(k, "zh-Hans", "All 9999 people", "约一万人", "");
	suspicious(k, "zh-Hant", "All 9999 people", "約一萬人", "");
	suspicious(k, "zh-Hans", "All 1234 people", "一亿人", "");
	suspicious(k, "zh-Hant", "All 1234 people", "一億人", "");
	suspicious(k, "ja", "In December", "12月に", "");
	suspicious(k, "ko", "In October", "10월에", "");
	suspicious(k, "ja", "In December", "13月に", "audit-numbers '13' is not in the source");
	suspicious(k, "fr", "Forty pages", "40 pages", "");
	suspicious(k, "fr", "Two thousand pages", "2000 pages", "audit-numbers '2000' is not in the source");
	suspicious(k, "fr", "In the 21st century", "Au XIXIe", "audit-numbers '21' is missing");
	suspicious(k, "fr", "Chapter 40", "Chapitre XL", "");
	suspicious(k, "ti", "Within 20 days", "፳ መዓልቲ", "");
	/* an older source is what an outdated target is compared with */
	lay(k, "fr", "Within 30 days", "Dans les 20 jours");
	k->entry.was = VIEW("Within 20 days");
	k->match.outdated = true;
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
}

static void
test_same(void **state)
{
	struct desk *k = *state;

	suspicious(k, "fr", "Read the report", "Read the report", "audit-same");
	suspicious(k, "zh-Hans", "Read the report", "Read the report", "audit-same");
	suspicious(k, "fr", "Human Rights Watch", "Human Rights Watch", "");
	suspicious(k, "fr", "Migrant Forum in Asia", "Migrant Forum in Asia", "");
	suspicious(k, "fr", "Amnesty International", "Amnesty International", "");
	suspicious(k, "fr", "OHCHR UNHCR IOM ILO", "OHCHR UNHCR IOM ILO", "");
	suspicious(k, "fr", "Human Rights 2020s Watch", "Human Rights 2020s Watch", "audit-same");
	suspicious(k, "fr", "`git add file now`", "`git add file now`", "");
	suspicious(k, "en-GB", "Read the report", "Read the report", "");
}

static void
test_script(void **state)
{
	struct desk *k = *state;

	suspicious(k, "ar", "Read the report", "Lisez le rapport", "audit-script Arab");
	suspicious(k, "fr", "Read the report", "Прочтите доклад сейчас", "audit-script Latn");
	suspicious(k, "zh-Hans", "Read the report", "Lisez le rapport", "audit-script Hans");
	suspicious(k, "fr", "Read the report", "请阅读报告吧", "audit-script Latn");
	suspicious(k, "ja", "Read the report", "報告を読んでください", "");
	suspicious(k, "ko", "Read the report", "보고서를 읽으십시오", "");
	suspicious(k, "am", "Read the report", "ሪፖርቱን ያንብቡ አሁን", "");
	suspicious(k, "ar", "Read the report of Amnesty", "اقرأ تقرير Amnesty International", "");
	suspicious(k, "ar", "IOM", "IOM", "");
	assert_true(audit_has_script(VIEW("x"), VIEW("Zzzz")));
	assert_true(audit_has_script(VIEW("x"), VIEW("")));
	assert_false(audit_has_script(VIEW("x 5"), VIEW("Cyrl")));
}

static void
test_hosts(void **state)
{
	struct desk *k = *state;

	suspicious(k, "ru", "See it at last", "См. \u043Ehchr.org сейчас", "audit-host \u043Ehchr.org");
	suspicious(k, "ru", "See it at last", "См. OH\u0421HR.ORG-. сейчас", "audit-host OH\u0421HR.ORG");
	suspicious(k, "ru", "See it at last", "См. \u0421\u0421.\u0421\u0421 и 1.2 и x", "");
	suspicious(k, "fr", "See no. 5", "Voir n.º 5", "");
	suspicious(k, "ru", "See it at last", "См. ohchr.org, т.е. сейчас.", "");
	suspicious(k, "zh-Hans", "See it at last", "请见ohchr.org网站吧", "");
	suspicious(k, "fr", "See it at last", "Voir l'été.fr et la suite", "");
}

static void
test_pictures(void **state)
{
	struct desk *k = *state;

	lay(k, "fr", "See ![a map][1]", "Voir ![][1]");
	k->segment.ndests = 1;
	k->audit.page = &(struct page){ .file = VIEW("x"), .dests = &(struct page_dest){ .url = VIEW("m.png") }, .ndests = 1 };
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "audit-alt ![1]");
	k->entry.target = VIEW("Voir *![carte][1]*");
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
	k->entry.target = VIEW("Voir *![][1]*");
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "audit-alt ![1]");
	/* one that is a link; the second time it has its words */
	lay(k, "fr", "See [![a map][1]][2]", "Voir [![][1]][2]");
	k->segment.ndests = 2;
	k->audit.page = &(struct page){ .file = VIEW("x"), .ndests = 2,
		.dests = (struct page_dest[]){ { .url = VIEW("m.png") }, { .url = VIEW("m.html") } } };
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "audit-alt ![1]");
	k->entry.target = VIEW("Voir [![carte][1]][2]");
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
	k->audit.page = NULL;
}

static void
test_alternatives(void **state)
{
	struct desk *k = *state;
	struct segment two[2];
	struct match matches[2];

	lay(k, "fr", "Read it", "Lisez-le");
	two[0] = k->segment;
	two[1] = (struct segment){ .source = VIEW("A map"), .role = SEGMENT_ALT, .plain = true };
	matches[0] = k->match;
	matches[1] = (struct match){ 0 };
	k->audit.segments = two;
	k->audit.matches = matches;
	k->audit.nsegments = 2;
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "audit-alt 'A map'");
	matches[0] = matches[1];
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	said(k, "");
}

static void
test_plural(void **state)
{
	struct desk *k = *state;
	struct yaml other = { .key = VIEW("other"), .text = VIEW("{count} pages"), .line = 7, .col = 5 };
	struct yaml one = { .key = VIEW("one"), .text = VIEW("une page de {total}"), .line = 6, .col = 5, .next = &other };
	struct yaml list = { .kind = YAML_LIST, .next = &one };
	struct yaml plural = { .kind = YAML_MAP, .child = &list };

	lay(k, "fr", "{count} pages", "");
	k->segment.plain = true;
	k->entry.plural = &plural;
	audit_suspicious(&k->audit, &k->used, &k->scratch, &k->diags);
	assert_int_equal(LIST_AT(&k->diags.list, struct diag, 0)->place.line, 6);
	said(k, "audit-placeholder {total}");
}

static void
test_terms(void **state)
{
	struct desk *k = *state;
	struct data_field fields[] = { { .name = VIEW("source") }, { .name = VIEW("fr") }, { .name = VIEW("ru") } };
	struct view many[] = { VIEW("доклад"), VIEW("отчёт") };
	struct view workers[] = { VIEW("трудящийся-мигрант"), VIEW("трудящ* мигрант*") }, country[] = { VIEW("country"), VIEW("countries") };
	struct data_cell cells[] = {
		{ .text = VIEW("State party") }, { .text = VIEW("État partie") }, { .text = VIEW("") },
		{ .text = VIEW("national") }, { .text = VIEW("national") }, { .text = VIEW("") },
		{ .text = VIEW("report") }, { .text = VIEW("rapport") }, { .texts = { many, 2, 2, sizeof *many } },
		{ .text = VIEW("migrant worker*") }, { .text = VIEW("*migrant*") }, { .texts = { workers, 2, 2, sizeof *workers } },
		{ .text = VIEW("Migrant Workers Convention") }, { .text = VIEW("") }, { .text = VIEW("конвенц*") },
		{ .texts = { country, 2, 2, sizeof *country } }, { .text = VIEW("pays*") }, { .text = VIEW("стран*") },
	};
	struct data terms = { .name = VIEW("terms"), .fields = fields, .nfields = 3, .cells = cells, .nitems = 6 };
	const struct data *all[] = { &terms };
	struct list data = { all, 1, 1, sizeof *all };

	k->audit.data = &data;
	suspicious(k, "fr", "Each state party", "Chaque pays", "audit-term State party");
	suspicious(k, "fr", "Each State party", "Chaque état partie", "");
	suspicious(k, "fr", "Both reports", "Les deux rapports", "");
	suspicious(k, "fr", "Both reports", "Les deux bilans", "audit-term report");
	suspicious(k, "fr", "National laws", "Des textes nationaux", "");
	suspicious(k, "fr", "A misreport", "Une erreur", "");
	suspicious(k, "fr", "Reporting, a reporter", "La présentation", "");
	suspicious(k, "ru", "State party report", "в докладе государства", "");
	suspicious(k, "ru", "The report", "два отчёта", "");
	suspicious(k, "ru", "The report", "две книги", "audit-term report");
	suspicious(k, "es", "The report", "El informe", "");
	suspicious(k, "fr", "Write the `report`", "Écrivez le `report`", "");
	/* forms: any ending, any beginning, several words, lists on both sides */
	suspicious(k, "ru", "Each migrant worker", "Каждый трудящийся-мигрант", "");
	suspicious(k, "ru", "To a migrant worker's family", "Семье трудящегося мигранта", "");
	suspicious(k, "ru", "Migrant workers", "Мигрантам, трудящимся давно", "");
	suspicious(k, "ru", "Migrant workers", "Трудящиеся эмигранты", "audit-term migrant worker*");
	suspicious(k, "fr", "Migrant workers", "Les immigrants", "");
	suspicious(k, "fr", "Migrant workers", "Les travailleurs", "audit-term migrant worker*");
	suspicious(k, "fr", "A migrant workforce", "Des ouvriers", "");
	suspicious(k, "ru", "No countries here", "Здесь нет стран", "");
	suspicious(k, "ru", "No country here", "Здесь ничего нет", "audit-term country");
	suspicious(k, "ru", "No countries here", "Чужестранец", "audit-term country");
	/* inside a longer term it is not meant, beside it it is */
	suspicious(k, "ru", "The Migrant Workers Convention", "Эта Конвенция", "");
	suspicious(k, "ru", "The Migrant Workers Convention", "Договор", "audit-term Migrant Workers Convention");
	suspicious(k, "ru", "The Migrant Workers Convention and migrant workers", "Эта Конвенция", "audit-term migrant worker*");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_withheld, setup, teardown),
		cmocka_unit_test_setup_teardown(test_unused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_emphasis, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_same, setup, teardown),
		cmocka_unit_test_setup_teardown(test_script, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hosts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_pictures, setup, teardown),
		cmocka_unit_test_setup_teardown(test_alternatives, setup, teardown),
		cmocka_unit_test_setup_teardown(test_plural, setup, teardown),
		cmocka_unit_test_setup_teardown(test_terms, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
