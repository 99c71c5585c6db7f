// SPDX-License-Identifier: GPL-3.0-or-later
// A reader without a mouse, in Chromium from disk: home, another language, search, an article, the next page, print. And what page.js
// adds: anchors, buttons, the notice on an old copy. walk.js SITE; called by tests/browser/run. Prints TAP.
'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const tap = require('./tap.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const FAR = 400;

const site = path.resolve(process.argv[2]), root = pathToFileURL(site + path.sep).href;

// Tab, until what has the focus fits the selector; nothing is focused by other means.
async function tabTo(page, selector) {
	for (let i = 0; i < FAR; i++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate(s => document.activeElement.matches(s), selector))
			return;
	}
	throw new Error(`Tab does not reach ${selector} on ${page.url()}`);
}

async function follow(page, selector) {
	await tabTo(page, selector);
	await Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.keyboard.press('Enter')]);
	return page.url().slice(root.length).replace(/[#?].*/, '');
}

async function walk(page, from, to, word) {
	const found = [], expect = (is, wanted) => is !== wanted && found.push(`is at ${is}, not ${wanted}`);
	await page.goto(`${root}${from}/index.html`);
	await tabTo(page, '#wp-languages');
	await page.keyboard.press('Enter');
	expect(await follow(page, `a[hreflang][href*="/${to}/"]`), `${to}/index.html`);
	expect(await follow(page, 'a.find'), `${to}/search.html`);
	await tabTo(page, '#wp-search-text');
	await page.keyboard.type(word);
	await page.waitForSelector('#wp-search-found a');
	const article = await follow(page, '#wp-search-found a');
	if (!article.startsWith(`${to}/convention/`))
		found.push(`${word} is found at ${article}`);
	const next = await page.evaluate(() => document.querySelector('a[rel=next]').href);
	await follow(page, 'a[rel=next]');
	expect(page.url(), next);
	await page.evaluate(() => { window.print = () => { window.printed = true; }; });
	await tabTo(page, '#wp-print');
	await page.keyboard.press('Enter');
	if (!await page.evaluate(() => window.printed))
		found.push('the button to print does not');
	return found;
}

// From the foot of a page back to the list of languages.
async function foot(page) {
	await page.goto(`${root}en/rights/papers.html`);
	await tabTo(page, 'footer a[href="#wp-languages"]');
	await page.keyboard.press('Enter');
	return await page.evaluate(() => document.activeElement.id === 'wp-languages' && document.activeElement.parentNode.open) ? [] :
		['the foot does not lead to the languages'];
}

async function anchors(page) {
	await page.goto(`${root}en/rights/papers.html`);
	return page.evaluate(() => [...document.querySelectorAll('.text h2[id]')].filter(h => {
		const a = h.querySelector('a.to');
		return !a || a.getAttribute('href') !== `#${h.id}` || !a.getAttribute('aria-label');
	}).map(h => `no anchor: ${h.id}`));
}

// The clock of the reader, not of the build, makes a copy old.
async function old(browser, years) {
	const context = await browser.newContext();
	await context.addInitScript(n => {
		const Real = Date, now = Real.UTC(2025, 11, 20) + n * 366 * 864e5;
		window.Date = class extends Real {
			constructor(...all) { super(...(all.length ? all : [now])); }
		};
	}, years);
	const page = await context.newPage();
	await page.goto(`${root}en/rights/papers.html`);
	const seen = await page.isVisible('#wp-old');
	await context.close();
	return seen === (years > 0) ? [] : [`after ${years} years the notice is ${seen ? '' : 'not '}seen`];
}

async function main() {
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
	const page = await browser.newPage();
	const trying = work => work.catch(error => [error.message.split('\n')[0]]);
	const has = tag => fs.existsSync(path.join(site, tag, 'index.html'));
	for (const [from, to, word] of [['en', 'ar', 'المادة 22'], ['ar', 'en', 'article 22']])
		if (has(from) && has(to))
			tap.result(`keyboard alone: home (${from}), language (${to}), search, article, next, print`, await trying(walk(page, from, to, word)));
	tap.result('the foot of a page leads to the languages', await trying(foot(page)));
	tap.result('headings have anchors', await trying(anchors(page)));
	tap.result('a notice says when a copy is old', [...await trying(old(browser, 0)), ...await trying(old(browser, 2))]);
	await browser.close();
}

main();
