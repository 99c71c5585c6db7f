// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a built site: its files, and its pages as trees. Own reader, so that the checks do not lean on the generator.
// Pages are polyglot (HTML that is XML too), so a reader of strict tags is enough. For the programs of this folder.
'use strict';

const fs = require('fs');
const path = require('path');

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TAG = /<!--[\s\S]*?-->|<!DOCTYPE html>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|</g;

function decode(text) {
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, number, name) =>
		hex ? String.fromCodePoint(parseInt(hex, 16)) : number ? String.fromCodePoint(+number) : NAMED[name] ?? all);
}

function attributes(text) {
	const found = {};
	for (const [, name, value] of text.matchAll(/([\w:-]+)="([^"]*)"/g))
		found[name] = decode(value);
	return found;
}

// The page as { elements, texts, faults }: elements in order of their opening tags, with name, attributes (a), parent, line,
// lang and dir in force; texts with text, parent, line.
function parse(html) {
	const page = { elements: [], texts: [], faults: [] };
	let open = { name: '', a: {}, lang: '', dir: 'ltr', parent: null, line: 1 }, end = 0, line = 1, counted = 0;
	const at = index => {
		for (; counted < index; counted++)
			line += html.charCodeAt(counted) === 10;
		return line;
	};
	const words = upto => {
		const text = decode(html.slice(end, upto));
		if (text.trim())
			page.texts.push({ text, parent: open, line: at(end) });
	};
	for (const match of html.matchAll(TAG)) {
		const [all, closing, name, inside, empty] = match;
		words(match.index);
		end = match.index + all.length;
		if (all === '<')
			page.faults.push(`${at(match.index)}: not a strict tag: ${html.slice(match.index, match.index + 60)}`);
		if (!name)
			continue;
		if (closing) {
			if (open.name !== name)
				page.faults.push(`${at(match.index)}: </${name}> closes <${open.name}>`);
			open = open.parent ?? open;
			continue;
		}
		const a = attributes(inside);
		const element = { name, a, parent: open, line: at(match.index), lang: a.lang ?? open.lang,
			dir: a.dir === 'rtl' || a.dir === 'ltr' ? a.dir : open.dir };
		page.elements.push(element);
		if (!empty)
			open = element;
	}
	words(html.length);
	if (open.name)
		page.faults.push(`${open.line}: <${open.name}> is not closed`);
	return page;
}

// { root, files: Map of path to Buffer, pages: Map of path to tree with html and path }
function read(root) {
	const site = { root, files: new Map(), pages: new Map() };
	for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
		if (entry.isDirectory())
			continue;
		const full = path.join(entry.parentPath ?? entry.path, entry.name);
		site.files.set(path.relative(root, full).split(path.sep).join('/'), fs.readFileSync(full));
	}
	for (const name of [...site.files.keys()].filter(f => f.endsWith('.html')).sort())
		add(site, name, site.files.get(name).toString('utf8'));
	return site;
}

// Puts a page, or another text of it, into a site in memory.
function add(site, name, html) {
	site.files.set(name, Buffer.from(html));
	site.pages.set(name, { ...parse(html), html, path: name });
}

function copy(site) {
	return { root: site.root, files: new Map(site.files), pages: new Map(site.pages) };
}

// Folder of the language of a page: 'ar' of 'ar/reporting/index.html'; nothing for the chooser.
function folder(name) {
	return name.includes('/') ? name.split('/')[0] : '';
}

// The script that the text of a language is in (ISO 15924), as far as Unicode's data tells.
function script(tag) {
	return new Intl.Locale(tag).maximize().script;
}

function direction(tag) {
	return ['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr'].includes(script(tag)) ? 'rtl' : 'ltr';
}

function within(element, test) {
	for (let e = element; e; e = e.parent)
		if (test(e))
			return e;
	return null;
}

module.exports = { read, add, copy, parse, folder, script, direction, within };
