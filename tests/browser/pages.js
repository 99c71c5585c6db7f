// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of a built site in Chromium, from disk and over HTTP of this machine, at the width of a phone and of a desk: all of the
// source language, a sample of the others (sample.js), or all with FULL=1 in the environment.
// pages.js SITE; called by tests/browser/run. Prints TAP. With a second argument only pages whose path begins with it.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const { PHONE, DESK, serve, wide } = require('./host.js');
const { read, folder, direction } = require('./site.js');
const { sample } = require('./sample.js');
const tap = require('./tap.js');

const AXE = fs.readFileSync(path.join(__dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const PARALLEL = 3;

// Runs work for each item, some at a time, each worker with a page of its own; gathers what it returns.
async function spread(context, items, work) {
	const problems = [], queue = [...items];
	await Promise.all(Array.from({ length: PARALLEL }, async () => {
		const page = await context.newPage();
		const heard = [];
		page.on('console', m => ['error', 'warning'].includes(m.type()) && heard.push(`console: ${m.text()}`));
		page.on('pageerror', e => heard.push(`error: ${e.message}`));
		// Going on to the next page aborts what the last one still loads; a missing file has another name.
		page.on('requestfailed', r => r.failure()?.errorText !== 'net::ERR_ABORTED' &&
			heard.push(`failed: ${r.url()} ${r.failure()?.errorText}`));
		page.on('response', r => r.status() >= 400 && heard.push(`status ${r.status()}: ${r.url()}`));
		page.on('request', r => !/^(file:\/\/\/|http:\/\/127\.0\.0\.1:|data:)/.test(r.url()) && heard.push(`remote: ${r.url()}`));
		for (let item; (item = queue.shift()) !== undefined;) {
			try {
				problems.push(...(await work(page, item, heard)).map(p => `${item}: ${p}`));
			} catch (error) {
				problems.push(`${item}: ${error.message.split('\n')[0]}`);
			}
		}
		await page.close();
	}));
	return problems;
}

// Opens or closes the menus of a page; they share a name, so only one would be open.
function menu(which) {
	for (const [index, details] of document.querySelectorAll('details.menu').entries()) {
		details.removeAttribute('name');
		details.open = index === which;
	}
}

// Things to tap alone (not links within a sentence) that are lower than 44 px.
function small() {
	return [...document.querySelectorAll('summary, .find, .letters a, .menu a, .ways a, .tiles a, .hero a, .choose a, .turn a')]
		.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5)
		.map(e => `to tap, but ${Math.round(e.getBoundingClientRect().height)} px high: ${e.textContent.trim().slice(0, 40)}`);
}

async function look(page, url, heard, expected) {
	heard.length = 0;
	await page.setViewportSize(PHONE);
	await page.goto(url, { waitUntil: 'load' });
	const found = [await page.evaluate(wide)];
	for (const which of [0, 1]) {
		await page.evaluate(menu, which);
		found.push(await page.evaluate(wide), ...await page.evaluate(small));
	}
	await page.evaluate(menu, -1);
	await page.setViewportSize(DESK);
	found.push(await page.evaluate(wide));
	const is = await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir,
		flow: getComputedStyle(document.body).direction, styled: document.styleSheets.length,
		broken: [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.getAttribute('src')) }));
	const wanted = expected ? { lang: is.lang.toLowerCase() === expected ? is.lang : expected, dir: direction(expected) } : is;
	if (is.lang !== wanted.lang || is.dir !== wanted.dir || is.flow !== wanted.dir)
		found.push(`lang=${is.lang} dir=${is.dir}, text runs ${is.flow}`);
	if (!is.styled)
		found.push('no style sheet');
	return [...found.filter(Boolean), ...is.broken.map(src => `image is not shown: ${src}`), ...new Set(heard)];
}

const RULES = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };

// What axe finds: at the width of a phone light, dark and on paper; light as wide as a desk; and with each menu open where that is asked for. In
// the dark only colours are another matter; on paper what is hidden there may no longer name or explain what stays.
async function axe(page, menus) {
	const found = [];
	for (const [scheme, size] of [['light', PHONE], ['dark', PHONE], ['print', PHONE], ['light', DESK]]) {
		await page.setViewportSize(size);
		await page.emulateMedia(scheme === 'print' ? { media: 'print', colorScheme: 'light' } : { media: 'screen', colorScheme: scheme });
		const rules = scheme === 'dark' ? { ...RULES, runOnly: ['color-contrast'] } : RULES;
		for (const which of menus && scheme !== 'print' ? [-1, 0, 1] : [-1]) {
			await page.evaluate(menu, which);
			const { violations } = await page.evaluate(([rules, only]) => axe.run(only ? '.top' : document, rules), [rules, which >= 0 &&
				await page.evaluate(() => !!document.querySelector('.top'))]);
			found.push(...violations.flatMap(v => v.nodes.map(n => `axe, ${scheme}, ${size.width} px: ${v.id}: ${n.html.slice(0, 120)}: ${n.failureSummary}`)));
		}
	}
	await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
	return found;
}

// The first Tab reaches a link that becomes visible and leads to the text; the next ones go through the page in its order.
async function keyboard(page, url) {
	await page.setViewportSize(PHONE);
	await page.goto(url);
	await page.keyboard.press('Tab');
	const first = await page.evaluate(() => {
		const e = document.activeElement, box = e.getBoundingClientRect();
		return { skip: e.className === 'skip', seen: box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.height > 20 };
	});
	if (!first.skip || !first.seen)
		return ['the first Tab does not show the skip link'];
	await page.keyboard.press('Enter');
	const there = await page.evaluate(() => location.hash === '#wp-main' && document.activeElement.id === 'wp-main');
	if (!there)
		return ['the skip link does not lead to the text'];
	await page.keyboard.press('Tab');
	const next = await page.evaluate(() => !!document.activeElement.closest('main, footer'));
	if (!next)
		return ['after the skip link, Tab does not go on in the text'];
	return page.evaluate(() => {
		const found = [], seen = document.querySelectorAll('a[href], summary, [tabindex="0"]');
		for (const e of seen) {
			if (!e.checkVisibility())
				continue;
			e.focus({ focusVisible: true });
			const style = getComputedStyle(e);
			if (document.activeElement !== e || style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2)
				found.push(`focus cannot be seen: ${e.textContent.trim().slice(0, 40)}`);
		}
		return found;
	});
}

// As on a phone that runs no script: from the chooser to a language, by the menus to a page and to another language.
async function plain(page, root, tag) {
	await page.goto(`${root}index.html`);
	await page.click(`a[hreflang][href^="${tag}/"]`);
	const found = [], where = () => page.url().slice(root.length).replace(/#.*/, '');
	if (where() !== `${tag}/index.html` || !(await page.locator('main').innerText()).trim())
		found.push(`the chooser leads to ${where()}`);
	await page.click('details.menu >> nth=0');
	await page.click('details.menu >> nth=0 >> nav li a:not([aria-current]) >> nth=0');
	const inner = where();
	if (!inner.startsWith(`${tag}/`) || inner === `${tag}/index.html`)
		found.push(`the menu leads to ${inner}`);
	await page.click('details.menu >> nth=1');
	await page.click('details.menu >> nth=1 >> a[hreflang]:not([aria-current]) >> nth=0');
	if (where().split('/').slice(1).join() !== inner.split('/').slice(1).join() || where() === inner)
		found.push(`the language menu of ${inner} leads to ${where()}`);
	return found;
}

// Pages with a fault each: [where, what to replace, by what, what must be said].
const FAULTS = [
	['<main', '<p><img src="none.png" alt="x" /></p><main', /failed|not shown/],
	['<main', '<script>var a = 1</script><main', /Content Security Policy/],
	['<main', '<p style="color:red">x</p><main', /Content Security Policy/],
	['<main', `<table><tr>${'<td>wide</td>'.repeat(20)}</tr></table><main`, /sideways/],
	['<main', '<img src="https://example.org/x.png" alt="x" /><main', /remote/],
	['dir="rtl"', 'dir="ltr"', /dir=ltr/],
	['../assets/style.css', '../assets/none.css', /failed|no style/],
	['<h1>', '<h1><a href="about.html"></a>', /axe.*link-name/],
	['</h1>', '</h1><h4>Too deep</h4>', /axe.*heading-order/],
	['lang="ar"', 'lang="xx-yy-zz"', /axe.*lang|lang=xx/],
];

async function faults(context, root) {
	const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-')), missed = [];
	fs.cpSync(path.join(root, 'assets'), path.join(copy, 'assets'), { recursive: true });
	fs.mkdirSync(path.join(copy, 'ar'));
	const page = fs.readFileSync(path.join(root, 'ar/about.html'), 'utf8');
	FAULTS.forEach(([from, to], i) => fs.writeFileSync(path.join(copy, `ar/fault${i}.html`), page.replace(from, () => to)));
	await spread(context, FAULTS.keys(), async (tab, i, heard) => {
		const said = await look(tab, pathToFileURL(path.join(copy, `ar/fault${i}.html`)).href, heard, 'ar');
		await tab.evaluate(AXE);
		said.push(...await axe(tab, false));
		if (!said.some(s => FAULTS[i][2].test(s)))
			missed.push(`${FAULTS[i][2]}: ${FAULTS[i][1]} (said: ${said.join('; ')})`);
		return [];
	});
	fs.rmSync(copy, { recursive: true });
	return missed;
}

async function main() {
	const root = fs.realpathSync(process.argv[2]), site = read(root);
	const begins = n => n.startsWith(process.argv[3] ?? '');
	const chosen = sample(site, process.env.FULL === '1' || process.argv[3]), names = chosen.names.filter(begins);
	const tags = [...new Set(chosen.all.filter(begins).map(folder))].filter(Boolean);
	console.log(`note: browser: ${names.length} of ${chosen.all.length} pages are looked at, in ${tags.length} languages` +
		(names.length < chosen.all.length ? '; all with FULL=1' : ''));
	const server = await serve(root), disk = pathToFileURL(root).href + '/', net = `http://127.0.0.1:${server.address().port}/`;
	const browser = await chromium.launch({ args: FLAGS,
		executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	try {
		const context = await browser.newContext({ reducedMotion: 'reduce' });
		// Both directions, each kind of page: what a host, a menu or a keyboard does is the same in the other languages.
		const kinds = names.filter(n => chosen.kinds.includes(n.split('/').slice(1).join('/')) && chosen.both.includes(folder(n)));
		const violations = [];
		tap.result(`from disk: no error, no failed request, no sideways scroll, right lang and dir (${names.length} pages)`,
			await spread(context, names, async (page, name, heard) => {
				const found = await look(page, disk + name, heard, folder(name));
				if (chosen.deep.has(name)) {
					await page.evaluate(AXE);
					violations.push(...(await axe(page, kinds.includes(name) && /^[^/]*\/index/.test(name))).map(v => `${name}: ${v}`));
				}
				return found;
			}));
		tap.result(`axe: no violation, light, dark and on paper, 360 and 1280 px wide, menus open and closed (${names.filter(n => chosen.deep.has(n)).length} pages)`, violations);
		tap.result(`over HTTP: no error, no failed request, no sideways scroll, right lang and dir (${kinds.length} pages)`,
			await spread(context, kinds, (page, name, heard) => look(page, net + name, heard, folder(name))));
		tap.result(`the skip link works and focus can be seen (${kinds.length} pages)`,
			await spread(context, kinds, (page, name) => keyboard(page, disk + name)));
		const scriptless = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE });
		for (const [base, where] of [[disk, 'from disk'], [net, 'over HTTP']])
			tap.result(`${where}, without JavaScript: chooser and menus lead to pages (${tags.length} languages)`,
				await spread(scriptless, tags, (page, tag) => plain(page, base, tag)));
		if (!process.argv[3])
			tap.seeded('in the browser', await faults(context, root));
	} finally {
		await browser.close();
		server.close();
	}
}

main().catch(error => {
	console.log(`# ${error.stack}\nnot ok - the pages in a browser`);
	process.exitCode = 1;
});
