// SPDX-License-Identifier: GPL-3.0-or-later
// `waypost serve` as an author sees it in Chromium: an edit shows by itself, a style sheet is changed without a reload, errors appear and go away,
// and ?translate shows each text. How long an edit takes is told, not judged: machines differ.
// serve.js PROGRAM [FOLDER]; called by tests/browser/run. Prints TAP. Screenshots go to FOLDER. WAYPOST_SERVE_TIMED is the number of timed edits.
'use strict';

const { execFileSync, spawn } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { chromium } = require('../node_modules/playwright-core');
const tap = require('./tap.js');

const AXE = fs.readFileSync(path.join(__dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const ROOT = path.join(__dirname, '../..'), PATIENCE = 60000, EDITS = Number(process.env.WAYPOST_SERVE_TIMED ?? 50);
const program = path.resolve(process.argv[2]), shots = process.argv[3] && path.resolve(process.argv[3]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'serve-')), servers = [];

// Starts a server on a project; resolves with its address and how to end it.
function serve(project, locale = 'C.UTF-8') {
	return new Promise((resolve, reject) => {
		const child = spawn(program, ['serve', '-p', '0', '-C', project], { env: { ...process.env, NO_COLOR: '1', LC_ALL: locale, WAYPOST_THEMES: path.join(ROOT, 'themes') } });
		let said = '';
		servers.push(child);
		const hear = data => {
			said += data;
			const found = /(http:\/\/127\.0\.0\.1:\d+)\/[^]*(pages? in|الصفحات)/.exec(said);
			if (found)
				resolve({ base: found[1], stop: () => new Promise(done => {
					child.on('exit', code => done(code));
					child.kill('SIGINT');
				}) });
		};
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
		child.on('exit', () => reject(new Error(said)));
		setTimeout(() => reject(new Error(`no server: ${said}`)), PATIENCE).unref();
	});
}

// As editors write: beside the file, then renamed.
function write(file, text) {
	fs.writeFileSync(`${file}~`, text);
	fs.renameSync(`${file}~`, file);
}

// A page that gathers what its console says; 404 of the icon that browsers ask for is no fault of a page.
async function open(context, address) {
	const page = await context.newPage(), said = [];
	page.on('console', m => m.type() === 'error' && !/favicon|status of 404/.test(`${m.text()}${m.location().url}`) && said.push(m.text()));
	page.on('pageerror', e => said.push(String(e)));
	await page.goto(address);
	return { page, said };
}

const shows = (page, words) => page.waitForFunction(w => document.body?.textContent.includes(w), words, { polling: 4, timeout: PATIENCE });

// From the last byte written to the first picture that has the text. The page itself tells the time: asking it from here would add to it.
async function timed(context) {
	await context.addInitScript(() => addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => setTimeout(() =>
		console.log(`shown ${performance.timeOrigin + performance.now()} ${document.body.textContent.match(/Sentence \d+ of many/)}`)))));
	const project = path.join(work, 'corpus'), times = [];
	execFileSync(path.join(ROOT, 'tests/bench/make-corpus'), ['--pages', '100', '--languages', '8', '--flavour', 'waypost', '--out', project]);
	const server = await serve(project), file = path.join(project, 'content/s000/p00000.md'), text = fs.readFileSync(file, 'utf8').trimEnd();
	const { page } = await open(context, `${server.base}/en/s000/p00000.html`);
	const shown = words => page.waitForEvent('console', { predicate: m => m.text().startsWith('shown ') && m.text().endsWith(` ${words}`), timeout: PATIENCE });
	for (let i = 0; i < EDITS; i++) {
		const words = `Sentence ${i} of many`, told = shown(words);
		await page.waitForTimeout(100);
		write(file, `${text}\n\n${words}.\n`);
		const start = performance.timeOrigin + performance.now();
		times.push(Number((await told).text().split(' ')[1]) - start);
	}
	await page.close();
	const code = await server.stop();
	times.sort((a, b) => a - b);
	const ms = share => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
	console.log(`note: serve: ${EDITS} edits in 100 pages and 8 languages, from write to text shown: median ${ms(0.5)} ms, ` +
		`fastest ${ms(0)} ms, 9 of 10 within ${ms(0.9)} ms (goal: median 150 ms on an idle machine)`);
	tap.result(`${EDITS} edits are shown`, [times.length !== EDITS && 'not all', code && `the server ended with ${code}`].filter(Boolean));
}

function wrongIf(problems, truth, what) {
	if (truth)
		problems.push(what);
}

async function author(context) {
	const project = path.join(work, 'project');
	execFileSync(program, ['new', 'site', '-q', project], { env: { ...process.env, WAYPOST_THEMES: path.join(ROOT, 'themes') } });
	const server = await serve(project), about = path.join(project, 'content/about.md'), text = fs.readFileSync(about, 'utf8').trimEnd();
	const { page, said } = await open(context, `${server.base}/en/about.html`);
	let problems = [];

	// an edit; then a style sheet, without a reload
	write(about, `${text}\n\nA new sentence.\n`);
	await shows(page, 'A new sentence.');
	await page.evaluate(() => { window.stays = true; });
	const css = path.join(project, 'themes/default/style.css');
	fs.appendFileSync(css, '\nh1 { letter-spacing: 7px !important }\n');
	await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px', null, { timeout: PATIENCE });
	wrongIf(problems, !await page.evaluate(() => window.stays), 'the page was reloaded for a style sheet');
	tap.result('a page reloads when it changed, and only swaps a style sheet', problems);

	// a page that is not shown changes: nothing happens here
	problems = [];
	fs.appendFileSync(path.join(project, 'content/index.md'), '\nElsewhere.\n');
	await page.waitForTimeout(1500);
	wrongIf(problems, !await page.evaluate(() => window.stays), 'it was reloaded for another page');
	tap.result('a page that did not change stays', problems);

	// errors
	problems = [];
	write(about, `${text}\n\nRead [this](nowhere.md) now.\n`);
	const panel = page.locator('#waypost-errors section');
	await panel.waitFor({ timeout: PATIENCE });
	const told = await panel.innerText();
	wrongIf(problems, !/content\/about\.md:\d+:\d+/.test(told), `no place: ${told}`);
	wrongIf(problems, !/\[this\]\(nowhere\.md\)[^]*\^~/.test(told), `no caret: ${told}`);
	wrongIf(problems, !/last good site/.test(told), `nothing about the last good site: ${told}`);
	wrongIf(problems, !(await page.textContent('body')).includes('A new sentence.'), 'the last good page did not stay');
	wrongIf(problems, said.length, `the console of the page: ${said}`);
	await page.evaluate(AXE);
	const axe = await page.evaluate(() => axe.run('#waypost-errors', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }));
	problems.push(...axe.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`));
	if (shots)
		await page.screenshot({ path: path.join(shots, 'serve-errors.png') });
	await panel.getByRole('button', { name: 'Close' }).click();
	wrongIf(problems, await panel.count(), 'the errors cannot be closed');
	write(about, `${text}\n\nRead [that](nowhere.md) now.\n`);
	await panel.waitFor({ timeout: PATIENCE });
	write(about, `${text}\n\nAll is well.\n`);
	await shows(page, 'All is well.');
	wrongIf(problems, await panel.count(), 'the errors are still shown');
	tap.result('errors of a build are shown with place and caret, and go away', problems);
	await translations(context, server, project);
	const code = await server.stop();
	tap.result('the server ends', code ? [`exit code ${code}`] : []);
}

async function translations(context, server, project) {
	const tag = fs.readdirSync(path.join(project, 'translations')).find(t => fs.existsSync(path.join(project, 'translations', t, 'about.yaml'))), problems = [];
	await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.base });
	const { page, said } = await open(context, `${server.base}/${tag.toLowerCase()}/about.html?translate`);
	const marked = page.locator('main [data-waypost], [role=main] [data-waypost]');
	await page.waitForFunction(() => document.querySelector('[data-waypost-state]'), null, { timeout: PATIENCE });
	wrongIf(problems, await marked.count() < 3, `only ${await marked.count()} texts are marked`);
	await page.waitForFunction(() => getComputedStyle(document.querySelector('main [data-waypost-state]')).outlineStyle !== 'none', null, { timeout: PATIENCE });
	await marked.last().click();
	const panel = page.locator('#waypost-translate section');
	await panel.getByText('Copied').waitFor({ timeout: PATIENCE });
	const told = await panel.innerText(), copied = await page.evaluate(() => navigator.clipboard.readText());
	for (const word of ['Source', 'State', 'File', `translations/${tag}/`])
		wrongIf(problems, !told.includes(word), `no ${word}: ${told}`);
	wrongIf(problems, !/^translations\/.*\nstate: .*\nsource: /.test(copied), `copied: ${copied}`);
	wrongIf(problems, said.length, `the console of the page: ${said}`);
	await page.evaluate(AXE);
	const axe = await page.evaluate(() => axe.run('#waypost-translate', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }));
	problems.push(...axe.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`));
	if (shots)
		await page.screenshot({ path: path.join(shots, 'serve-translate.png') });

	// the state of a text is changed in its file: it shows here, although no word of the page changed
	const file = path.join(project, 'translations', tag, 'about.yaml'), catalog = fs.readFileSync(file, 'utf8');
	const states = () => page.locator('#waypost-translate .states').innerText({ timeout: PATIENCE });
	const before = await states(), changed = catalog.replace('state: machine', 'state: reviewed');
	wrongIf(problems, changed === catalog, `no translation in ${file}`);
	write(file, changed);
	await page.waitForFunction(old => document.querySelector('#waypost-translate')?.shadowRoot.querySelector('.states')?.innerText !== old, before,
		{ timeout: PATIENCE }).catch(() => problems.push(`a new state is not shown: ${before}`));
	await panel.getByRole('button', { name: 'Leave' }).click();
	await page.waitForFunction(() => location.search === '' && document.readyState === 'complete', null, { timeout: PATIENCE });
	wrongIf(problems, await page.locator('[data-waypost]').count(), 'marks without ?translate');
	tap.result('?translate outlines each text; a click shows it and copies it', problems);
	await page.close();
}

// The same in the language of whoever started it.
async function foreign(context) {
	const project = path.join(work, 'arabic'), problems = [];
	execFileSync(program, ['new', 'site', '-q', project], { env: { ...process.env, WAYPOST_THEMES: path.join(ROOT, 'themes') } });
	const server = await serve(project, 'ar'), about = path.join(project, 'content/about.md'), text = fs.readFileSync(about, 'utf8').trimEnd();
	const { page, said } = await open(context, `${server.base}/en/about.html`);
	const english = words => words.replace(/'[^']*'|\[[a-z-]+\]/g, ' ').match(/\b[a-z]{3,}\b/g);
	write(about, `${text}\n\nRead [this](nowhere.md) now.\n`);
	const panel = page.locator('#waypost-errors section');
	await panel.waitFor({ timeout: PATIENCE });
	const told = (await panel.locator('h2, h3, button, p:not(.place)').allInnerTexts()).join('\n');
	wrongIf(problems, english(told), `English: ${told}`);
	wrongIf(problems, (await page.locator('#waypost-errors').getAttribute('dir')) !== 'rtl', 'the panel runs from left to right');
	wrongIf(problems, (await page.locator('#waypost-errors').getAttribute('lang')) !== 'ar', 'the panel does not say that it is Arabic');
	if (shots)
		await page.screenshot({ path: path.join(shots, 'serve-errors-ar.png') });
	await panel.getByRole('button', { name: 'أغلق' }).click();
	write(about, text);
	await page.goto(`${server.base}/es/about.html?translate`);
	await page.waitForFunction(() => document.querySelector('[data-waypost-state]'), null, { timeout: PATIENCE });
	await page.locator('main [data-waypost], [role=main] [data-waypost]').last().click();
	const view = page.locator('#waypost-translate section');
	await view.getByText('الأصل', { exact: true }).waitFor({ timeout: PATIENCE });
	const labels = (await view.locator('h2, dt, button, [role=status]').allInnerTexts()).join('\n');
	wrongIf(problems, english(labels), `English: ${labels}`);
	wrongIf(problems, said.length, `the console of the page: ${said}`);
	if (shots)
		await page.screenshot({ path: path.join(shots, 'serve-translate-ar.png') });
	await page.close();
	await server.stop();
	tap.result('the panels are in the language of whoever started the server', problems);
}

(async () => {
	const browser = await chromium.launch({ args: ['--no-sandbox', '--disable-gpu'],
		executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	try {
		const context = await browser.newContext();
		await author(context);
		await foreign(context);
		await timed(context);
	} finally {
		await browser.close();
		servers.forEach(child => child.kill());	// those that a failure left
		fs.rmSync(work, { recursive: true, force: true });
	}
})().catch(e => {
	tap.result('waypost serve in a browser', [e.stack ?? e]);
	process.exit(1);
});
