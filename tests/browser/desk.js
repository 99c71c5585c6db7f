// SPDX-License-Identifier: GPL-3.0-or-later
// The translation desk as a volunteer uses it, from disk in Chromium: write ten texts, close, open again, save the file, `waypost
// import`, `waypost build`; then they are on the page. In Arabic and in Khmer, which this site does not have yet.
// desk.js PROGRAM [FOLDER]; called by tests/browser/run. Prints TAP. Screenshots go to FOLDER.
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const vm = require('vm');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const tap = require('./tap.js');

const AXE = fs.readFileSync(path.join(__dirname, '../node_modules/axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const PHONE = { width: 360, height: 740 };
const ROOT = path.join(__dirname, '../..');
const PAGE = 'reporting/alternative-report', COUNT = 10;
const WORDS = { ar: 'هذا نص كتبه شخص يتكلم العربية رقم', km: 'អត្ថបទនេះសរសេរដោយអ្នកនិយាយភាសាខ្មែរ លេខ' };

const program = path.resolve(process.argv[2]), shots = process.argv[3] && path.resolve(process.argv[3]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'desk-')), project = path.join(work, 'project');

function waypost(...words) {
	const done = spawnSync(program, words, { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
	return { code: done.status, said: `${done.stdout}${done.stderr}`.trim() };
}

// The site's own texts, with an address, and a language that has none.
function makeProject() {
	for (const name of ['content', 'themes', 'translations'])
		fs.cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
	const made = waypost('new', 'language', 'km');
	const file = path.join(project, 'content/site.yaml'), text = fs.readFileSync(file, 'utf8');
	fs.writeFileSync(file, `${text.replace(/^base-url:.*\n/m, '').replace(/^languages: \[en,/m, 'languages: [en, km,')}base-url: https://example.org/\n`);
	return made.code === 0 ? [] : [made.said];
}

// desk.html of a fresh kit, unpacked by another program.
function makeKit(tag, name) {
	const zip = path.join(work, `${name}.zip`), folder = path.join(work, name);
	const made = waypost('export', tag, '--format', 'kit', '-o', zip);
	if (made.code !== 0)
		throw new Error(made.said);
	execFileSync('python3', ['-m', 'zipfile', '-e', zip, folder]);
	return pathToFileURL(path.join(folder, 'desk.html')).href;
}

// A browser with a memory of its own on disk: what is closed and opened again is the same person's.
async function browser(profile, script) {
	const context = await chromium.launchPersistentContext(path.join(work, profile), { args: FLAGS, viewport: PHONE,
		acceptDownloads: true, reducedMotion: 'reduce', executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	const page = context.pages()[0] ?? await context.newPage(), heard = [];
	page.on('console', m => ['error', 'warning'].includes(m.type()) && heard.push(`console: ${m.text()}`));
	page.on('pageerror', e => heard.push(`error: ${e.message}`));
	page.on('request', r => !/^(file|data|blob):/.test(r.url()) && heard.push(`remote: ${r.url()}`));
	if (script)
		await context.addInitScript(script);
	return { context, page, heard };
}

async function open(page, url, unit) {
	await page.goto('about:blank');
	await page.goto(url + (unit ? `#${unit}` : ''));
	await page.waitForSelector(unit ? '.card' : '.units');
}

// Ten texts of the unit, each with the marks of its source; returns [source, target].
async function write(page, tag, first = 1000) {
	const pairs = await page.evaluate(([words, count, from]) => {
		const cards = [...document.querySelectorAll('.card')].filter((c, i) => i > 1).slice(0, count);
		return cards.map((c, i) => {
			const source = c.querySelector('.source').textContent, area = c.querySelector('textarea');
			const marks = window.waypostText.marks(source).map(([a, b]) => b ? `${a}${words.slice(0, 3)}${b}` : a);
			area.id ||= `area${i}`;
			return [source, [`${words} ${from + i}.`, ...marks].join(' '), area.id];
		});
	}, [WORDS[tag], COUNT, first]);
	for (const [, target, id] of pairs)
		await page.fill(`[id="${id}"]`, target);
	return pairs.map(p => p.slice(0, 2));
}

async function values(page) {
	return page.evaluate(() => [...document.querySelectorAll('.card textarea')].map(a => a.value));
}

async function save(page, to) {
	const [download] = await Promise.all([page.waitForEvent('download'), page.click('.do button >> nth=0')]);
	await download.saveAs(to);
	return download.suggestedFilename();
}

async function look(page, name) {
	const found = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth ?
		[`scrolls sideways: ${document.documentElement.scrollWidth}`] : []);
	if (shots)
		await page.screenshot({ path: path.join(shots, `${name}.png`) });
	await page.evaluate(AXE);
	for (const scheme of ['light', 'dark']) {
		await page.emulateMedia({ colorScheme: scheme });
		const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
		found.push(...violations.flatMap(v => v.nodes.map(n => `axe, ${scheme}: ${v.id}: ${n.html.slice(0, 120)}: ${n.failureSummary}`)));
	}
	return found;
}

const missing = (wanted, text) => wanted.filter(w => !text.includes(w)).map(w => `not there: ${w}`);

// From the first letter to the built page.
async function journey(tag, makeUrl, label, profile) {
	const file = path.join(work, `${profile}.yaml`), url = makeUrl(`${profile}-one`);
	let at = await browser(profile), problems = [];
	await open(at.page, url, PAGE);
	const pairs = await write(at.page, tag), wanted = pairs.map(p => p[1]);
	await at.page.fill('#wp-desk-name', 'Sok & Amal: "x"');
	await at.context.close();
	problems.push(...at.heard);

	at = await browser(profile);
	await open(at.page, url, PAGE);
	problems.push(...missing(wanted, (await values(at.page)).join('\n')));
	tap.result(`${label}: ten texts are still there when the browser was closed`, problems);

	const is = await at.page.evaluate(() => [...document.querySelectorAll('textarea, .source')].slice(0, 2).map(e => `${e.lang} ${e.dir}`).sort().join());
	problems = is === ['en ltr', tag === 'ar' ? 'ar rtl' : 'km ltr'].sort().join() ? [] : [`language and direction: ${is}`];
	await at.page.evaluate(() => document.querySelectorAll('.card')[3].scrollIntoView());
	problems.push(...await look(at.page, `${profile}-texts`));
	await open(at.page, url);
	problems.push(...await look(at.page, `${profile}-pages`));
	tap.result(`${label}: nothing sticks out at 360 px, axe finds nothing, light and dark`, problems);

	const name = await save(at.page, file), text = fs.readFileSync(file, 'utf8');
	problems = [...at.heard, ...missing([...wanted, 'Sok & Amal: "x"', `language: ${tag}`], text)];
	if (!new RegExp(`^translation-${tag}-\\d{4}-\\d\\d-\\d\\d\\.yaml$`).test(name))
		problems.push(`the file is called ${name}`);
	await at.context.close();
	const taken = waypost('import', file), built = waypost('build', '-o', path.join(work, 'out'));
	if (taken.code !== 0 || !new RegExp(`\\b${COUNT}\\b`).test(taken.said))
		problems.push(`import ended with ${taken.code}: ${taken.said}`);
	if (built.code !== 0)
		problems.push(`build ended with ${built.code}: ${built.said}`);
	const names = fs.readFileSync(path.join(project, 'translations', tag, `${PAGE}.yaml`), 'utf8').match(/^ +by: .*Sok & Amal/gm) ?? [];
	if (names.length !== COUNT)
		problems.push(`the name stands at ${names.length} texts`);
	const html = fs.readFileSync(path.join(work, 'out/site', tag, `${PAGE}.html`), 'utf8');
	problems.push(...missing(wanted.map((w, i) => `${WORDS[tag]} ${1000 + i}.`), html));
	tap.result(`${label}: the file is imported, and the ten are on the page`, problems);

	const again = waypost('import', file);
	tap.result(`${label}: the same file again changes nothing`,
		again.code === 0 && /\b0 added\b|unchanged/.test(again.said) ? [] : [again.said]);

	at = await browser(profile);
	await open(at.page, makeUrl(`${profile}-two`), PAGE);
	problems = missing(wanted, (await values(at.page)).join('\n'));
	const mine = await at.page.locator('.state.yours').count();
	if (mine)
		problems.push(`${mine} texts still count as the person's own`);
	await at.context.close();
	tap.result(`${label}: the next kit has them as its own`, problems);
	return { file, url, wanted };
}

// What is said while a person types, and what the buttons do.
async function warnings(url) {
	const { context, page, heard } = await browser('warnings'), problems = [];
	await open(page, url, PAGE);
	const card = page.locator('.card').filter({ has: page.locator('.source:has-text("][1]")') }).first(), area = card.locator('textarea').first();
	await area.fill('x <script>alert(1)</script> [a][7] 123456');
	await card.locator('.stop').waitFor();
	problems.push(...missing(['[1]', '[7]', '<script>', '123456'], await card.locator('.stop').innerText()));
	if (await page.locator('.card script').count())
		problems.push('what was typed became an element');
	await area.fill('كلمة');
	await area.selectText();
	await card.locator('.chips button', { hasText: '][1]' }).click();
	if (!/^\[كلمة\]\[1\]$/.test(await area.inputValue()))
		problems.push(`the button for a link made: ${await area.inputValue()}`);
	await page.waitForFunction(e => !e.querySelector('.stop'), await card.elementHandle());
	await area.press('Control+Enter');
	if (await area.evaluate(e => document.activeElement === e || document.activeElement.tagName !== 'TEXTAREA'))
		problems.push('Control and Enter do not lead to the next field');
	await card.locator('.do button').click();
	if (await card.locator('.state.yours').count())
		problems.push('the text before does not come back');
	await context.close();
	tap.result('marks that are lost or foreign are said at once; buttons put marks in and take texts back', [...problems, ...heard]);
}

// A browser that keeps nothing says so, and its file can be taken up in another one.
async function withoutMemory(url, journeyFile, wanted) {
	const blocked = await browser('blocked', () => {
		Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('no'); } });
	});
	let problems = [];
	await open(blocked.page, url, PAGE);
	if (!await blocked.page.locator('.kept.stop').count())
		problems.push('nothing is said');
	const written = (await write(blocked.page, 'ar')).map(p => p[1]), file = path.join(work, 'blocked.yaml');
	await save(blocked.page, file);
	problems.push(...missing(written, fs.readFileSync(file, 'utf8')), ...blocked.heard);
	await blocked.context.close();
	tap.result('a browser that cannot keep texts says so, and saves them all the same', problems);

	const fresh = await browser('fresh');
	problems = [];
	await open(fresh.page, url, PAGE);
	fs.writeFileSync(path.join(work, 'foreign.yaml'), fs.readFileSync(journeyFile, 'utf8').replace('language: ar', 'language: fr'));
	await fresh.page.setInputFiles('#wp-desk-load', path.join(work, 'foreign.yaml'));
	await fresh.page.waitForFunction(() => document.querySelector('.said').textContent);
	if (missing(wanted, (await values(fresh.page)).join('\n')).length !== wanted.length)
		problems.push('the file of another language was taken');
	await fresh.page.setInputFiles('#wp-desk-load', file);
	await fresh.page.waitForFunction(text => [...document.querySelectorAll('.card textarea')].some(a => a.value === text), written[0]);
	problems.push(...missing(written, (await values(fresh.page)).join('\n')), ...fresh.heard);
	await fresh.context.close();
	tap.result('a saved file is taken up in another browser, one of another language is not', problems);
}

// What an older desk kept under the site's name, or under its title's digest, is found and moves; what is there already wins.
async function moved(url) {
	const { context, page, heard } = await browser('moved'), problems = [];
	await open(page, url, PAGE);
	const [[, first], [, second], ...rest] = await write(page, 'ar', 5000);
	const names = await page.evaluate(() => {
		const desk = JSON.parse(document.getElementById('wp-desk-data').textContent).desk, at = `waypost:${desk.id}:ar:`;
		const key = Object.keys(localStorage).find(k => k.startsWith(`${at}unit:`)), drafts = JSON.parse(localStorage[key]);
		const changed = drafts.map((d, i) => i === 1 ? { ...d, t: 'older' } : d);
		localStorage[key.replace(at, `waypost:${desk.was[0]}:ar:`)] = JSON.stringify(changed.slice(0, 2));
		localStorage[key.replace(at, `waypost:${desk.was[1]}:ar:`)] = JSON.stringify(drafts.slice(2));
		localStorage[`waypost:${desk.was[1]}:ar:by`] = '"Sok"';
		localStorage[`waypost:${desk.was[1]}:km:by`] = '"of another language"';
		localStorage[key] = JSON.stringify(drafts.slice(1, 2));
		return desk.was;
	});
	if (names.length !== 2 || !/^[0-9a-f]{8}$/.test(names[0]))
		problems.push(`names before: ${names}`);
	await open(page, url, PAGE);
	problems.push(...missing([first, second, ...rest.map(p => p[1])], (await values(page)).join('\n')));
	const left = await page.evaluate(was => Object.keys(localStorage).filter(k => was.some(w => k.startsWith(`waypost:${w}:`))), names);
	if (left.join() !== `waypost:${names[1]}:km:by` || await page.inputValue('#wp-desk-name') !== 'Sok')
		problems.push(`left behind: ${left}`);
	await context.close();
	tap.result('what an older desk kept under the name of the site is found', [...problems, ...heard]);
}

// Forms of a plural; and a text that somebody else has changed while it lay in this browser.
async function forms() {
	const file = path.join(work, 'forms.yaml'), catalog = path.join(project, 'translations/ar/interface.yaml');
	let at = await browser('forms'), problems = [];
	await open(at.page, makeKit('ar', 'forms-one'), 'interface');
	const card = at.page.locator('.card').filter({ has: at.page.locator('textarea >> nth=5') }).first(), areas = card.locator('textarea');
	const hole = (await card.locator('.formed').last().innerText()).match(/\{\w+\}/g).join(' '), first = await areas.first().inputValue();
	for (let i = 0; i < 6; i++)
		await areas.nth(i).fill(`صيغة ${hole} ${WORDS.ar} ${i}`);
	await save(at.page, file);
	const taken = waypost('import', file), text = fs.readFileSync(catalog, 'utf8');
	if (taken.code !== 0)
		problems.push(`import ended with ${taken.code}: ${taken.said}`);
	for (let i = 0; i < 6; i++)
		problems.push(...missing([`صيغة ${hole} ${WORDS.ar} ${i}`], text));
	await areas.first().fill(`مرة أخرى ${hole}`);
	await at.context.close();
	tap.result('the six forms of a plural in Arabic are imported', [...problems, ...at.heard]);

	fs.writeFileSync(catalog, text.replace(`صيغة ${hole} ${WORDS.ar} 0`, `غيّرها آخر ${hole}`));
	at = await browser('forms');
	await open(at.page, makeKit('ar', 'forms-two'), 'interface');
	problems = missing(['غيّرها آخر'], await at.page.locator('.card .look').allInnerTexts().then(all => all.join()));
	if (await at.page.locator(`textarea`).evaluateAll((all, wanted) => !all.some(a => a.value.startsWith(wanted)), 'مرة أخرى'))
		problems.push('the own text is lost');
	await save(at.page, file);
	const said = waypost('import', '--dry-run', file).said;
	if (!/conflict/.test(said))
		problems.push(`no conflict: ${said}`);
	await at.page.locator('.card .look button').first().click();
	if (await at.page.locator('.state.yours').count())
		problems.push('the newer text was not taken');
	await at.context.close();
	tap.result('a text that somebody else has changed is shown beside the own one', [...problems, ...at.heard, ...(first ? [] : ['there was no plural'])]);
}

// A source that has changed: which words, and the old translation confirmed as it is.
async function outdated() {
	const source = path.join(project, 'content/reporting/sessions.md'), file = path.join(work, 'outdated.yaml');
	const text = fs.readFileSync(source, 'utf8'), changed = text.replace('You do not have to go', 'You do not have to go there');
	fs.writeFileSync(source, changed);
	const at = await browser('outdated'), problems = text === changed ? ['the page has another text now'] : [];
	await open(at.page, makeKit('ar', 'outdated-one'), 'reporting/sessions');
	const card = at.page.locator('.card').filter({ has: at.page.locator('.state.outdated') });
	const words = await card.locator('.was ins').evaluateAll(all => all.map(e => e.lastChild.textContent.trim()));
	if (await card.count() !== 1 || words.join() !== 'there' || await card.locator('.was del').count())
		problems.push(`what has changed: ${words}`);
	await card.locator('select').selectOption('translated');
	await save(at.page, file);
	const taken = waypost('import', file);
	if (taken.code !== 0 || !/\b1 changed/.test(taken.said))
		problems.push(`import ended with ${taken.code}: ${taken.said}`);
	await open(at.page, makeKit('ar', 'outdated-two'), 'reporting/sessions');
	if (await at.page.locator('.state.outdated, .state.yours').count())
		problems.push('it is still outdated');
	await at.context.close();
	tap.result('the words that have changed are shown, and the old translation can be confirmed', [...problems, ...at.heard]);
}

// The desk's eye for marks against the program's: what the program shows, the desk does not call broken.
function texts() {
	const site = path.join(work, 'out/site'), context = {}, problems = [];
	let units = 0, seen = 0;
	vm.createContext(context);
	vm.runInContext(fs.readFileSync(path.join(site, 'assets/desk-text.js'), 'utf8'), context);
	context.waypostDesk = json => {
		const data = JSON.parse(json);
		units++;
		for (const s of data.segments ?? []) {
			const faults = s.t && !s.w && !s.a ? context.waypostText.compare(s.s, s.t, s.x).filter(f => f.level === 'stop') : [];
			seen += s.t ? 1 : 0;
			problems.push(...faults.map(f => `${data.key}: ${f.word} ${f.mark}: ${s.s}`));
			if (context.waypostText.diff(s.s, s.t ?? '').map(d => d[0] === '+' ? '' : d[1]).join('') !== s.s)
				problems.push(`a difference loses words: ${s.s}`);
		}
	};
	for (const name of fs.readdirSync(site, { recursive: true }))
		if (/^[^/]+\/desk\/.*\.js$/.test(name))
			vm.runInContext(fs.readFileSync(path.join(site, name), 'utf8'), context);
	tap.result(`the desk's warnings agree with what the program shows (${seen} texts, ${units} files)`, problems);
}

// Writes on the site's own desk, closes, opens again: what is lost.
async function lostAt(site, profile) {
	const url = pathToFileURL(path.join(site, 'ar/translate/desk.html')).href;
	let at = await browser(profile);
	await open(at.page, url, PAGE);
	const wanted = (await write(at.page, 'ar', 7000)).map(p => p[1]);
	await at.context.close();
	at = await browser(profile);
	await at.page.goto(`${url}?page=${PAGE}`);
	await at.page.waitForSelector('.card');
	const lost = [...missing(wanted, (await values(at.page)).join('\n')), ...at.heard];
	await at.context.close();
	return lost;
}

// The same desk as a page of the site, and one that forgets: it must be found out.
async function site() {
	const whole = path.join(work, 'out/site'), copy = path.join(work, 'seeded'), file = path.join(copy, 'assets/desk.js');
	tap.result('the desk that is a page of the site: ten texts are still there', await lostAt(whole, 'site'));
	fs.cpSync(whole, copy, { recursive: true });
	const script = fs.readFileSync(file, 'utf8'), broken = script.replace('setItem(prefix + key, JSON', 'getItem(prefix + key, JSON');
	fs.writeFileSync(file, broken);
	tap.seeded('the desk', script !== broken && (await lostAt(copy, 'seeded')).length >= COUNT ? [] : ['a desk that keeps nothing']);
}

async function main() {
	if (shots)
		fs.mkdirSync(shots, { recursive: true });
	tap.result('a project with Khmer', makeProject());
	await journey('km', name => makeKit('km', name), 'the kit in Khmer', 'kit-km');
	const { file, url, wanted } = await journey('ar', name => makeKit('ar', name), 'the kit in Arabic', 'kit-ar');
	await warnings(url);
	await withoutMemory(url, file, wanted);
	await moved(url);
	await forms();
	await outdated();
	texts();
	await site();
}

main().catch(error => {
	console.log(`# ${error.stack.replace(/\n/g, '\n# ')}\nnot ok - the translation desk`);
	process.exitCode = 1;
}).finally(() => fs.rmSync(work, { recursive: true, force: true }));
