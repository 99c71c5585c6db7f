// SPDX-License-Identifier: GPL-3.0-or-later
// The report workbook as a group uses it, from disk in Chromium: fill, close, open again, download, open the download with
// LibreOffice; then the tables that sort, and the sheets that must fit on one side of paper.
// workbook.js SITE [FOLDER]; called by tests/browser/run. Prints TAP. Screenshots go to FOLDER.
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const tap = require('./tap.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const PHONE = { width: 360, height: 740 };
const PAGE = 'reporting/workbook.html';
// A paragraph break, a line break, signs that HTML and JSON must escape, a script that runs the other way.
const OWN = { first: 'We are <b>six</b> & "seven" women.', second: 'نحن عاملات منازل', third: 'C:\\new\u2028line' };
const HAPPENS = 'Employers keep our passports.', SECOND = 'The second problem';

const root = fs.realpathSync(process.argv[2]), shots = process.argv[3] && path.resolve(process.argv[3]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'workbook-'));
const at = (site, name) => pathToFileURL(path.join(site, name)).href;
const missing = (wanted, text) => wanted.filter(w => !text.includes(w)).map(w => `not there: ${w}`);

// A browser with a memory of its own on disk: what is closed and opened again is the same person's.
async function browser(profile, options) {
	const context = await chromium.launchPersistentContext(path.join(work, profile), { args: FLAGS, viewport: PHONE,
		acceptDownloads: true, reducedMotion: 'reduce', ...options,
		executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	const page = context.pages()[0] ?? await context.newPage(), heard = [];
	page.on('console', m => ['error', 'warning'].includes(m.type()) && heard.push(`console: ${m.text()}`));
	page.on('pageerror', e => heard.push(`error: ${e.message}`));
	page.on('request', r => !/^(file|data|blob):/.test(r.url()) && heard.push(`remote: ${r.url()}`));
	page.on('dialog', d => d.accept());
	return { context, page, heard };
}

async function write(page) {
	await page.fill('.piece textarea[name] >> nth=0', `${OWN.first}\n\n${OWN.second}\n${OWN.third}`);
	await page.fill('[data-field="happens"]', HAPPENS);
	await page.click('.choose-articles summary');
	for (const n of [21, 25])
		await page.check(`.choose-articles li:nth-child(${n}) input`);
	await page.click('.issue .suggest summary');
	await page.locator('.issue .suggest button', { hasText: '?' }).first().click();
	await page.locator('.issue .suggest button', { hasNotText: '?' }).first().click();
	await page.click('[data-do="add"]');
	await page.fill('.issue >> nth=1 >> [data-field="happens"]', SECOND);
}

// Everything that was written, as the fields hold it.
function held(page) {
	return page.evaluate(() => [...document.querySelectorAll('.workbook textarea')].map(a => a.value).concat(
		[...document.querySelectorAll('.issue')].map(i => `picked ${[...i.querySelectorAll('input:checked')].map(
			b => [...i.querySelectorAll('input')].indexOf(b) + 1).join()}`)).filter(t => t && t !== 'picked '));
}

async function save(page, what) {
	const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-do="${what}"]`)]);
	const file = path.join(work, download.suggestedFilename());
	await download.saveAs(file);
	return file;
}

async function lostAt(site, profile) {
	let is = await browser(profile);
	await is.page.goto(at(site, `en/${PAGE}`));
	await write(is.page);
	const before = await held(is.page);
	await is.context.close();
	is = await browser(profile);
	await is.page.goto(at(site, `en/${PAGE}`));
	const after = await held(is.page);
	await is.context.close();
	return [...(before.length < 6 ? [`only ${before.length} fields were filled`] : []), ...before.filter(t => !after.includes(t)).map(t => `lost: ${t}`), ...is.heard];
}

// With another program: the text of the download as a word processor shows it.
function opened(file) {
	const done = spawnSync('soffice', ['--headless', `-env:UserInstallation=${pathToFileURL(path.join(work, 'office')).href}`, '--convert-to', 'txt:Text (encoded):UTF8',
		'--outdir', path.join(work, 'office-out'), file], { encoding: 'utf8', timeout: 120000 });
	const out = path.join(work, 'office-out', path.basename(file).replace(/\.html$/, '.txt'));
	return fs.existsSync(out) ? fs.readFileSync(out, 'utf8') : `soffice ended with ${done.status}: ${done.stderr}`;
}

async function exported() {
	const { context, page, heard } = await browser('person');
	await page.goto(at(root, `en/${PAGE}`));
	const wanted = [OWN.first, OWN.second, HAPPENS, SECOND], before = await held(page);
	const question = await page.inputValue('[data-field="question"] >> nth=0'), recommendation = await page.inputValue('[data-field="recommendation"] >> nth=0');
	const articles = await page.innerText('.picked >> nth=0');
	let problems = question.includes('?') && recommendation && !recommendation.includes('?') ? [] : ['a sentence to take over went into the wrong field'];
	wanted.push(question, recommendation, articles);
	const html = await save(page, 'html'), txt = fs.readFileSync(await save(page, 'txt'), 'utf8');
	problems.push(...missing([...wanted, OWN.third], txt).map(p => `text: ${p}`));
	const other = await context.newPage();
	await other.goto(pathToFileURL(html).href);
	const seen = await other.evaluate(() => ({ text: document.body.innerText, lang: document.documentElement.lang, dir: document.documentElement.dir,
		title: document.title, heads: document.querySelectorAll('h1').length + document.querySelectorAll('h2').length, own: document.querySelectorAll('b').length }));
	problems.push(...missing(wanted, seen.text).map(p => `page: ${p}`));
	if (seen.lang !== 'en' || seen.dir !== 'ltr' || !seen.title || seen.heads !== 4 || seen.own)
		problems.push(`the page is ${JSON.stringify(seen)}`);
	if (!/^report-en-\d{4}-\d\d-\d\d\.html$/.test(path.basename(html)))
		problems.push(`the file is called ${path.basename(html)}`);
	tap.result('the workbook: all that was written is in the page and in the text that it makes', [...problems, ...heard]);
	if (spawnSync('soffice', ['--version']).error)
		console.log('ok - the workbook: LibreOffice opens the download # SKIP soffice is not installed');
	else
		tap.result('the workbook: LibreOffice opens the download', missing(wanted, opened(html)));

	await page.click('[data-do="clear"]');
	problems = (await held(page)).map(t => `still there: ${t}`);
	await page.reload();
	problems.push(...(await held(page)).map(t => `back again: ${t}`));
	if (await page.evaluate(() => localStorage.length))
		problems.push('something is still stored');
	await page.setInputFiles('input[type="file"]', path.join(root, 'index.html'));
	await page.waitForFunction(() => document.querySelector('[role="status"]').textContent);
	problems.push(...(await held(page)).map(t => `from a foreign file: ${t}`));
	await page.setInputFiles('input[type="file"]', html);
	await page.waitForFunction(() => document.querySelectorAll('.issue').length === 2);
	const after = await held(page);
	problems.push(...before.filter(t => !after.includes(t)).map(t => `not taken up: ${t}`));
	tap.result('the workbook: everything can be deleted, and taken up again from the download', [...problems, ...heard]);
	await context.close();
}

// The count, over the limit and in a script without spaces; paper; a browser that keeps nothing; none that runs scripts.
async function counted() {
	let { context, page, heard } = await browser('count'), problems = [];
	await page.goto(at(root, `en/${PAGE}`));
	await page.fill('.piece textarea[name] >> nth=0', 'word '.repeat(1000));
	await page.waitForTimeout(500);
	const pages = parseFloat(await page.innerText('.pages')), over = () => page.isVisible('.over');
	if (!(pages >= 2 && pages < 2.1) || await over())
		problems.push(`1,000 words are ${pages} pages`);
	await page.fill('.piece textarea[name] >> nth=1', 'មនុស្ស'.repeat(2000));
	await page.waitForTimeout(500);
	if (!await over() || !await page.isVisible('.signs'))
		problems.push('12,000 characters without a space are not more than ten pages');
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	await page.emulateMedia({ media: 'print' });
	if (await page.isVisible('.workbook') || !await page.isVisible('#wp-report') || await page.isVisible('.top'))
		problems.push('the paper shows more or less than the report');
	await context.close();
	tap.result('the workbook: counts words and characters, prints the report alone', [...problems, ...heard]);

	({ context, page, heard } = await browser('blocked'));
	problems = [];
	await context.addInitScript(() => Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('no'); } }));
	await page.goto(at(root, `en/${PAGE}`));
	await write(page);
	if (!await page.isVisible('[data-say="not-kept"]'))
		problems.push('nothing is said');
	problems.push(...missing([HAPPENS, SECOND], fs.readFileSync(await save(page, 'txt'), 'utf8')));
	await context.close();
	tap.result('the workbook: a browser that cannot keep texts says so, and makes the report all the same', [...problems, ...heard]);

	({ context, page, heard } = await browser('plain', { javaScriptEnabled: false }));
	await page.goto(at(root, `en/${PAGE}`));
	const fields = await page.locator('.workbook textarea').count(), buttons = await page.locator('.workbook button:visible, .tally:visible').count();
	await page.emulateMedia({ media: 'print' });
	const lines = await page.locator('.workbook textarea:visible').count();
	await context.close();
	tap.result('the workbook: without JavaScript it is a form to print', fields > 6 && lines === fields && !buttons ? heard :
		[`${lines} of ${fields} fields on paper, ${buttons} buttons that do nothing`]);
}

// Tables: the order after each tap against one made here.
async function sorted(tag) {
	const { context, page, heard } = await browser('sort'), problems = [];
	await page.goto(at(root, `${tag}/states.html`));
	const rows = () => page.evaluate(() => [...document.querySelector('table.sort').tBodies[0].rows].map(r => [...r.cells].map(c =>
		c.querySelector('time')?.dateTime ?? c.textContent.trim())));
	const first = await rows(), tapOn = n => page.click(`table.sort >> nth=0 >> thead th >> nth=${n} >> button`);
	const head = n => page.getAttribute(`table.sort >> nth=0 >> thead th >> nth=${n}`, 'aria-sort');
	const dated = row => /^\d{4}/.test(row[1]), inOrder = (list, column) => list.every((r, i) => !i || list[i - 1][column] <= r[column]);
	await tapOn(1);
	let now = await rows();
	if (!now.every(dated) || !inOrder(now, 1) || await head(1) !== 'ascending' || await head(0) !== 'none')
		problems.push('the dates are not in order');
	await tapOn(1);
	now = await rows();
	if (!inOrder([...now].reverse(), 1) || await head(1) !== 'descending')
		problems.push('the dates are not in the other order');
	await tapOn(2);
	now = await rows();
	const known = now.filter(r => /^\d{4}/.test(r[2]));
	if (!inOrder(known, 2) || now.slice(0, known.length).join() !== known.join() || known.length === now.length)
		problems.push('rows without a date are not the last ones');
	await page.focus('table.sort >> nth=0 >> thead th >> nth=0 >> button');
	await page.keyboard.press('Enter');
	if ((await rows()).join() !== first.join())
		problems.push('the names do not come back as they were built');
	await context.close();
	return [...problems, ...heard];
}

// Leaflet and poster, one side each, in every language that the site has.
async function sheets() {
	const { context, page, heard } = await browser('sheets'), problems = [];
	const tags = fs.readdirSync(root).filter(t => fs.existsSync(path.join(root, t, 'campaign/leaflet.html')));
	for (const tag of tags)
		for (const [name, size] of [['leaflet', [420, 595]], ['poster', [595, 842]]]) {
			await page.goto(at(root, `${tag}/campaign/${name}.html`));
			const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
			const count = pdf.match(/\/Type\s*\/Page\b/g)?.length, box = pdf.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/)?.slice(1).map(n => Math.round(n));
			if (count !== 1 || box.join() !== size.join())
				problems.push(`${tag}/campaign/${name}.html: ${count} sides of ${box}`);
			await page.emulateMedia({ media: 'print' });
			if (await page.isVisible('.top') || await page.isVisible('.off-paper') || !await page.isVisible('.sheet h1'))
				problems.push(`${tag}/campaign/${name}.html: the paper shows more or less than the sheet`);
			if (shots)
				await page.screenshot({ path: path.join(shots, `${name}-${tag}.png`) });
			await page.emulateMedia({ media: null });
		}
	await context.close();
	tap.result(`leaflet and poster are one side of paper (${tags.length} languages)`, tags.length ? [...problems, ...heard] : ['there is none']);
}

// A workbook that forgets, a table that does not sort: they must be found out.
async function faults() {
	const copy = path.join(work, 'seeded'), missed = [];
	fs.cpSync(path.join(root, 'assets'), path.join(copy, 'assets'), { recursive: true });
	fs.mkdirSync(path.join(copy, 'en/reporting'), { recursive: true });
	fs.copyFileSync(path.join(root, 'en', PAGE), path.join(copy, 'en', PAGE));
	const file = path.join(copy, 'assets/workbook.js'), script = fs.readFileSync(file, 'utf8'), broken = script.replace('.setItem(key, text)', '.getItem(key)');
	fs.writeFileSync(file, broken);
	if (script === broken || (await lostAt(copy, 'forgets')).length < 6)
		missed.push('a workbook that keeps nothing');
	tap.seeded('the workbook', missed);
}

async function main() {
	if (shots)
		fs.mkdirSync(shots, { recursive: true });
	tap.result('the workbook: nothing is lost when the browser was closed', await lostAt(root, 'person'));
	await exported();
	await counted();
	for (const tag of ['en', 'ar'])
		tap.result(`the table of States sorts by date and by name (${tag})`, await sorted(tag));
	await sheets();
	await faults();
}

main().catch(error => {
	console.log(`# ${error.stack.replace(/\n/g, '\n# ')}\nnot ok - the report workbook`);
	process.exitCode = 1;
}).finally(() => {
	fs.rmSync(work, { recursive: true, force: true });
	process.exit();	// a browser that an error left open would keep this waiting
});
