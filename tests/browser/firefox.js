// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of a built site in Firefox, from disk and over HTTP of this machine, with the isolation of files that readers have. Automation
// switches it off in two places (security.fileuri.strict_origin_policy, and once more among remote.prefs.recommended): then modules and
// fetch work here from disk, and for nobody else. Seeded pages prove that it is on. Pages of sample.js, over HTTP
// those of two languages, or all with FULL=1 in the environment; then search, the workbook and the desk from disk, and pages without scripts.
// firefox.js SITE; called by tests/browser/run. Prints TAP. FIREFOX names the program.
'use strict';

const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const puppeteer = require('../node_modules/puppeteer-core');
const { PHONE, DESK, serve, wide, shown, written, differ } = require('./host.js');
const { read, folder, direction } = require('./site.js');
const { sample } = require('./sample.js');
const tap = require('./tap.js');

const FIREFOX = execFileSync('sh', ['-c', `command -v "${process.env.FIREFOX ?? 'firefox-esr'}"`]).toString().trim();
const ISOLATION = { 'security.fileuri.strict_origin_policy': true, 'remote.prefs.recommended': false };
// A profile of its own must not ask, greet, or call home; nor ask where to put a download. Scroll bars take no room, as on phones.
const QUIET = { 'app.normandy.enabled': false, 'app.update.disabledForTesting': true, 'browser.aboutwelcome.enabled': false,
	'browser.safebrowsing.malware.enabled': false, 'browser.safebrowsing.phishing.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false,
	'extensions.getAddons.cache.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
	'services.settings.server': 'data:,#none', 'toolkit.telemetry.enabled': false, 'browser.download.folderList': 2,
	'browser.download.useDownloadDir': true, 'browser.download.always_ask_before_handling_new_types': false, 'ui.prefersReducedMotion': 1, 'ui.useOverlayScrollbars': 1 };
const TAGS = ['en', 'ar', 'zh-Hans', 'th', 'km', 'am', 'bn', 'tr'], QUERIES = 5, FIRST = 3;
const WORKBOOK = 'reporting/workbook.html', UNIT = 'reporting/alternative-report';
const LEFT = 'status=2152398850'; // NS_BINDING_ABORTED
const MARKED = 'كتبه شخص <b>&', WAIT = 15000;

const root = fs.realpathSync(process.argv[2]), disk = pathToFileURL(root).href + '/';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'firefox-'));

// A browser with the memory of `profile`: { browser, page, said, close }. said() gives and forgets what was heard since: errors of scripts,
// requests, and every line of the browser's own console that is about a page of ours, reports of policies among them. A font that was still
// on its way when the page was left is not a fault: that is what LEFT says, and a font that is missing or refused says something else.
async function open(profile, more = {}) {
	const memory = path.join(work, profile);
	fs.mkdirSync(memory, { recursive: true });
	const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, userDataDir: memory,
		args: ['--remote-allow-system-access'], extraPrefsFirefox: { ...QUIET, 'browser.download.dir': work, ...ISOLATION, ...more } });
	// The window of the browser itself, which knows its console and its settings.
	const { result: { contexts } } = await browser.connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
	const inside = async expression => {
		const { result } = await browser.connection.send('script.evaluate', { expression, target: { context: contexts[0].context }, awaitPromise: false });
		if (result.type !== 'success')
			throw new Error(`in Firefox: ${JSON.stringify(result.exceptionDetails)}`);
		return JSON.parse(result.result.value);
	};
	const page = (await browser.pages())[0] ?? await browser.newPage(), heard = [];
	page.on('console', m => ['error', 'warn'].includes(m.type()) && heard.push(`console: ${m.text()}`));
	page.on('pageerror', e => heard.push(`error: ${e.message ?? e}`));
	page.on('requestfailed', r => !/ABORTED/.test(r.failure()?.errorText) && heard.push(`failed: ${r.url()} ${r.failure()?.errorText}`));
	page.on('response', r => r.status() >= 400 && heard.push(`status ${r.status()}: ${r.url()}`));
	page.on('request', r => !/^(file:\/\/\/|http:\/\/127\.0\.0\.1:|data:|blob:|about:)/.test(r.url()) && heard.push(`remote: ${r.url()}`));
	page.on('dialog', d => d.accept());
	await page.evaluateOnNewDocument(() => {
		window.missing = [];
		window.addEventListener('error', e => e.target !== window && window.missing.push(`not loaded: ${e.target.src || e.target.href}`), true);
	});
	const said = async () => {
		const console = await inside(`(() => {
			const lines = Services.console.getMessageArray().map(m => m instanceof Ci.nsIScriptError ? m.sourceName + ' ' + m.errorMessage : '');
			Services.console.reset();
			return JSON.stringify(lines.filter(l => /(file:\\/\\/\\/|http:\\/\\/127\\.0\\.0\\.1:)/.test(l)));
		})()`);
		return [...new Set([...heard.splice(0), ...await page.evaluate(() => window.missing ?? []), ...console])].filter(l => !l.includes(LEFT));
	};
	await inside('Services.console.reset(), "0"');
	return { browser, page, said, inside, close: () => browser.close() };
}

// In the page: what an expectation can be held against.
function state() {
	return { lang: document.documentElement.lang, dir: document.documentElement.dir, flow: getComputedStyle(document.body).direction, width: innerWidth,
		styled: getComputedStyle(document.body).margin !== '8px', fonts: [...document.fonts].filter(f => f.status === 'error').map(f => f.family),
		broken: [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.getAttribute('src')) };
}

// A page at both widths: it is opened at the one that the window has, so that the next one is opened at the other.
async function look({ page, said }, url, expected) {
	await page.goto(url, { waitUntil: 'load' });
	const first = page.viewport()?.width === DESK.width ? [DESK, PHONE] : [PHONE, DESK], found = [];
	for (const [i, size] of first.entries()) {
		if (i || !page.viewport())
			await page.setViewport(size);
		found.push(await page.evaluate(wide));
		const is = await page.evaluate(state);
		if (is.width !== size.width)
			found.push(`the window is ${is.width} px wide`);
		if (i)
			continue;
		if ((expected && is.lang.toLowerCase() !== expected) || is.dir !== is.flow || (expected && is.dir !== direction(expected)))
			found.push(`lang=${is.lang} dir=${is.dir}, text runs ${is.flow}`);
		found.push(is.styled ? '' : 'no style sheet', ...is.fonts.map(f => `font is not loaded: ${f}`), ...is.broken.map(src => `image is not shown: ${src}`));
	}
	return [...found.filter(Boolean), ...await said()];
}

async function each(firefox, names, work) {
	const problems = [];
	for (const name of names)
		try {
			problems.push(...(await work(firefox, name)).map(p => `${name}: ${p}`));
		} catch (error) {
			problems.push(`${name}: ${error.message.split('\n')[0]}`);
		}
	return problems;
}

// What people type (search/queries.tsv): in each language the first query finds its page among the first three, the next ones find pages
// of the site. The order of all of them is search.js's to check.
async function search({ page, said }, tag) {
	const problems = [], all = fs.readFileSync(path.join(__dirname, 'search/queries.tsv'), 'utf8').split('\n').map(l => l.split('\t')).filter(l => l[0] === tag);
	const home = `${tag.toLowerCase()}/`;
	await page.goto(`${disk}${home}search.html`);
	for (const [i, [, query, pages]] of all.slice(0, QUERIES).entries()) {
		await page.$eval('#wp-search-text', field => field.select());
		await page.type('#wp-search-text', query);
		await page.waitForFunction((q, index) => decodeURIComponent(location.search).includes(q) && document.querySelector('#wp-search-found > ol > li > a') &&
			(index || true), { timeout: WAIT, polling: 50 }, query, i).catch(() => problems.push(`'${query}' finds nothing`));
		const found = await page.evaluate(() => [...document.querySelectorAll('#wp-search-found > ol > li > a')].map(a => a.getAttribute('href')));
		if (!i && !found.slice(0, FIRST).some(f => pages.split('|').includes(f.replace(/\.html.*/, ''))))
			problems.push(`'${query}' finds ${found.slice(0, FIRST).join(', ')}, not ${pages}`);
		problems.push(...found.filter(f => !fs.existsSync(path.join(root, home, f.replace(/#.*/, '')))).map(f => `'${query}' finds ${f}, which is not there`));
	}
	return [...problems, ...await said()];
}

const fields = page => page.evaluate(() => [...document.querySelectorAll('textarea')].map(a => a.value).filter(Boolean));
const lost = (wanted, is) => wanted.filter(w => !is.includes(w)).map(w => `lost: ${w}`);

// A file that the browser saves: its text. It is taken away, so that the next one is not mistaken for it.
async function download(page, selector, pattern) {
	await page.click(selector);
	for (const end = Date.now() + WAIT; Date.now() < end; await new Promise(done => setTimeout(done, 100))) {
		const name = fs.readdirSync(work).find(f => pattern.test(f) && fs.statSync(path.join(work, f)).size);
		if (!name || fs.existsSync(path.join(work, `${name}.part`)))
			continue;
		const text = fs.readFileSync(path.join(work, name), 'utf8');
		fs.rmSync(path.join(work, name));
		return text;
	}
	return '';
}

// Written, opened again after a reload and after the browser was closed, saved to a file.
async function workbook(site, profile) {
	let at = await open(profile);
	const url = pathToFileURL(path.join(site, 'en', WORKBOOK)).href, wanted = [`one ${MARKED}`, `two ${MARKED}`];
	await at.page.goto(url);
	for (const [i, text] of wanted.entries())
		await (await at.page.$$('.piece textarea[name]'))[i].type(text);
	await at.page.reload();
	const problems = lost(wanted, await fields(at.page)).map(p => `${p} (reload)`);
	await at.page.evaluate(() => new Promise(done => setTimeout(done, 300)));
	await at.close();
	at = await open(profile);
	await at.page.goto(url);
	problems.push(...lost(wanted, await fields(at.page)));
	const text = await download(at.page, '[data-do="txt"]', /^report-.*\.txt$/);
	problems.push(...wanted.filter(w => !text.includes(w)).map(w => `not in the file: ${w}`), ...await at.said());
	await at.close();
	return problems;
}

async function desk(tag) {
	let at = await open('desk');
	const url = `${disk}${tag}/translate/desk.html`, problems = [], wanted = `${MARKED} 1000.`;
	await at.page.goto(url);
	await at.page.waitForSelector('.units', { timeout: WAIT });
	await at.page.goto(`${url}#${UNIT}`);
	await at.page.waitForSelector('.card textarea', { timeout: WAIT });
	const count = (await at.page.$$('.card')).length;
	if (count < 5)
		problems.push(`${count} texts of ${UNIT}`);
	const area = await at.page.$('.card textarea');
	await area.evaluate(e => e.select());
	await area.type(wanted);
	await new Promise(done => setTimeout(done, 600));
	problems.push(...await at.said());
	await at.close();
	at = await open('desk');
	await at.page.goto(`${url}#${UNIT}`);
	await at.page.waitForSelector('.card textarea', { timeout: WAIT });
	problems.push(...lost([wanted], await fields(at.page)));
	const text = await download(at.page, '.do button', new RegExp(`^translation-${tag}-.*\\.yaml$`));
	if (!text.includes(wanted))
		problems.push('not in the saved file');
	problems.push(...await at.said());
	await at.close();
	return problems;
}

// [files beside the page, what to put into it, what must be said from disk, whether it is right over HTTP]
const FAULTS = [
	[{ 'm.js': 'export default 1' }, '<script type="module" src="m.js"></script>', /not loaded|Cross-Origin/, true],
	[{ 'm.js': 'export default 1', 'i.js': 'import("./m.js")' }, '<script src="i.js"></script>', /./, true],
	[{ 'f.js': 'fetch("about.html")' }, '<script src="f.js"></script>', /Cross-Origin/, true],
	[{ 'x.js': 'var x = new XMLHttpRequest(); x.open("GET", "about.html"); x.send()' }, '<script src="x.js"></script>', /Cross-Origin/, true],
	[{ 'd.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }, '<img src="d.svg" crossorigin="anonymous" alt="x" width="9" height="9" />', /Cross-Origin|not loaded/, true],
	[{}, '<script src="none.js"></script>', /not loaded/, false],
	[{}, '<img src="none.png" alt="x" />', /not loaded|not shown/, false],
	[{}, '<link rel="stylesheet" href="none.css" />', /not loaded/, false],
	[{}, '<script>var a = 1</script>', /Content-Security-Policy/, false],
	[{}, '<p style="color:red">x</p>', /Content-Security-Policy/, false],
	[{}, '<img src="https://example.org/x.png" alt="x" />', /Content-Security-Policy|remote/, false],
	[{ 'e.js': 'console.error("seeded")' }, '<script src="e.js"></script>', /console: seeded/, false],
	[{ 't.js': 'none()' }, '<script src="t.js"></script>', /none is not defined/, false],
	[{ 'w.css': '@font-face{font-family:w;src:url(none.woff2)}h1{font-family:w}' }, '<link rel="stylesheet" href="w.css" />', /font|none\.woff2/, false],
	[{}, `<table><tr>${'<td>wide</td>'.repeat(30)}</tr></table>`, /sideways/, false],
];

async function faults(firefox) {
	const copy = path.join(work, 'seeded'), html = fs.readFileSync(path.join(root, 'en/about.html'), 'utf8'), missed = [];
	fs.cpSync(path.join(root, 'assets'), path.join(copy, 'assets'), { recursive: true });
	fs.mkdirSync(path.join(copy, 'en'));
	fs.writeFileSync(path.join(copy, 'en/about.html'), html);
	const server = await serve(copy);
	for (const [i, [files, seed, wanted, isolated]] of FAULTS.entries()) {
		for (const [name, text] of Object.entries(files))
			fs.writeFileSync(path.join(copy, 'en', name), text);
		fs.writeFileSync(path.join(copy, `en/fault${i}.html`), html.replace('<main', () => `${seed}<main`));
		const said = await look(firefox, pathToFileURL(path.join(copy, `en/fault${i}.html`)).href, 'en');
		if (!said.some(s => wanted.test(s)))
			missed.push(`${wanted}: ${seed} (said: ${said.join('; ')})`);
		if (isolated) {
			const there = await look(firefox, `http://127.0.0.1:${server.address().port}/en/fault${i}.html`, 'en');
			if (there.length)
				missed.push(`over HTTP this is right: ${seed} (said: ${there.join('; ')})`);
		}
	}
	server.close();
	const forgets = path.join(work, 'forgets'), file = path.join(forgets, 'assets/workbook.js');
	fs.cpSync(path.join(root, 'assets'), path.join(forgets, 'assets'), { recursive: true });
	fs.mkdirSync(path.join(forgets, 'en', path.dirname(WORKBOOK)), { recursive: true });
	fs.copyFileSync(path.join(root, 'en', WORKBOOK), path.join(forgets, 'en', WORKBOOK));
	fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('.setItem(key, text)', '.getItem(key)'));
	if (!(await workbook(forgets, 'forgets')).some(p => p.startsWith('lost')))
		missed.push('a workbook that keeps nothing');
	return missed;
}

async function main() {
	const site = read(root), { all, names, kinds, both } = sample(site, process.env.FULL === '1'), server = await serve(root);
	const net = `http://127.0.0.1:${server.address().port}/`, start = Date.now();
	const inBoth = names.filter(n => kinds.includes(n.split('/').slice(1).join('/')) && both.includes(folder(n)));
	const firefox = await open('pages');
	console.log(`note: Firefox ${(await firefox.browser.version()).replace(/.*\//, '')}: ${names.length} of ${all.length} pages are looked at, 360 and 1280 px wide` +
		(names.length < all.length ? '; all with FULL=1' : ''));
	const set = await firefox.inside(`JSON.stringify(${JSON.stringify(Object.keys(ISOLATION))}.map(p => [p, Services.prefs.getBoolPref(p)]))`);
	tap.result('Firefox isolates files as it does for readers', set.filter(([name, is]) => is !== ISOLATION[name]).map(([name, is]) => `${name} is ${is}`));
	// what a host does is the same in every language
	for (const [base, where, some] of [[disk, 'from disk', names], [net, 'over HTTP', process.env.FULL === '1' ? names : inBoth]])
		tap.result(`Firefox, ${where}: nothing fails, no error, no report of the policy, no sideways scroll (${some.length} pages)`,
			await each(firefox, some, (at, name) => look(at, base + name, folder(name))));
	const tags = TAGS.filter(t => fs.existsSync(path.join(root, t.toLowerCase(), 'search')));
	tap.result(`Firefox, from disk: search finds (${tags.length} languages)`, await each(firefox, tags, search));
	const missed = await faults(firefox);
	await firefox.close();
	tap.result('Firefox, from disk: the workbook keeps what was written, and saves it', await workbook(root, 'person'));
	for (const tag of both.filter(t => fs.existsSync(path.join(root, t, 'translate/desk.html')) && t !== both[0]))
		tap.result(`Firefox, from disk: the desk opens, keeps a text and saves it (${tag})`, await desk(tag));
	const plain = await open('plain', { 'javascript.enabled': false });
	tap.result(`Firefox, from disk, without scripts: all text is shown in its order (${inBoth.length} pages)`, await each(plain, inBoth, async (at, name) => {
		await at.page.goto(disk + name);
		return differ((await at.page.evaluate(shown, true)).map(s => s[0]), written(site.pages.get(name)));
	}));
	await plain.close();
	tap.seeded('in Firefox', missed);
	console.log(`note: Firefox: ${Math.round((Date.now() - start) / 1000)} s`);
	server.close();
}

main().catch(error => {
	if (/Services is not defined/.test(error.message)) {	// before 153
		console.log('ok - the pages in Firefox # SKIP this Firefox does not let tests read its console');
		process.exit(0);
	}
	console.log(`# ${error.stack.replace(/\n/g, '\n# ')}\nnot ok - the pages in Firefox`);
	process.exitCode = 1;
}).finally(() => {
	fs.rmSync(work, { recursive: true, force: true });
	process.exit();	// a browser that an error left open would keep this waiting
});
