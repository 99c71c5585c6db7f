// SPDX-License-Identifier: GPL-3.0-or-later
// Pages as old, weak and careful readers have them, from disk in Chromium: without scripts, styles and fonts; and styled, but without
// scripts and fonts. All text of the file must be shown, in its order, and nothing be laid over something else. Pages of sample.js, or
// all with FULL=1 in the environment.
// bare.js SITE; called by tests/browser/run. Prints TAP.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const { PHONE, wide, shown, written, differ } = require('./host.js');
const { read, parse, within } = require('./site.js');
const { sample } = require('./sample.js');
const tap = require('./tap.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--disable-remote-fonts'];
const PARALLEL = 3, NEAR = 12;

const root = fs.realpathSync(process.argv[2]);

// Texts that begin above the one before them although they are not beside it, as a cell of a row is.
function jumps(seen) {
	return seen.filter(([, [[left, , right, bottom]]], i) => {
		const before = seen[i - 1]?.[1].at(-1);
		return before && bottom <= before[1] && left < before[2] && right > before[0];
	}).map(([text]) => `stands above the text that comes before it: ${text.trim().slice(0, 50)}`);
}

// Lines of neighbouring texts that cover each other by more than an edge.
function covered(seen) {
	const lines = seen.flatMap(([text, boxes], i) => boxes.map(box => [text.trim().slice(0, 30), ...box, i]));
	return lines.flatMap(([text, left, top, right, bottom, from], i) => lines.slice(Math.max(0, i - NEAR), i).filter(o => o[5] !== from &&
		Math.min(right, o[3]) - Math.max(left, o[1]) > 4 && Math.min(bottom, o[4]) - Math.max(top, o[2]) > (bottom - top) * 0.6)
		.map(o => `'${text}' lies over '${o[0]}'`));
}

// Opens a page and makes sure that it is without what it should be without: 8 px around the text is what browsers do of themselves.
async function open(page, folder, name, styles) {
	await page.goto(pathToFileURL(path.join(folder, name)).href, { waitUntil: 'load' });
	const is = await page.evaluate(() => ({ own: getComputedStyle(document.body).margin === '8px', fonts: [...document.fonts].filter(f => f.status === 'loaded').length }));
	return is.own === styles || is.fonts ? [`proves nothing: ${JSON.stringify(is)}`] : [];
}

// What a file hides must be of no use without a script: forms that one answers, what says of itself that it belongs to one, and
// stores of sentences that one takes by name. And it must not ask to wait for a script.
function secrets(tree) {
	const may = e => e.name === 'form' || /\b(script|failed|wait|old|tools)\b/.test(e.a.class ?? '');
	const store = e => tree.texts.filter(t => within(t.parent, x => x === e)).every(t => t.parent !== e && (t.parent.a.id || t.parent.a['data-say']));
	const found = tree.elements.filter(e => 'hidden' in e.a && !within(e, may) && !store(e)).map(e => `line ${e.line}: <${e.name}> is hidden, and stays so without scripts`);
	return found.concat(tree.elements.filter(e => /\bwait\b/.test(e.a.class ?? '') && !('hidden' in e.a)).map(e => `line ${e.line}: to wait for what never comes without scripts`));
}

async function bare(page, folder, name, tree) {
	const found = await open(page, folder, name, false), seen = await page.evaluate(shown, true);
	return [...found, ...secrets(tree), ...differ(seen.map(s => s[0]), written(tree, { styles: false })), ...jumps(seen)];
}

async function styled(page, folder, name, tree) {
	const found = [...await open(page, folder, name, true), await page.evaluate(wide)], closed = await page.evaluate(shown, false);
	return [...found.filter(Boolean), ...covered(closed), ...differ((await page.evaluate(shown, true)).map(s => s[0]), written(tree))];
}

async function spread(context, names, work) {
	const problems = [], queue = [...names];
	await Promise.all(Array.from({ length: PARALLEL }, async () => {
		const page = await context.newPage();
		for (let name; (name = queue.shift());)
			try {
				problems.push(...(await work(page, name)).map(p => `${name}: ${p}`));
			} catch (error) {
				problems.push(`${name}: ${error.message.split('\n')[0]}`);
			}
		await page.close();
	}));
	return problems;
}

const STYLES = '.seed-off{visibility:hidden}.seed-small{font-size:1px}.seed-over{position:relative;top:-2.6em}.seed-wide{min-width:900px}';
// [way of looking, what to replace, by what, what must be said]; the styles above stand in the page's own sheet.
const FAULTS = [
	['bare', '</h1>', '</h1><p hidden="hidden">Nobody reads this</p>', /is hidden/],
	['bare', '</h1>', '</h1><p class="wait">Please wait</p>', /to wait/],
	['bare', '</h1>', '</h1><dialog>Nobody reads this</dialog>', /letters/],
	['bare', '</h1>', '</h1><table><tbody><tr><td>Last</td></tr></tbody><thead><tr><td>First</td></tr></thead></table>', /above/],
	['bare', '.css"', '.css?kept"', /proves nothing/],
	['styled', '</h1>', '</h1><p class="seed-off">Nobody reads this</p>', /letters/],
	['styled', '</h1>', '</h1><p class="seed-small">Nobody reads this</p>', /letters/],
	['styled', '<div class="text">', '<div class="text"><p>This is hidden</p><p class="seed-over">Nobody reads this</p>', /lies over/],
	['styled', '</h1>', '</h1><p class="seed-wide">Nobody reads this</p>', /sideways/],
	['styled', '/style.css"', '/none.css"', /proves nothing/],
];

async function faults(looks) {
	const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'bare-')), missed = [], html = fs.readFileSync(path.join(root, 'en/about.html'), 'utf8');
	try {
		fs.cpSync(path.join(root, 'assets'), path.join(copy, 'assets'), { recursive: true });
		fs.appendFileSync(path.join(copy, 'assets/style.css'), STYLES);
		fs.mkdirSync(path.join(copy, 'en'));
		for (const [i, [way, from, to, wanted]] of FAULTS.entries()) {
			const name = `en/fault${i}.html`, text = html.replaceAll(from, () => to);
			fs.writeFileSync(path.join(copy, name), text);
			const page = await looks[way][0].newPage(), said = await looks[way][1](page, copy, name, parse(text));
			if (!said.some(s => wanted.test(s)))
				missed.push(`${wanted}: ${to} (said: ${said.join('; ')})`);
			await page.close();
		}
	} finally {
		fs.rmSync(copy, { recursive: true });
	}
	return missed;
}

async function main() {
	const site = read(root), { all, names } = sample(site, process.env.FULL === '1');
	const browser = await chromium.launch({ args: FLAGS, executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	try {
		const context = () => browser.newContext({ javaScriptEnabled: false, viewport: PHONE }), looks = { bare: [await context(), bare], styled: [await context(), styled] };
		await looks.bare[0].route(/\.css$/, route => route.abort());
		for (const [way, what] of [['bare', 'without scripts, styles and fonts'], ['styled', 'styled, without scripts and fonts']])
			tap.result(`${what}: all text is shown in its order, nothing lies over it (${names.length} of ${all.length} pages)`,
				await spread(looks[way][0], names, (page, name) => looks[way][1](page, root, name, site.pages.get(name))));
		tap.seeded('without scripts, styles or fonts', await faults(looks));
	} finally {
		await browser.close();
	}
}

main().catch(error => {
	console.log(`# ${error.stack.replace(/\n/g, '\n# ')}\nnot ok - pages without scripts, styles and fonts`);
	process.exitCode = 1;
});
