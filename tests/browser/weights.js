// SPDX-License-Identifier: GPL-3.0-or-later
// What pages weigh over the wire, by language: the heaviest and the middle page with its sheets, compressed, the fonts and the search
// index. weights.js SITE; called by tests/browser/run. Prints TAP, the table as notes.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const tap = require('./tap.js');

// Bytes, as offline.md has them: a page; a page with the sheets and scripts that it loads (without fonts); requests of a home page.
const PAGE = 14 * 1024, FIRST = 30 * 1024, REQUESTS = 6;

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

// Files a browser loads with a page; print sheets and the icon of the tab wait until nothing else does, and fonts.css names fonts.
function loads(name) {
	const html = read(name).toString(), found = new Set();
	for (const [tag, file] of html.matchAll(/<(?:link|script|img)\b[^>]*?(?:href|src)="([^"#?]+\.(?:css|js|svg|png))"[^>]*>/g))
		if (!/rel="(canonical|alternate)"|rel="icon"|media="print"/.test(tag))
			found.add(path.join(path.dirname(name), file));
	return [...found];
}

const problems = [], rows = [];
for (const tag of fs.readdirSync(root).filter(n => fs.existsSync(path.join(root, n, 'index.html'))).sort()) {
	const pages = walk(tag).filter(n => n.endsWith('.html')).sort((a, b) => packed(a) - packed(b)), last = pages[pages.length - 1];
	const home = `${tag}/index.html`, first = [home, ...loads(home).filter(n => !n.endsWith('assets/fonts.css'))];	// which holds fonts
	const index = fs.existsSync(path.join(root, tag, 'search')) ? walk(`${tag}/search`).reduce((sum, n) => sum + packed(n), 0) : 0;
	const wire = first.reduce((sum, n) => sum + packed(n), 0);
	rows.push([tag, pages.length, packed(pages[pages.length >> 1]), packed(last), last.slice(tag.length + 1), wire, first.length, index]);
	if (packed(last) > PAGE)
		problems.push(`${last}: ${packed(last)} bytes`);
	if (wire > FIRST)
		problems.push(`${home} with its sheets and scripts: ${wire} bytes`);
	if (first.length > REQUESTS - 1)	// one is left for a font
		problems.push(`${home}: ${first.length} requests: ${first.join(' ')}`);
}
console.log('# bytes, compressed: language, pages, middle page, heaviest page, first visit without fonts, its requests, search index');
for (const [tag, n, middle, most, name, wire, requests, index] of rows)
	console.log(`# ${tag.padEnd(8)} ${n} ${String(middle).padStart(6)} ${String(most).padStart(6)} ${name.padEnd(24)} ${String(wire).padStart(6)} ${requests} ${String(index).padStart(7)}`);
tap.result('pages and first visits keep their weight', problems);
