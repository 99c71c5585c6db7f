/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDF of pages that are made for paper, by Chromium. For commands. */
#pragma once
#include "base/program.h"
#include "job/edition.h"

/* One PDF to be made. */
struct pdf_sheet {
	struct view name;	/* "site-ar-campaign-leaflet", without ending */
	const struct page *page;	/* NULL: all pages of the language, as job/single has them */
	struct language *language;
};

/*
 * The sheets of a language, in reading order: each page with the layout leaflet, poster or booklet (what they are is the theme's), and behind them one of
 * all its pages, if the theme can make it. List of struct pdf_sheet; in the edition's arena.
 */
struct list pdf_list(const struct edition *e, struct language *l);
/*
 * Appends one as PDF. program is Chromium; it gets one file with everything inside, in a folder of its own, and no network. Links to other pages lead
 * to the site's address or, if it has none, are words. Its dates are those of the edition. Needs a listed edition, and w->survey. False after reporting.
 */
bool pdf_write(const struct edition *e, const struct pdf_sheet *p, struct view program, struct buf *pdf);
/* Overwrites the days of a PDF's making by a date ("2025-12-11"; empty: 1980-01-01). */
void pdf_dates(struct buf *pdf, struct view date);
