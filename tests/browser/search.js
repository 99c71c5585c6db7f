// SPDX-License-Identifier: GPL-3.0-or-later
// Search as a reader uses it, from disk in Chromium: what people type finds its page among the first three (search/queries.tsv), what was found
// is marked and says its language, the form works by its address, and without JavaScript there is a list from A to Z.
// search.js PROGRAM SITE [FOLDER]; called by tests/browser/run. Prints TAP. Screenshots go to FOLDER.
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
const ROOT = path.join(__dirname, '../..'), HERE = path.join(__dirname, 'search');
const SCRIPT_BYTES = 10 * 1024, FIRST = 3, EACH = 20;
const WANTED = ['en', 'ar', 'zh-Hans', 'th', 'km', 'am', 'bn', 'tr'];

const program = path.resolve(process.argv[2]), real = fs.realpathSync(process.argv[3]), shots = process.argv[4] && path.resolve(process.argv[4]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'search-'));

function queries() {
	const table = new Map();
	for (const line of fs.readFileSync(path.join(HERE, 'queries.tsv'), 'utf8').split('\n').filter(l => l && !l.startsWith('#'))) {
		const [tag, query, pages] = line.split('\t');
		table.set(tag, [...table.get(tag) ?? [], { query, pages: pages.split('|') }]);
	}
	return table;
}

function build(project, name) {
	const out = path.join(work, name), done = spawnSync(program, ['build', '-C', project, '-o', out], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
	if (done.status !== 0)
		throw new Error(`build of ${name} ended with ${done.status}: ${done.stdout}${done.stderr}`);
	return path.join(out, 'site');
}

function put(project, file, text) {
	const full = path.join(project, file);
	fs.mkdirSync(path.dirname(full), { recursive: true });
	fs.writeFileSync(full, text);
}

// A site of its own with the pages of pages.txt, each with a general page in English whose words are found in no other.
function makeFixture(filler) {
	const project = path.join(work, `project-${filler}`), tags = new Set();
	fs.cpSync(path.join(ROOT, 'themes'), path.join(project, 'themes'), { recursive: true });
	for (const part of fs.readFileSync(path.join(HERE, 'pages.txt'), 'utf8').split(/^=== /m).slice(1)) {
		const [head, title, description, ...text] = part.trimEnd().split('\n'), [name, tag] = head.split(' ');
		tags.add(tag);
		put(project, `content/${name}.${tag}.md`, `---\ntitle: "${title}"\ndescription: "${description}"\n---\n${text.join('\n\n')}\n`);
		put(project, `content/${name}.md`, `---\ntitle: General page ${name.replace(/\W/g, ' ')}\n---\nUntranslated quux.\n`);
	}
	for (let i = 0; i < filler; i++)
		put(project, `content/filler/page-${i}.md`, `---\ntitle: Filler ${i}\n---\n${[...Array(40)].map((_, k) =>
			`## Part ${i} ${k}\n\n${[...Array(60)].map((_, w) => ((i * 2400 + k * 60 + w) * 2654435761 % 4000).toString(26).replace(/\d/g, d => 'qrstuvwxyz'[d])).join(' ')}`).join('\n\n')}\n`);
	put(project, 'content/search.md', '---\ntitle: Search\nlayout: search\n---\n');
	put(project, 'content/site.yaml', `title: Search\nlanguages: [en, ${[...tags].join(', ')}]\n`);
	for (const tag of tags)
		put(project, `translations/${tag}/language.yaml`, `publish-from: 0\n`);
	return project;
}

// A new page of the browser; what goes wrong in it is gathered.
async function open(context, site, tag, query) {
	const page = await context.newPage(), heard = [];
	page.on('console', m => ['error', 'warning'].includes(m.type()) && heard.push(`console: ${m.text()}`));
	page.on('pageerror', e => heard.push(`error: ${e.message}`));
	page.on('requestfailed', r => heard.push(`failed: ${r.url()}`));
	page.on('request', r => !/^(file|data):/.test(r.url()) && heard.push(`remote: ${r.url()}`));
	await page.goto(`${pathToFileURL(site).href}/${tag.toLowerCase()}/search.html${query ? `?q=${encodeURIComponent(query)}` : ''}`);
	return { page, heard };
}

// Types, waits until there is an answer, and returns the pages found with the time it took from the last key.
async function type(page, query) {
	await page.evaluate(() => {
		document.getElementById('wp-search-said').textContent = '';
		document.getElementById('wp-search-found').textContent = '';
	});
	await page.fill('#wp-search-text', query);
	return page.evaluate(() => new Promise(done => {
		const start = performance.now();
		// The answer to the query before may still come in: what stands there a little later counts.
		const answer = ms => done({ ms, said: document.getElementById('wp-search-said').textContent,
			pages: [...document.querySelectorAll('#wp-search-found > ol > li > a')].map(a => a.getAttribute('href')) });
		(function look() {
			const said = document.getElementById('wp-search-said').textContent, wait = document.getElementById('wp-search-wait').textContent;
			if (!said || said === wait)
				return setTimeout(look, 1);
			const ms = performance.now() - start;
			setTimeout(() => answer(ms), 250);
		}());
	}));
}

const stem = href => href.replace(/\.html.*/, '');

async function language(context, site, tag, wanted, whose) {
	const { page, heard } = await open(context, site, tag), problems = [], times = [];
	await type(page, 'waiting for the index');
	for (const { query, pages } of wanted) {
		const { ms, pages: found } = await type(page, query);
		times.push(ms);
		if (!found.slice(0, FIRST).some(f => pages.includes(stem(f))))
			problems.push(`'${query}' finds ${found.slice(0, FIRST).join(', ') || 'nothing'}, not ${pages.join(' or ')}`);
	}
	if (wanted.length < EACH)
		problems.push(`only ${wanted.length} queries`);
	if (shots)
		await page.screenshot({ path: path.join(shots, `search-${tag}.png`) });
	await page.close();
	times.sort((a, b) => a - b);
	console.log(`note: search in ${tag}${whose}: first result ${Math.round(times[times.length >> 1])} ms after the last key (of these 50 waited), at most ${Math.round(times.pop())} ms`);
	tap.result(`${tag}: ${wanted.length} queries find their page among the first ${FIRST}${whose}`, [...problems, ...heard]);
}

// Bytes of a language's index for every thousand words of its pages.
function weigh(site, tag) {
	const folder = path.join(site, tag.toLowerCase(), 'search'), files = fs.readdirSync(folder);
	const bytes = files.reduce((sum, f) => sum + fs.statSync(path.join(folder, f)).size, 0);
	let words = 0;
	for (const entry of fs.readdirSync(path.join(site, tag.toLowerCase()), { recursive: true }))
		if (entry.endsWith('.html')) {
			const main = fs.readFileSync(path.join(site, tag.toLowerCase(), entry), 'utf8').replace(/[^]*<main|<\/main>[^]*/g, '').replace(/<[^>]*>/g, ' ');
			words += [...new Intl.Segmenter(tag, { granularity: 'word' }).segment(main)].filter(s => s.isWordLike).length;
		}
	return `${tag} ${Math.round(bytes / 1024)} KB, ${Math.round(bytes * 1000 / words)}`;
}

// The script's own eyes: its functions, with the index of a language read.
function script(site, tag) {
	const node = () => ({ value: '', hidden: true, innerHTML: '', getAttribute: () => 'search/index.js', appendChild: e => e, addEventListener: () => 0 });
	const document = { getElementById: node, createElement: node, createTextNode: node, body: node() };
	const source = fs.readFileSync(path.join(site, 'assets/search.js'), 'utf8').replace(/\}\(\)\);\s*$/, 'window.test = { cut: cut, pair: pair, stem: stem, fold: fold };\n}());');
	const window = {}, world = vm.createContext({ window, document, location: { search: '' }, history: {}, setTimeout, clearTimeout });
	world.waypostSearch = (...all) => window.waypostSearch(...all);
	vm.runInContext(source, world);
	const texts = [], terms = new Set(), folder = path.join(site, tag.toLowerCase(), 'search');
	const read = { index: text => texts.push(...text.split('\n')[9].split('\t').filter((t, i) => i % 2).map(t => t.slice(1))),
		text: text => texts.push(...text.split(/[\n\t]/).map(t => t.slice(1))),
		terms: text => text.split('\t').slice(0, -1).reduce((before, line) => {
			const term = before.slice(0, parseInt(line[0], 36)) + line.slice(1, line.indexOf(' '));
			terms.add(term);
			return term;
		}, '') };
	for (const file of fs.readdirSync(folder)) {
		const code = fs.readFileSync(path.join(folder, file), 'utf8');
		vm.runInContext(code, world);
		vm.runInNewContext(code, { waypostSearch: (kind, number, text) => read[kind](text) });
	}
	return { ...window.test, texts, terms };
}

// The script cuts every text of a site just as the generator did: the same terms, none more and none less; with capitals and taken apart, too.
function agreement(sites) {
	const problems = [];
	let count = 0;
	for (const [site, tag] of sites) {
		const { cut, pair, stem, texts, terms } = script(site, tag), mine = new Set();
		const all = text => cut(text).map((t, i, cuts) => t.unit ? pair(cuts, i) : stem(t.s, 3));
		for (const text of texts) {
			const own = all(text);
			own.forEach(t => mine.add(t));
			for (const other of [text.normalize('NFD'), text.toLowerCase(), text.replace(/\p{L}/gu, c => c.toUpperCase().length === c.length && c.toUpperCase().toLowerCase() === c ? c.toUpperCase() : c)])
				if (all(other).join() !== own.join())
					problems.push(`${tag}: '${other.slice(0, 60)}' is not cut like '${text.slice(0, 60)}'`);
		}
		const ids = term => /^(\d+|[a-z]+)$/.test(term);	// "article", "22" of the id article-22
		problems.push(...[...mine].filter(t => !terms.has(t)).map(t => `${tag}: '${t}' is not in the index`),
			...[...terms].filter(t => !mine.has(t) && !ids(t)).map(t => `${tag}: only the index has '${t}'`));
		count += terms.size;
	}
	tap.result(`script and generator cut every text alike (${count} terms in ${sites.length} languages)`, problems);
}

// What is found says its language, is marked, and leads to the place.
async function results(context, fixture) {
	let { page, heard } = await open(context, fixture, 'th', 'ข้อ ๒๒');
	const problems = [];
	await page.waitForSelector('#wp-search-found li');
	const first = await page.$eval('#wp-search-found li a', a => ({ href: a.getAttribute('href'), mark: [...a.querySelectorAll('mark')].map(m => m.textContent).join('') }));
	if (first.href !== 'convention/articles.html#article-22')
		problems.push(`by its address the form finds ${first.href}`);
	if (!/22/.test(first.mark))
		problems.push(`marked is '${first.mark}'`);
	await page.click('#wp-search-found li a');
	if (!page.url().endsWith('/th/convention/articles.html#article-22') || !await page.locator(':target').count())
		problems.push(`the first result leads to ${page.url()}`);
	await page.close();
	const other = await open(context, real, 'am', 'ratification');
	await other.page.waitForSelector('#wp-search-found li');
	const said = await other.page.$eval('#wp-search-found li', li => [...li.querySelectorAll('strong, p')].map(e => `${e.lang} ${e.dir}`).join());
	if (!/^(en ltr,?)+$/.test(said))
		problems.push(`English in Amharic says: ${said}`);
	heard = [...heard, ...other.heard];
	await other.page.close();
	const none = await open(context, fixture, 'tr');
	const empty = await type(none.page, 'zzzzzz');
	if (empty.pages.length || !empty.said)
		problems.push(`nothing found says '${empty.said}'`);
	await none.page.fill('#wp-search-text', '');
	await none.page.waitForFunction(() => !document.getElementById('wp-search-said').textContent);
	const bad = await type(none.page, '<img src=x onerror=alert(1)> "komite" &amp;');
	if (await none.page.locator('#wp-search-found img').count())
		problems.push('what was typed became an element');
	if (!bad.said)
		problems.push('odd signs are not answered');
	await none.page.close();
	tap.result('results are marked, say their language and lead to the place; the form works by its address', [...problems, ...heard, ...none.heard]);
}

// Without the files of the index something is said; a site that is large has its index in parts.
async function parts(context, fixture) {
	const copy = path.join(work, 'broken'), problems = [];
	fs.cpSync(fixture, copy, { recursive: true });
	fs.rmSync(path.join(copy, 'tr/search'), { recursive: true });
	const page = await context.newPage();
	await page.goto(`${pathToFileURL(copy).href}/tr/search.html?q=komite`);
	await page.waitForFunction(() => document.getElementById('wp-search-said').textContent === document.getElementById('wp-search-failed').textContent);
	await page.close();
	const large = build(makeFixture(60), 'large'), folder = path.join(large, 'en/search'), sizes = fs.readdirSync(folder).map(f => [f, fs.statSync(path.join(folder, f)).size]);
	if (sizes.filter(([f]) => f.startsWith('text-')).length < 2 || sizes.some(([f, n]) => /-/.test(f) && (n < 32 << 10 || n > 128 << 10)))
		problems.push(`the parts are ${sizes.map(s => s.join(' ')).join(', ')}`);
	const { page: other, heard } = await open(context, large, 'tr');
	const found = await type(other, 'pasaport');
	if (stem(found.pages[0] ?? '') !== 'convention/rights-of-everyone')
		problems.push(`in parts 'pasaport' finds ${found.pages[0]}`);
	await other.waitForFunction(() => document.querySelector('#wp-search-found li p mark'));
	const scripts = await other.evaluate(() => document.querySelectorAll('script').length);
	if (scripts > 6)
		problems.push(`${scripts} scripts were loaded for one word`);
	await other.close();
	tap.result(`a large index is in parts of 32 to 128 KB, loaded on demand (${sizes.length} files); a missing one is said`, [...problems, ...heard]);
}

async function axe(context, site, tags) {
	const problems = [];
	for (const tag of tags) {
		const { page, heard } = await open(context, site, tag, tag === 'ar' ? 'حقوق' : '权利');
		await page.waitForSelector('#wp-search-found li');
		problems.push(...heard);
		await page.evaluate(AXE);
		for (const scheme of ['light', 'dark']) {
			await page.emulateMedia({ colorScheme: scheme });
			const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
			problems.push(...violations.flatMap(v => v.nodes.map(n => `${tag}, ${scheme}: ${v.id}: ${n.html.slice(0, 120)}`)));
		}
		if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
			problems.push(`${tag}: scrolls sideways`);
		await page.close();
	}
	tap.result('axe: no violation with results on the page, light and dark', problems);
}

// Readers without JavaScript: no form that would do nothing, and every page in the list.
async function plain(browser, tags) {
	const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE }), page = await context.newPage(), problems = [];
	for (const tag of tags) {
		const folder = path.join(real, tag.toLowerCase());
		await page.goto(`${pathToFileURL(folder).href}/search.html`);
		const links = new Set(await page.$$eval('.a-z a', all => all.map(a => a.getAttribute('href'))));
		for (const entry of fs.readdirSync(folder, { recursive: true }))
			if (entry.endsWith('.html') && entry !== 'search.html' && !links.has(entry))
				problems.push(`${tag}: ${entry} is not in the list`);
		if (await page.locator('#wp-search').isVisible())
			problems.push(`${tag}: the form is shown`);
		await page.goto(`${pathToFileURL(folder).href}/index.html`);
		await page.click('.find');
		if (!page.url().endsWith(`/${tag.toLowerCase()}/search.html`))
			problems.push(`${tag}: the link at the top leads to ${page.url()}`);
	}
	await context.close();
	tap.result(`without JavaScript every page is in the list from A to Z (${tags.length} languages)`, problems);
}

async function main() {
	const table = queries(), has = tag => fs.existsSync(path.join(real, tag.toLowerCase(), 'search'));
	const fixture = build(makeFixture(0), 'fixture'), size = fs.statSync(path.join(real, 'assets/search.js')).size;
	const browser = await chromium.launch({ args: FLAGS, executablePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim() });
	try {
		const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce' });
		tap.result(`the script is ${size} bytes`, size > SCRIPT_BYTES ? [`the limit is ${SCRIPT_BYTES}`] : []);
		for (const tag of WANTED)
			await language(context, has(tag) ? real : fixture, tag, table.get(tag) ?? [], has(tag) ? '' : ' (pages of the test)');
		console.log(`note: search index, bytes per 1,000 words: ${WANTED.map(tag => weigh(has(tag) ? real : fixture, tag)).join('; ')}`);
		agreement([...fs.readdirSync(real).filter(has).map(tag => [real, tag]), ...['th', 'km', 'tr'].map(tag => [fixture, tag])]);
		await results(context, fixture);
		await parts(context, fixture);
		await axe(context, real, ['ar', 'zh-Hans']);
		await plain(browser, fs.readdirSync(real).filter(has));
		const { page } = await open(context, fixture, 'tr'), missed = [];
		for (const [query, never] of [['komite', 'glossary'], ['pasaport', 'complaints'], ['madde 22', 'help-translate']])
			if ((await type(page, query)).pages.some(f => stem(f) === never))
				missed.push(`'${query}' finds ${never}, which has no such word`);
		await page.close();
		tap.seeded('pages without the word are not found', missed);
	} finally {
		await browser.close();
		fs.rmSync(work, { recursive: true });
	}
}

main().catch(error => {
	console.log(`# ${error.stack}\nnot ok - search in a browser`);
	process.exitCode = 1;
});
