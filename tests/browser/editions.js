// SPDX-License-Identifier: GPL-3.0-or-later
// Editions as people open them: one file alone in an empty folder, without a network. editions.js PROGRAM [FOLDER]; called by
// tests/browser/run. Prints TAP. Screenshots go to FOLDER.
'use strict';

const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('../node_modules/playwright-core');
const tap = require('./tap.js');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const ROOT = path.join(__dirname, '../..');
const PHONE = { width: 360, height: 740 };
const WORDS = { en: 'passport', ar: 'جواز السفر', am: 'ፓስፖርት' };
const AXE = path.join(ROOT, 'tests/node_modules/axe-core/axe.min.js');
const JAR = path.join(ROOT, 'tests/node_modules/vnu-jar/build/dist/vnu.jar');
// As in nu.js; it cannot tell which digest an inline script has, Chromium can.
const KNOWN = /violates Content Security Policy|Trailing slash on void elements/;

const program = path.resolve(process.argv[2]), shots = process.argv[3] && path.resolve(process.argv[3]);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'editions-')), project = path.join(work, 'project');

function waypost(...args) {
	const done = spawnSync(program, [...args, '-C', project], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
	return { status: done.status, text: (done.stdout ?? '') + (done.stderr ?? '') };
}

function makeProject() {
	for (const name of ['content', 'themes', ...Object.keys(WORDS).map(tag => `translations/${tag}`)])
		fs.cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
	const site = path.join(project, 'content/site.yaml');
	fs.writeFileSync(site, fs.readFileSync(site, 'utf8').replace(/^languages:.*/m, `languages: [${Object.keys(WORDS).join(', ')}]`));
	const built = waypost('build');
	return built.status === 0 ? [] : built.text.split('\n').slice(-5);
}

// A page without a network, on a phone; what it says or asks for goes to `said`.
async function open(browser, file, said, javaScriptEnabled = true) {
	const context = await browser.newContext({ viewport: PHONE, offline: true, javaScriptEnabled });
	const page = await context.newPage(), url = pathToFileURL(file).href;
	page.on('console', message => said.push(`console: ${message.text()}`));
	page.on('pageerror', error => said.push(`error: ${error.message}`));
	page.on('requestfailed', request => said.push(`failed: ${request.url().slice(0, 80)}`));
	page.on('request', request => !/^data:/.test(request.url()) && request.url() !== url && said.push(`asked for: ${request.url()}`));
	await page.goto(url);
	return page;
}

// What is wrong with the document itself.
function look() {
	const found = [], all = (what, list) => list.slice(0, 5).forEach(x => found.push(`${what}: ${x}`));
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id), links = [...document.querySelectorAll('a[href]')];
	all('twice', ids.filter((id, i) => ids.indexOf(id) !== i));
	all('leads nowhere', links.map(a => a.getAttribute('href')).filter(h => h[0] === '#' && !document.getElementById(decodeURIComponent(h.slice(1)))));
	all('leads out of the file', links.map(a => a.getAttribute('href')).filter(h => !/^(#|https?:|mailto:|tel:)/.test(h)));
	all('names an id that is not there', [...document.querySelectorAll('[aria-labelledby],[for]')].map(e => e.getAttribute('aria-labelledby') || e.getAttribute('for'))
		.filter(id => !document.getElementById(id)));
	all('another language', [...document.querySelectorAll('a[hreflang]')].map(a => a.outerHTML));
	if (document.documentElement.scrollWidth > innerWidth)
		found.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
	if (document.querySelectorAll('article').length < 50)
		found.push('has few pages');
	return found;
}

async function shot(page, name) {
	if (shots)
		await page.screenshot({ path: path.join(shots, name) });
}

// Follows a link by a click; what it leads to must be at the top of the window.
async function jump(page, selector) {
	const link = page.locator(selector).first(), id = decodeURIComponent((await link.getAttribute('href')).slice(1));
	await link.click();
	await page.waitForTimeout(200);
	const top = await page.evaluate(i => document.getElementById(i)?.getBoundingClientRect().top, id);
	return top >= -2 && top < 300 ? [] : [`${selector}: '${id}' is at ${top}`];
}

async function single(browser, tag, file) {
	const said = [], page = await open(browser, file, said), found = await page.evaluate(look);
	await shot(page, `single-${tag}.png`);
	found.push(...await jump(page, 'article#index a[href^="#"]'));
	await page.fill('#wp-search-text', WORDS[tag]);
	await page.waitForSelector('#wp-search-found a', { timeout: 5000 });
	await shot(page, `single-${tag}-search.png`);
	const first = await page.locator('#wp-search-found a').first().getAttribute('href');
	if (first !== '#rights/papers')
		found.push(`${WORDS[tag]} is found at ${first}`);
	found.push(...await jump(page, '#wp-search-found a'));
	const part = '#wp-search-found a[href^="#faq#"]';
	if (await page.locator(part).count())
		found.push(...await jump(page, part));
	const style = await page.evaluate(() => getComputedStyle(document.body).marginTop);
	if (style !== '0px')
		found.push('its style does not work');
	await page.context().close();
	return found.concat(said);
}

// The same list of jumps stands on several pages of the site, and so several times in the file.
async function access(browser, file) {
	const said = [], page = await open(browser, file, said);
	await page.evaluate(fs.readFileSync(AXE, 'utf8'));
	const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	await page.context().close();
	return found.violations.flatMap(v => v.nodes.filter(n => !/class="jump"/.test(n.html)).map(n => `${v.id}: ${n.html.slice(0, 120)}`));
}

async function plain(browser, tag, file) {
	const said = [], page = await open(browser, file, said, false);
	const found = await jump(page, 'nav a[href="#rights/papers"]');
	if (await page.locator('#wp-search').isVisible())
		found.push('a form that does nothing is shown');
	if ((await page.locator('article').allInnerTexts()).join('').length < 50000)
		found.push('is not one long document');
	await page.context().close();
	return found.concat(said);
}

function valid(files) {
	const done = spawnSync('java', ['-jar', JAR, '--stdout', '--format', 'gnu', '--exit-zero-always', ...files], { maxBuffer: 1 << 28, encoding: 'utf8' });
	return done.status === 0 ? done.stdout.split('\n').filter(l => l && !KNOWN.test(l)) : [`the checker failed: ${done.stderr}`];
}

// Something that is wrong must be found: a link to nowhere, a picture that is not inside, a script that the policy does not know.
async function seeded(browser, file) {
	const broken = path.join(work, 'broken.html'), said = [];
	fs.writeFileSync(broken, fs.readFileSync(file, 'utf8').replace('</main>',
		'<a id="faq" href="#none">x</a><a href="../en/x.html">x</a><img src="x.png" alt="" /><script>x()</script></main>'));
	const page = await open(browser, broken, said), found = (await page.evaluate(look)).concat(said).join('\n');
	await page.context().close();
	return ['twice: faq', 'leads nowhere: #none', 'leads out of the file: ../en/x.html', 'x.png', 'inline script'].filter(text => !found.includes(text));
}

function has(command) {
	return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

function freePort() {
	return new Promise(done => {
		const server = net.createServer().listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});
}

// A Kiwix hotspot of our own: its home page, a page of the site in it with nothing missing, one search.
async function kiwix(browser, zim) {
	const port = await freePort(), found = [], base = `http://127.0.0.1:${port}/`;
	const server = spawn('kiwix-serve', ['--address=127.0.0.1', `--port=${port}`, zim], { stdio: 'ignore' });
	try {
		const context = await browser.newContext({ viewport: PHONE }), page = await context.newPage();
		page.on('response', r => r.status() >= 400 && !/favicon/.test(r.url()) && found.push(`${r.status()} ${r.url()}`));
		page.on('request', r => !r.url().startsWith(base) && !/^(data|blob):/.test(r.url()) && found.push(`asked for: ${r.url()}`));
		for (let i = 0; i < 50 && !await page.goto(base).catch(() => null); i++)
			await page.waitForTimeout(100);
		const titled = async () => (await page.content()).includes('Migrant Workers Convention');
		for (let i = 0; i < 150 && !await titled(); i++)	// its scripts ask for the list of books
			await page.waitForTimeout(100);
		if (!await titled())
			found.push('the library does not show the title');
		const book = path.basename(zim, '.zim');
		await page.goto(`${base}${book}/index.html`);
		await shot(page, 'kiwix-home.png');
		await page.click('a[hreflang="ar"]');
		if (await page.evaluate(() => document.documentElement.dir) !== 'rtl' || await page.evaluate(() => getComputedStyle(document.body).marginTop) !== '0px')
			found.push(`the Arabic home page is not as it should be: ${page.url()}`);
		await page.goto(`${base}search?content=${book}&pattern=passport`);
		await shot(page, 'kiwix-search.png');
		if (!await page.locator('a[href*="/en/rights/papers.html"]').count())
			found.push('its search does not find the page on passports');
		await page.goto(`${base}${book}/ar/search.html`);
		await page.fill('#wp-search-text', WORDS.ar);
		await page.waitForSelector('#wp-search-found a', { timeout: 5000 });
		await page.click('#wp-search-found a');
		if (!page.url().endsWith('/ar/rights/papers.html'))
			found.push(`the site's own search leads to ${page.url()}`);
		await context.close();
	} finally {
		server.kill();
	}
	return found;
}

async function zim(browser) {
	const packed = waypost('pack', 'zim'), file = path.join(project, 'out/zim/migrant-workers-convention.zim');
	tap.result('a ZIM file', packed.status === 0 ? [] : [packed.text]);
	const checked = spawnSync('zimcheck', [file], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
	tap.result('zimcheck: all tests pass', /Overall Test Status: Pass/.test(checked) && !/\[ERROR\]/.test(checked) ? [] : checked.split('\n').slice(-20));
	if (has('kiwix-serve'))
		tap.result('kiwix-serve shows the site and finds a page', await kiwix(browser, file).catch(error => [error.message.split('\n')[0]]));
	else
		console.log('ok - kiwix-serve shows the site and finds a page # SKIP kiwix-tools is not installed');
}

async function main() {
	const trying = promise => promise.catch(error => [error.message.split('\n')[0]]);
	tap.result('a project of three languages builds', makeProject());
	const packed = waypost('pack', 'single');
	tap.result('one file for each language', packed.status === 0 ? [] : [packed.text]);
	const files = {};
	for (const tag of Object.keys(WORDS)) {	// each alone, in a folder of its own
		files[tag] = path.join(work, `alone-${tag}`, 'a.html');
		fs.mkdirSync(path.dirname(files[tag]));
		fs.copyFileSync(path.join(project, 'out/single', `migrant-workers-convention-${tag}.html`), files[tag]);
	}
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
	for (const [tag, file] of Object.entries(files)) {
		tap.result(`one file (${tag}): alone and without a network nothing is missing, links and search lead to their place`, await trying(single(browser, tag, file)));
		tap.result(`one file (${tag}): without scripts it is one long document`, await trying(plain(browser, tag, file)));
	}
	tap.result('one file (ar): axe finds nothing', await trying(access(browser, files.ar)));
	tap.seeded('one file', await seeded(browser, files.en));
	if (has('zimwriterfs') && has('zimcheck'))
		await zim(browser);
	else
		console.log('ok - a ZIM file # SKIP zim-tools is not installed');
	await browser.close();
	if (fs.existsSync(JAR))
		tap.result('one file: valid to the Nu checker', valid(Object.values(files)));
	else
		console.log('ok - one file: valid to the Nu checker # SKIP it is not installed');
	fs.rmSync(work, { recursive: true });
}

main();
