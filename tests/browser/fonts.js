// SPDX-License-Identifier: GPL-3.0-or-later
// The fonts of a site, in a browser that has none for their scripts: no box is shown, and what is shown is pixel for pixel what the whole
// font draws. The texts are those of the site and, for languages it does not have yet, names of countries, languages and months.
// fonts.js PROGRAM [FOLDER]; called by tests/browser/run. Prints TAP. Screenshots go to FOLDER.
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const { read, folder } = require('./site.js');
const { sample } = require('./sample.js');
const tap = require('./tap.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--font-render-hinting=none'];
const ROOT = path.join(__dirname, '../..');
const PAGE = { width: 412, height: 900 };
const FONTS = { am: 'Noto Sans Ethiopic', bn: 'Noto Sans Bengali', km: 'Noto Sans Khmer', my: 'Noto Sans Myanmar', si: 'Noto Sans Sinhala',
	ta: 'Noto Sans Tamil', ur: 'Noto Nastaliq Urdu' };
const KEYS = { am: 'ethi', bn: 'beng', km: 'khmr', my: 'mymr', si: 'sinh', ta: 'taml', ur: 'aran' };
const LIMIT = { aran: 80, tibt: 50 }, USUAL_LIMIT = 30, REQUESTS = 6, NAMES_LIMIT = 30;
// Pages where nobody begins, with data or a script of their own; the list of translations has its sheet and the letters of all names.
const MORE = /\/(desk|states|search|translate\/index)\.html$/;
const SHEETS = ['assets/fonts.css', 'assets/names.css'];
const SYSTEM = '/usr/share/fonts/truetype';
const REGIONS = 'AF BD BJ BR CA CH CI CN CO CR CZ DE DJ EG ER ES ET FR GB GH GR HT ID IN IR IT JP KE KH KR LA LK MA ML MM MX MY NE NG NP PE PH PK PT QA ' +
	'RU SA SD SN SO SY TH TR UA US VN YE ZA';

const program = path.resolve(process.argv[2]), shots = process.argv[3] && path.resolve(process.argv[3]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'fonts-')), project = path.join(work, 'project');

function build(out, folder = project) {
	return spawnSync(program, ['build', '-v', '-C', folder, '-o', out], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
}

// Sentences of names, in words of the language itself; each with its English source.
function sentences(tag) {
	const own = type => new Intl.DisplayNames([tag], { type, fallback: 'none' }), english = type => new Intl.DisplayNames(['en'], { type });
	const pairs = [];
	for (const region of REGIONS.split(' '))
		if (own('region').of(region))
			pairs.push([`${english('region').of(region)} 12 (a) – 1990`, `${own('region').of(region)} 12 (a) – ${new Intl.NumberFormat(`${tag}-u-nu-native`).format(1990)}`]);
	for (const language of Object.keys(FONTS).concat(['ar', 'en', 'fr', 'hi', 'id', 'ne', 'pt', 'ru', 'sw', 'tr', 'vi', 'zh']))
		if (own('language').of(language))
			pairs.push([`Language: ${english('language').of(language)}`, own('language').of(language)]);
	for (let month = 0; month < 12; month++) {
		const day = new Date(Date.UTC(2025, month, 3 + month)), form = { dateStyle: 'full', timeZone: 'UTC' };
		pairs.push([`Day ${new Intl.DateTimeFormat('en', form).format(day)}`, new Intl.DateTimeFormat(tag, form).format(day)]);
	}
	return pairs;
}

// The site's own pages in English, Amharic and Bengali, and one page of names in every language that needs a font.
function makeProject() {
	for (const name of ['content', 'themes', 'translations/en', 'translations/am', 'translations/bn'])
		fs.cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
	const all = {}, own = {};
	for (const tag of Object.keys(FONTS)) {
		own[tag] = new Map(sentences(tag));
		for (const source of own[tag].keys())
			all[source] = true;
	}
	fs.writeFileSync(path.join(project, 'content/names.md'), '---\ntitle: Names\n---\n\n' + Object.keys(all).map(s => `- ${s}\n`).join(''));
	for (const tag of Object.keys(FONTS)) {
		const folder = path.join(project, 'translations', tag), settings = path.join(folder, 'language.yaml');
		fs.mkdirSync(folder, { recursive: true });
		if (!fs.existsSync(settings))
			fs.writeFileSync(settings, '');
		fs.writeFileSync(settings, fs.readFileSync(settings, 'utf8').replace(/^font:.*$/m, ''));
		fs.writeFileSync(path.join(folder, 'names.yaml'), 'segments:\n' + [...own[tag]].map(([source, target]) =>
			`- source: |\n    ${source}\n  target: |\n    ${target}\n`).join(''));
	}
	const file = path.join(project, 'content/site.yaml'), text = fs.readFileSync(file, 'utf8');
	fs.writeFileSync(file, text.replace(/^languages: .*$/m, `languages: [en, ${Object.keys(FONTS).join(', ')}]`));
}

// A copy of a site with whole fonts in place of the subsets, also for the names.
function wholeFonts(site, to) {
	fs.cpSync(site, to, { recursive: true });
	for (const [tag, key] of Object.entries(KEYS))
		fs.copyFileSync(fontFile(tag), path.join(to, 'assets/fonts', `${key}.ttf`));
	for (const sheet of SHEETS.map(s => path.join(to, s)))
		fs.writeFileSync(sheet, fs.readFileSync(sheet, 'utf8').replace(/(font-family:wp-(\w+)(?:-name|-list)?;src:)url\([^)]*\) format\("\w+"\)/g, '$1url(fonts/$2.ttf)'));
	return to;
}

function fontFile(tag) {
	const name = `${FONTS[tag].replace(/ /g, '')}-Regular.ttf`;
	const found = fs.existsSync('/usr/share/fonts') && fs.readdirSync('/usr/share/fonts', { recursive: true }).find(f => path.basename(f) === name);
	return found && path.join('/usr/share/fonts', found);
}

// Chromium with no system font but DejaVu, which has none of the scripts.
async function launch() {
	// the subsets have no hints: nobody shall use those of the whole fonts
	const plain = ['pattern', 'font'].map(t => `<match target="${t}"><edit name="hinting" mode="assign"><bool>false</bool></edit>` +
		'<edit name="autohint" mode="assign"><bool>false</bool></edit><edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>').join('');
	const alias = ['sans-serif', 'serif', 'monospace'].map(f => `<alias><family>${f}</family><prefer><family>DejaVu Sans</family></prefer></alias>`).join('');
	const config = path.join(work, 'fonts.conf'), cache = path.join(work, 'cache');
	fs.writeFileSync(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${SYSTEM}/dejavu</dir><cachedir>${cache}</cachedir>${alias}${plain}</fontconfig>\n`);
	return chromium.launch({ args: FLAGS, env: { ...process.env, FONTCONFIG_FILE: config },
		executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
}

async function open(browser, site, name) {
	const context = await browser.newContext({ viewport: PAGE, reducedMotion: 'reduce' }), page = await context.newPage(), heard = [];
	const requests = new Set();
	page.on('console', m => ['error', 'warning'].includes(m.type()) && heard.push(`${name}: ${m.text()}`));
	page.on('requestfailed', r => heard.push(`${name}: failed: ${r.url().slice(0, 80)}`));
	page.on('request', r => r.url().startsWith('data:') || requests.add(r.url()));
	await page.goto(pathToFileURL(path.join(site, name)).href);
	await page.evaluate(() => document.fonts.ready);
	return { context, page, heard, requests };
}

// In the page: letters and signs that are drawn as the box of a missing one, by comparing pictures of both.
function boxes() {
	const canvas = document.createElement('canvas'), pen = canvas.getContext('2d', { willReadFrequently: true });
	canvas.width = canvas.height = 60;
	const draw = (text, font) => {
		pen.clearRect(0, 0, 60, 60);
		pen.font = font;
		pen.fillText(text, 20, 40);
		return pen.getImageData(0, 0, 60, 60).data.join();
	};
	const seen = new Set(), found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const font = `24px ${getComputedStyle(walker.currentNode.parentElement).fontFamily}`;
		for (const letter of walker.currentNode.data) {
			const mark = letter + font;
			if (/[\s\p{Cf}\p{Mn}]/u.test(letter) || seen.has(mark))
				continue;
			seen.add(mark);
			const picture = draw(letter, font);
			if (letter > '~' && ['\u{10FFFE}', '\u0378'].some(none => draw(none, font) === picture))
				found.push(`U+${letter.codePointAt(0).toString(16)} ${letter} <${walker.currentNode.parentElement.outerHTML.slice(0, 60)}`);
		}
	}
	return found;
}

// A page as it first comes, then with its menus open, each over the text; the picture is without menus, and of the languages alone.
async function look(browser, site, name, file) {
	const { context, page, heard, requests } = await open(browser, site, name);
	// print sheets and the icon of the tab wait until nothing else does
	const later = await page.evaluate(() => [...document.querySelectorAll('link[media=print], link[rel=icon]')].map(l => l.href));
	const found = { heard, requests: [...requests].filter(r => !later.includes(r)).length };
	const fold = (selector, to) => page.evaluate(async ([selector, to]) => {
		document.querySelectorAll(selector).forEach(d => {
			d.removeAttribute('name');
			d.open = to;
		});
		await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
		await document.fonts.ready;
	}, [selector, to]);
	await fold('details', true);
	found.boxes = await page.evaluate(boxes);
	const menu = await page.$('details.menu:last-of-type');
	await fold('details.menu:not(:last-of-type)', false);
	found.menu = menu && await (await menu.$('nav')).screenshot();
	await fold('details.menu', false);
	found.picture = await page.screenshot({ fullPage: true });
	if (file && shots)
		fs.writeFileSync(path.join(shots, file), found.picture);
	await context.close();
	return found;
}

// Pages that have words of the language: in Amharic those that show everything the theme can do (sample.js), or all with FULL=1 in the
// environment; of these a third in Bengali; the page of names and the home page of others, into which this project has no translations.
function chosen(site, tag, kinds) {
	if (!tag)
		return ['index.html', 'en/index.html', 'en/translate/index.html'];
	return (tag === 'am' ? kinds : tag === 'bn' ? kinds.filter((k, i) => i % 3 === 0) : ['index.html', 'names.html']).map(k => `${tag}/${k}`);
}

function weigh(site) {
	const problems = [], sizes = [];
	for (const file of fs.readdirSync(path.join(site, 'assets/fonts')).filter(f => f.endsWith('.woff2'))) {
		const bytes = fs.statSync(path.join(site, 'assets/fonts', file)).size, limit = LIMIT[path.parse(file).name] ?? USUAL_LIMIT;
		sizes.push(`${path.parse(file).name} ${(bytes / 1024).toFixed(1)}`);
		if (bytes > limit * 1024)
			problems.push(`${file}: ${bytes} bytes; the limit is ${limit} KB`);
	}
	const names = fs.statSync(path.join(site, 'assets/names.css')).size;
	if (names > NAMES_LIMIT * 1024)
		problems.push(`names.css: ${names} bytes; the limit is ${NAMES_LIMIT} KB`);
	console.log(`note: fonts, KB: ${sizes.join(', ')}; names.css ${(names / 1024).toFixed(1)}`);
	return problems;
}

async function main() {
	const missing = Object.keys(FONTS).filter(tag => !fontFile(tag));
	if (missing.length || !fs.existsSync(`${SYSTEM}/dejavu`) || spawnSync('woff2_compress').error) {
		console.log(`ok - the fonts of the site # SKIP not installed: ${missing.map(t => FONTS[t]).join(', ') || 'fonts-dejavu-core or woff2'}`);
		return;
	}
	if (shots)
		fs.mkdirSync(shots, { recursive: true });
	makeProject();
	const out = path.join(work, 'out'), site = path.join(out, 'site'), built = build(out);
	tap.result('a project in seven languages that need fonts', built.status === 0 && fs.existsSync(path.join(site, 'assets/fonts.css')) ? [] : [built.stdout + built.stderr]);
	tap.result('fonts are small', weigh(site));
	// the picture waits for every font, also for those that a reader would not wait for
	const sheet = path.join(site, SHEETS[0]);
	fs.writeFileSync(sheet, fs.readFileSync(sheet, 'utf8').replace(/font-display:optional/g, 'font-display:swap'));

	const whole = wholeFonts(site, path.join(work, 'whole')), bare = path.join(work, 'bare');
	fs.cpSync(site, bare, { recursive: true });
	SHEETS.forEach(sheet => fs.writeFileSync(path.join(bare, sheet), ''));
	const browser = await launch();
	try {
		await compare(browser, site, whole, bare);
	} finally {
		await browser.close();
	}
}

async function compare(browser, site, whole, bare) {
	const missed = [], { kinds: some, names, source } = sample(read(site), process.env.FULL === '1');
	const kinds = process.env.FULL === '1' ? names.filter(n => folder(n) === source).map(n => n.slice(source.length + 1)) : [...new Set([...some, 'names.html'])];
	for (const tag of ['', ...Object.keys(FONTS)]) {
		const problems = [];
		let count = 0;
		for (const name of chosen(site, tag, kinds)) {
			const ours = await look(browser, site, name, `${name.replace(/\W+/g, '-')}.png`), theirs = await look(browser, whole, name);
			count++;
			problems.push(...ours.heard, ...ours.boxes.map(b => `${name}: a box: ${b}`));
			if (!ours.picture.equals(theirs.picture) || (ours.menu && !ours.menu.equals(theirs.menu)))
				problems.push(`${name}: another picture than with the whole font`);
			if (ours.requests > REQUESTS && !MORE.test(name))
				problems.push(`${name}: ${ours.requests} requests; the limit is ${REQUESTS}`);
			if (name === (tag === 'bn' ? 'bn/index.html' : tag ? `${tag}/names.html` : 'index.html')) {
				const none = await look(browser, bare, name);
				if (none.boxes.length < 7 || none.picture.equals(theirs.picture))
					missed.push(`${name} without fonts: ${none.boxes.length} boxes`);
			}
		}
		tap.result(`${tag || 'the list of languages'}: no box, and the picture of the whole font (${count} pages)`, problems);
	}
	tap.seeded('pages without their fonts', missed);
}

main().catch(error => tap.result('the fonts of the site', [error.stack])).finally(() => fs.rmSync(work, { recursive: true, force: true }));
