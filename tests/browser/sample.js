// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages of a built site a browser looks at: a site in thirty languages has thousands, most of them made by the same few
// templates. The choice depends on nothing but the pages, so a run can be repeated. For pages.js.
'use strict';

const zlib = require('zlib');
const { folder, script, within } = require('./site.js');

// What a style sheet or a script can meet on a page: elements, classes and roles within main, the theme's own ids, files it loads.
function features(page) {
	const found = new Set();
	for (const e of page.elements) {
		if (/^(link|script)$/.test(e.name) && (e.a.src ?? (e.a.rel === 'stylesheet' && e.a.href)))
			found.add((e.a.src ?? e.a.href).split('/').pop());
		if (!within(e, x => x.name === 'main') || within(e.parent, x => x.name === 'svg'))
			continue;
		found.add(e.name);
		for (const word of (e.a.class ?? '').split(' '))
			found.add(`${e.name}.${word}`);
		if (/^wp-/.test(e.a.id ?? ''))
			found.add(`#${e.a.id.replace(/\d+$/, '')}`);
		if (e.name === 'table')
			found.add(page.elements.filter(x => x.name === 'th' && x.a.scope === 'col' && within(x, y => y === e)).length > 4 ? 'wide table' : 'table');
	}
	return found;
}

// The fewest pages, taken greedily, that show every feature of all.
function cover(pages) {
	const left = new Map(pages.map(p => [p, features(p)])), seen = new Set(), chosen = [];
	for (;;) {
		let best = null, most = 0;
		for (const [page, all] of left) {
			const fresh = [...all].filter(f => !seen.has(f)).length;
			if (fresh > most) {
				best = page;
				most = fresh;
			}
		}
		if (!best)
			return chosen;
		left.get(best).forEach(f => seen.add(f));
		left.delete(best);
		chosen.push(best.path.split('/').slice(1).join('/'));
	}
}

// { all, source, kinds, names }: every page; the tag of the source language; pages (without language) that show everything the
// theme can do; the sample: every page of the source language, these kinds in the first language of each script and direction,
// and in every other language the home page and the heaviest page. With `full` the sample is all.
function sample(site, full) {
	const all = [...site.pages.keys()], tags = [...new Set(all.map(folder))].filter(Boolean).sort();
	const source = folder(all.find(n => folder(n) && site.pages.get(n).elements[0].a.lang === site.pages.get('index.html').elements[0].a.lang));
	const own = all.filter(n => folder(n) === source).map(n => site.pages.get(n));
	const kinds = [...new Set(['index.html', ...cover(own)])], scripts = new Set();
	const heaviest = own.map(p => [zlib.gzipSync(p.html).length, p.path.split('/').slice(1).join('/')]).sort((a, b) => b[0] - a[0])[0][1];
	const names = all.filter(n => [source, ''].includes(folder(n)));
	for (const tag of tags) {
		const first = !scripts.has(script(tag));
		scripts.add(script(tag));
		if (tag !== source)
			names.push(...(first ? kinds : [...new Set(['index.html', heaviest])]).map(k => `${tag}/${k}`).filter(n => site.pages.has(n)));
	}
	return { all, source, kinds, names: full ? all : names.sort() };
}

module.exports = { sample };
