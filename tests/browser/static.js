// SPDX-License-Identifier: GPL-3.0-or-later
// Checks of a built site without a browser: what must hold for it to work from a memory stick, and that no other tool finds.
// static.js SITE [SITE-WITH-BASE-URL]; called by tests/browser/run. Prints TAP.
'use strict';

const path = require('path').posix;
const zlib = require('zlib');
const { read, add, copy, folder, script, direction, within } = require('./site.js');
const tap = require('./tap.js');

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; " +
	"media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self' file:";
const BASE = 'https://example.org/a/';	// as in run
const PAGE_BYTES = 14 * 1024, STYLE_BYTES = 6 * 1024, SCRIPT_BYTES = 10 * 1024, CARD_BYTES = 100 * 1024;
const ADDRESS = ['href', 'src', 'action', 'formaction', 'poster', 'data', 'srcset', 'xlink:href'];
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;

// Calls look(page, say) for each page and gathers what it says, with the place.
function each(site, look) {
	const problems = [];
	for (const page of site.pages.values())
		look(page, (line, text) => problems.push(`${page.path}:${line}: ${text}`));
	return problems;
}

const checks = {
	'pages are strict markup in UTF-8, policy after charset, both first': site => each(site, (page, say) => {
		const body = Buffer.from(page.html);
		if (!body.equals(site.files.get(page.path)) || page.html.includes('\ufffd'))
			say(1, 'not UTF-8');
		if (!page.html.startsWith('<!DOCTYPE html>\n<html lang="'))
			say(1, 'does not begin with the doctype and <html lang>');
		for (const fault of page.faults)
			say(fault.split(':')[0], fault.replace(/^\d+: /, ''));
		const head = page.elements.filter(e => e.parent.name === 'head');
		if (head[0]?.a.charset !== 'utf-8')
			say(head[0]?.line ?? 1, 'the charset is not first in head');
		if (head[1]?.a['http-equiv'] !== 'Content-Security-Policy' || head[1].a.content !== POLICY)
			say(head[1]?.line ?? 1, 'no content security policy, or another one, after the charset');
	}),

	'lang and dir of html are those of the folder': site => each(site, (page, say) => {
		const html = page.elements[0], lang = html?.a.lang;
		if (!lang || (folder(page.path) && folder(page.path) !== lang.toLowerCase()))
			return say(1, `lang is '${lang}'`);
		if (html.a.dir !== direction(lang))
			say(1, `dir is '${html.a.dir}'`);
		for (const e of page.elements)
			if (e.a.lang && e.dir !== direction(e.a.lang))
				say(e.line, `<${e.name} lang="${e.a.lang}"> has the direction ${e.dir}`);
	}),

	'one title, main and h1, ids once, no tabindex above 0': site => each(site, (page, say) => {
		for (const name of ['title', 'main', 'h1'])
			if (page.elements.filter(e => e.name === name && !within(e, x => x.name === 'svg')).length !== 1)
				say(1, `not exactly one <${name}>`);
		if (!page.texts.some(t => t.parent.name === 'title'))
			say(1, 'the title is empty');
		const ids = new Set();
		for (const e of page.elements) {
			if (e.a.id && ids.size === ids.add(e.a.id).size)
				say(e.line, `the id '${e.a.id}' comes twice`);
			if (+e.a.tabindex > 0)
				say(e.line, 'tabindex above 0');
		}
	}),

	'file names are safe on every disk': site => {
		const seen = new Map(), problems = [];
		for (const name of site.files.keys()) {
			for (const part of name.split('/'))
				if (!/^[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)?$/.test(part) || part.length > 60 || DEVICE.test(part))
					problems.push(`${name}: '${part}' is not [a-z0-9-] with one dot and at most 60 characters`);
			const folded = name.normalize('NFC').toLowerCase();
			if (seen.has(folded))
				problems.push(`${name}: the same as ${seen.get(folded)} on a disk that folds case`);
			seen.set(folded, name);
		}
		return problems;
	},

	'addresses are relative and lead to a file and an id': site => each(site, (page, say) => {
		for (const e of page.elements)
			for (const name of ADDRESS.filter(n => n in e.a)) {
				const fault = address(site, page, e, e.a[name]);
				if (fault)
					say(e.line, `<${e.name} ${name}="${e.a[name]}">: ${fault}`);
			}
	}),

	'nothing that fails from disk or that the policy stops': site => each(site, (page, say) => {
		for (const e of page.elements) {
			for (const name of Object.keys(e.a))
				if (/^(integrity|crossorigin|style|on\w+|ping|download|target)$/.test(name))
					say(e.line, `<${e.name}> has ${name}`);
			if (/^(base|iframe|object|embed|style|track|font)$/.test(e.name))
				say(e.line, `<${e.name}>`);
			if (e.name === 'form' && (e.a.method || !e.a.action))
				say(e.line, 'a form that is not for search');
			if (e.name === 'script' && (!e.a.src || e.a.type === 'module'))
				say(e.line, 'an inline script or a module');
			if (e.name === 'link' && /^(manifest|preconnect|dns-prefetch|preload|modulepreload)$/.test(e.a.rel))
				say(e.line, `rel=${e.a.rel}`);
			if (e.name === 'use' && !(e.a.href ?? '').startsWith('#'))
				say(e.line, '<use> of another file');
		}
	}),

	'style sheets are small and load nothing from elsewhere': site => {
		const problems = [];
		for (const [name, bytes] of site.files) {
			if (!name.endsWith('.css'))
				continue;
			const text = bytes.toString(), rules = text.replace(/url\(data:font\/[^)]*\)/g, '').length;	// fonts are weighed by fonts.js
			if (rules > STYLE_BYTES)
				problems.push(`${name}: ${rules} bytes; the limit is ${STYLE_BYTES}`);
			if (/@import/.test(text))
				problems.push(`${name}: @import`);
			for (const [, , url] of text.matchAll(/url\(\s*(["']?)(.*?)\1\s*\)/g))
				if (/^([a-z]+:|\/)/i.test(url) ? !url.startsWith('data:') :
					!site.files.has(path.join(path.dirname(name), url)))
					problems.push(`${name}: url(${url})`);
		}
		return problems;
	},

	'the scripts of a page are small (10 KB; the desk is for people who came to work)': site => each(site, (page, say) => {
		const names = new Set(page.elements.filter(e => e.name === 'script' && e.a.src).map(e => target(page.path, e.a.src)));
		const bytes = [...names].reduce((sum, name) => sum + (site.files.get(name)?.length ?? 0), 0);
		if (bytes > SCRIPT_BYTES && !names.has('assets/desk.js'))
			say(1, `${bytes} bytes of script`);
	}),

	'pages fit into the first answer of a host (14 KB compressed)': site => each(site, (page, say) => {
		const size = zlib.gzipSync(page.html).length;
		if (size > PAGE_BYTES)
			say(1, `${size} bytes compressed`);
	}),

	'every page can be reached from the chooser': site => {
		const seen = new Set(['index.html']);
		for (const name of seen)
			for (const e of site.pages.get(name)?.elements ?? [])
				if (e.name === 'a' && e.a.href && !/^[a-z]+:/.test(e.a.href) && site.pages.has(target(name, e.a.href)))
					seen.add(target(name, e.a.href));
		return [...site.pages.keys()].filter(p => !seen.has(p)).map(p => `${p}: no way leads there`);
	},

	'each page links to itself in every language, and back': site => {
		const tags = tagsOf(site);
		return each(site, (page, say) => {
			const rest = folder(page.path) ? page.path.slice(folder(page.path).length + 1) : 'index.html';
			const wanted = new Map([...tags].map(([dir, tag]) => [tag, `${dir}/${rest}`]));
			const found = new Set();
			for (const e of page.elements.filter(x => x.name === 'a' && x.a.hreflang)) {
				const to = site.pages.get(target(page.path, e.a.href)), html = to?.elements[0].a;
				if (to?.path !== wanted.get(e.a.hreflang) || e.a.lang !== html.lang || e.a.dir !== html.dir)
					say(e.line, `a link that says '${e.a.hreflang}' leads to ${to?.path ?? 'nothing'}`);
				found.add(e.a.hreflang);
			}
			for (const tag of wanted.keys())
				if (!found.has(tag))
					say(1, `no link to the page in '${tag}'`);
		});
	},

	'text is in the script of its language': site => each(site, (page, say) => {
		const spoken = new Map();
		for (const t of page.texts) {
			const owner = within(t.parent, e => e.a.lang);
			if (owner && !within(t.parent, e => /^(bdi|cite|code|pre|kbd|samp|svg)$/.test(e.name)))
				spoken.set(owner, (spoken.get(owner) ?? '') + t.text + ' ');
		}
		for (const [e, text] of spoken) {
			const letters = text.match(/\p{L}/gu)?.length ?? 0, own = text.match(inScript(e.a.lang))?.length ?? 0;
			if (letters > (e.name === 'html' ? 20 : 0) && own * 2 < letters)
				say(e.line, `<${e.name} lang="${e.a.lang}">: ${own} of ${letters} letters are of its script: ${text.trim().slice(0, 80)}`);
		}
	}),

	'English outside lang=en is found nowhere': site => each(site, (page, say) => {
		for (const t of page.texts) {
			const owner = within(t.parent, e => e.a.lang), english = owner && !/^en\b/.test(owner.a.lang) && likeEnglish(t.text, owner.a.lang);
			if (english && !within(t.parent, e => /^(bdi|cite|code|pre|title|svg)$/.test(e.name)))
				say(t.line, `in lang="${owner.a.lang}": ${english}`);
		}
	}),

	'numbers and addresses that turn over are isolated where text runs from right to left': site => each(site, (page, say) => {
		for (const t of page.texts)
			if (t.parent.dir === 'rtl' && t.parent.name !== 'title' && !within(t.parent, e => /^(bdi|code|pre)$/.test(e.name))) {
				const risk = t.text.match(/\+\d[\d ()-]{4,}|\b\d{4}-\d\d(-\d\d)?\b|https?:\S+|[$€]\s?\d+/);
				if (risk)
					say(t.line, risk[0]);
			}
	}),
};

function hasCards(site) {
	return [...site.files.keys()].some(f => f.endsWith('/card.png'));
}

// What only a site with an address of its own can answer.
const basedChecks = {
	'canonical and alternates are complete and mutual': site => {
		const tags = tagsOf(site), at = new Map();
		const links = page => page.elements.filter(e => e.name === 'link' && e.a.rel === 'alternate' && e.a.hreflang);
		for (const page of site.pages.values())
			at.set(page.elements.find(e => e.a.rel === 'canonical')?.a.href, page);
		return each(site, (page, say) => {
			const own = page.elements.find(e => e.a.rel === 'canonical')?.a.href;
			if (!own || !/^https:\/\/example\.org\/a\//.test(own))
				say(1, `canonical is '${own}'`);
			if (!folder(page.path))
				return;
			const all = links(page), named = all.map(e => e.a.hreflang).sort().join();
			if (named !== [...tags.values(), 'x-default'].sort().join())
				say(1, `alternates are ${named}`);
			for (const e of all) {
				const to = at.get(e.a.href);
				if (e.a.hreflang === 'x-default')
					continue;
				if (!to || to.elements[0].a.lang !== e.a.hreflang)
					say(e.line, `alternate '${e.a.hreflang}' is ${e.a.href}`);
				else if (!links(to).some(back => back.a.href === own && back.a.hreflang === page.elements[0].a.lang))
					say(e.line, `${to.path} does not name this page`);
			}
		});
	},
	'shared links have a picture of their language': site => each(site, (page, say) => {
		if (!hasCards(site))	// this computer has no fonts: then nobody names one
			return page.html.includes('og:image') && say(1, 'there is no picture');
		const named = page.elements.find(e => e.a.property === 'og:image')?.a.content ?? '', file = named.replace('https://example.org/a/', '');
		// a language without a font on this computer has the picture of the first one
		const own = `${folder(page.path)}/card.png`, right = !folder(page.path) || !site.files.has(own) || file === own;
		if (!site.files.has(file) || !right)
			say(1, `the picture is '${named}'`);
		else if (site.files.get(file).toString('latin1', 12, 24) !== 'IHDR\0\0\x04\xb0\0\0\x02\x76' || site.files.get(file).length > CARD_BYTES)
			say(1, `${file} is no PNG of 1200 by 630 pixels and ${CARD_BYTES} bytes`);
	}),
};

function tagsOf(site) {
	const tags = new Map();
	for (const page of site.pages.values())
		if (folder(page.path))
			tags.set(folder(page.path), page.elements[0].a.lang);
	return tags;
}

function target(from, href) {
	const file = decodeURI(href.replace(/[#?].*/, ''));
	return file ? path.join(path.dirname(from), file) : from;
}

// What is wrong with an address, or nothing. Only <a> and the <link>s that load nothing may leave the site.
function address(site, page, e, url) {
	// Hosts show this page at any address: there, all that belongs to the site is named whole.
	if (page.path === '404.html' && url.startsWith(BASE))
		url = url.slice(BASE.length);
	else if (page.path === '404.html' && !/^[a-z]+:|^#/.test(url))
		return 'is looked for where the reader went astray';
	const loads = e.name !== 'a' && !(e.name === 'link' && /^(canonical|alternate)$/.test(e.a.rel));
	if (/^https:\/\//.test(url) || /^http:\/\//.test(url) || /^mailto:/.test(url))
		return loads ? 'loads something remote' : '';
	if (e.name === 'img' && /^data:image\//.test(url))
		return '';
	if (/^[a-z][a-z0-9+.-]*:/i.test(url))
		return 'a scheme that is not used here';
	if (url.startsWith('/'))
		return 'begins with a slash';
	const file = url.replace(/[#?].*/, '');
	if (!url || /(^|\/)\.{0,2}$/.test(file) && file !== '')
		return 'names a folder, not a file';
	const to = target(page.path, url);
	if (to.startsWith('..') || !site.files.has(to))
		return 'leads nowhere';
	const id = url.includes('#') ? decodeURIComponent(url.replace(/^[^#]*#/, '')) : '';
	if (id && !site.pages.get(to)?.elements.some(x => x.a.id === id))
		return `no id '${id}' there`;
	return '';
}

function inScript(tag) {
	const code = script(tag), sets = { Hans: ['Hani'], Hant: ['Hani'], Jpan: ['Hani', 'Hira', 'Kana'], Kore: ['Hang', 'Hani'] };
	return new RegExp((sets[code] ?? [code]).map(s => `\\p{Script=${s}}`).join('|'), 'gu');
}

// Four Latin words in a row where another script is written; words that only English has where Latin is.
function likeEnglish(text, lang) {
	if (script(lang) !== 'Latn')
		return text.match(/\b[A-Za-z][a-z'’]*(?:[ ,;:–-]+[A-Za-z][a-z'’]*){3,}/)?.[0];
	const words = text.match(/\b(the|of|and|with|your|you|this|that|from|which|are|have)\b/gi) ?? [];
	return words.length > 1 ? text.trim().slice(0, 80) : '';
}

// Faults to seed: page, what to replace, by what, the check that must speak.
const faults = [
	['ar/index.html', '<meta charset="utf-8" />', '<meta charset="utf-8">', 'pages are strict'],
	['ar/index.html', /<meta http-equiv[^>]*>/, '', 'pages are strict'],
	['en/about.html', '</main>', '', 'pages are strict'],
	['ar/index.html', 'dir="rtl">', 'dir="ltr">', 'lang and dir'],
	['zh-hans/index.html', 'lang="zh-Hans"', 'lang="zh-Hant"', 'lang and dir'],
	['ar/about.html', '<main', '<p><span lang="en">Without a direction</span></p><main', 'lang and dir'],
	['en/about.html', '<main', '<p id="wp-main"></p><main', 'one title'],
	['en/about.html', '<main', '<a tabindex="3" href="about.html">x</a><main', 'one title'],
	['en/Über.html', null, '', 'file names'],
	['en/About.html', null, '', 'file names'],
	['en/con.html', null, '', 'file names'],
	['en/about.html', 'href="index.html"', 'href="../fr/"', 'addresses'],
	['en/about.html', 'href="index.html"', 'href=".."', 'addresses'],
	['en/about.html', 'href="index.html"', 'href="/en/index.html"', 'addresses'],
	['en/about.html', 'href="index.html"', 'href="//example.org/x"', 'addresses'],
	['en/about.html', 'href="index.html"', 'href="nowhere.html"', 'addresses'],
	['en/about.html', 'href="#wp-main"', 'href="#nowhere"', 'addresses'],
	['en/about.html', 'href="../assets/style.css"', 'href="https://example.org/a.css"', 'addresses'],
	['en/about.html', '<link rel="stylesheet"', '<link rel="stylesheet" integrity="x"', 'nothing that fails'],
	['en/about.html', '<main', '<script src="../assets/a.js" type="module"></script><main', 'nothing that fails'],
	['en/about.html', '<main', '<p style="color:red">x</p><main', 'nothing that fails'],
	['en/about.html', '<main', '<form method="post" action="about.html"></form><main', 'nothing that fails'],
	['en/about.html', '<main', '<link rel="manifest" href="about.html" /><main', 'nothing that fails'],
	['assets/style.css', null, '@import "x.css";', 'style sheets'],
	['assets/style.css', null, 'a{background:url(/x.png)}', 'style sheets'],
	['en/about.html', '<main', n => [...Array(4000)].map((_, i) => (i * 2654435761 % 2 ** 32).toString(36)).join(' ') + n, 'pages fit'],
	['en/about.html', '<main', '<script src="../assets/desk-text.js"></script><main', 'the scripts of'],
	['en/lost.html', null, '<!DOCTYPE html>\n<html lang="en" dir="ltr"></html>', 'every page'],
	['en/about.html', /<li><a [^>]*hreflang="fr"[^>]*>[^<]*<\/a>/g, '<li>', 'each page links'],
	['en/about.html', /href="..\/fr\/about.html"/g, 'href="../es/about.html"', 'each page links'],
	['ar/about.html', '<main', '<p lang="en">كل العمال</p><main', 'text is in'],
	['ru/about.html', '<main', '<p lang="ru">Nobody has translated this</p><main', 'text is in'],
	['ar/about.html', '<main', '<p>It has not been translated.</p><main', 'English outside'],
	['fr/about.html', '<main', '<p>Some of the words that you see.</p><main', 'English outside'],
	['ar/about.html', '<main', '<p>اتصل +212 6 12-34-56-78</p><main', 'numbers and'],
];

const basedFaults = [
	['ar/about.html', /<link rel="canonical"[^>]*>/, ''],
	['ar/about.html', /<link rel="alternate" hreflang="fr"[^>]*>/, ''],
	['ar/about.html', /<link rel="alternate" hreflang="x-default"[^>]*>/, ''],
	['ar/about.html', 'a/fr/about.html', 'a/es/about.html'],
	['ar/about.html', 'ar/card.png', 'fr/card.png'],
	['ar/about.html', 'ar/card.png', 'assets/icon.svg'],
];

function seed(site, [name, from, to]) {
	const other = copy(site), old = site.files.get(name)?.toString() ?? '';
	const text = from === null ? to : old.replace(from, typeof to === 'function' ? to : () => to);
	if (from !== null && text === old)
		throw new Error(`the fault for ${name} does not fit: ${from}`);
	if (name.endsWith('.html'))
		add(other, name, text);
	else
		other.files.set(name, Buffer.from(text));
	return other;
}

// The pages that faults are put into, with all files of the site: a site of thousands of pages need not be read again for each fault.
function few(site) {
	return { ...site, pages: new Map([...site.pages].filter(([name]) => /^([^/]+\/)?(index|about)\.html$/.test(name))) };
}

function missed(site) {
	return faults.filter(fault => {
		const name = Object.keys(checks).find(c => c.startsWith(fault[3]));
		return checks[name](seed(site, fault)).length <= checks[name](site).length;
	}).map(fault => `${fault[0]}: ${fault[3]}: ${fault[2]}`.slice(0, 120));
}

const site = read(process.argv[2]);
for (const [name, check] of Object.entries(checks))
	tap.result(`${name} (${site.pages.size} pages)`, check(site));
tap.seeded('without a browser', missed(few(site)));
if (process.argv[3]) {
	const based = read(process.argv[3]);
	for (const [name, check] of Object.entries(basedChecks))
		tap.result(`with a base URL: ${name}`, check(based));
	for (const [name, check] of Object.entries(checks))
		if (/^(addresses|pages are)/.test(name))
			tap.result(`with a base URL: ${name}`, check(based));
	const said = at => Object.values(basedChecks).reduce((sum, check) => sum + check(at).length, 0), none = said(few(based));
	tap.seeded('with a base URL', basedFaults.filter(f => hasCards(based) || !/card/.test(f[1])).filter(fault => said(seed(few(based), fault)) <= none)
		.map(fault => fault.join(': ')));
}
