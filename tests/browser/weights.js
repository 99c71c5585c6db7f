// SPDX-License-Identifier: GPL-3.0-or-later
// What pages weigh over the wire, by language: the heaviest and the middle page with its sheets, compressed, the fonts and the search
// index. weights.js SITE; called by tests/browser/run. Prints TAP, the table as notes.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const tap = require('./tap.js');

// Bytes: a page; a page with the sheets and scripts that it loads (without fonts); requests of a first visit; fonts, some scripts need more;
// the letters of all languages' names, on the page where a language is chosen.
const PAGE = 14 * 1024, FIRST = 30 * 1024, REQUESTS = 6, FONT = 30 * 1024, FONTS = { aran: 80 * 1024, tibt: 50 * 1024 }, NAMES = 60 * 1024;

const root = process.argv[2], sizes = new Map();
const read = name => fs.readFileSync(path.join(root, name));

function packed(name) {
	if (!sizes.has(name))
		sizes.set(name, zlib.gzipSync(read(name), { level: 9 }).length);
	return sizes.get(name);
}

function walk(folder) {
	return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(e =>
		e.isDirectory() ? walk(path.join(folder, e.name)) : [path.join(folder, e.name)]);
}

// Files a browser loads with a page; print sheets and the icon of the tab wait until nothing else does.
function loads(name) {
	const html = read(name).toString(), found = new Set();
	for (const [tag, file] of html.matchAll(/<(?:link|script|img)\b[^>]*?(?:href|src)="([^"#?]+\.(?:css|js|svg|png))"[^>]*>/g))
		if (!/rel="(canonical|alternate)"|rel="icon"|media="print"/.test(tag))
			found.add(path.join(path.dirname(name), file));
	return [...found];
}

// The font of a language, by what fonts.css says: its file, or nothing.
function fontOf(tag) {
	const key = fonts.match(new RegExp(`body:lang\\(${tag}\\)\\{--script:wp-(\\w+)\\}`, 'i'))?.[1];
	return key && fonts.match(new RegExp(`font-family:wp-${key};src:url\\(([^)]+)\\)`))[1];
}

// What comes before the names of languages, and those.
function chooser() {
	const all = ['index.html', ...loads('index.html')], names = all.filter(n => n === NAMES_SHEET), wire = all.reduce((sum, n) => sum + packed(n), 0);
	const late = names.length ? packed(NAMES_SHEET) : 0;
	console.log(`# the page where a language is chosen: ${wire - late} bytes, ${all.length} requests; behind it the letters of names, ${late} bytes`);
	return [all.length > REQUESTS && `index.html: ${all.length} requests: ${all.join(' ')}`, wire - late > FIRST && `index.html with its sheets: ${wire - late} bytes`,
		late > NAMES && `${NAMES_SHEET}: ${late} bytes`, fonts && !names.length && `index.html does not load ${NAMES_SHEET}`].filter(Boolean);
}

const NAMES_SHEET = 'assets/names.css', fonts = fs.existsSync(path.join(root, 'assets/fonts.css')) ? read('assets/fonts.css').toString() : '';
const problems = [], rows = [];
for (const tag of fs.readdirSync(root).filter(n => fs.existsSync(path.join(root, n, 'index.html'))).sort()) {
	const pages = walk(tag).filter(n => n.endsWith('.html')).sort((a, b) => packed(a) - packed(b)), last = pages[pages.length - 1];
	const home = `${tag}/index.html`, first = [home, ...loads(home)], font = fontOf(tag);
	const index = fs.existsSync(path.join(root, tag, 'search')) ? walk(`${tag}/search`).reduce((sum, n) => sum + packed(n), 0) : 0;
	const wire = first.reduce((sum, n) => sum + packed(n), 0), weight = font ? fs.statSync(path.join(root, 'assets', font)).size : 0;
	rows.push([tag, pages.length, packed(pages[pages.length >> 1]), packed(last), last.slice(tag.length + 1), wire, first.length + !!font, weight, index]);
	if (packed(last) > PAGE)
		problems.push(`${last}: ${packed(last)} bytes`);
	if (wire > FIRST)
		problems.push(`${home} with its sheets and scripts: ${wire} bytes`);
	if (first.length + !!font > REQUESTS)
		problems.push(`${home}: ${first.length + !!font} requests: ${first.join(' ')} ${font}`);
	if (weight > (FONTS[path.parse(font ?? '').name] ?? FONT))
		problems.push(`${font}: ${weight} bytes`);
}
console.log('# bytes, compressed: language, pages, middle page, heaviest page, first visit without font, its requests, font, search index');
for (const [tag, n, middle, most, name, wire, requests, font, index] of rows)
	console.log(`# ${tag.padEnd(8)} ${n} ${String(middle).padStart(6)} ${String(most).padStart(6)} ${name.padEnd(24)} ${String(wire).padStart(6)} ${requests} ${String(font).padStart(6)} ${String(index).padStart(7)}`);
tap.result('pages, first visits and fonts keep their weight', [...problems, ...chooser()]);
