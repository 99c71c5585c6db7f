// SPDX-License-Identifier: GPL-3.0-or-later
// Which pages of a built site a browser looks at: a site in thirty languages has thousands, most of them made by the same few
// templates. The choice depends on nothing but the pages, so a run can be repeated. For pages.js.
'use strict';

const { folder, script, direction, within } = require('./site.js');

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

// { all, source, both, kinds, names, deep }: every page; the tag of the source language, and with it one that runs the other way; pages
// (without language) that show everything the theme can do; the sample: every page of the source language, these kinds in the first
// language of each script, and in every other language the home page and one of the kinds. What takes long is done for `deep`: without the other kinds of
// languages that only have another script. With `full` both are all.
function sample(site, full) {
	const all = [...site.pages.keys()], tags = [...new Set(all.map(folder))].filter(Boolean).sort();
	const source = tags.find(t => site.pages.get(`${t}/index.html`)?.elements[0].a.lang === site.pages.get('index.html')?.elements[0].a.lang) ?? tags[0];
	const kinds = [...new Set(['index.html', ...cover(all.filter(n => folder(n) === source).map(n => site.pages.get(n)))])];
	const both = [source, tags.find(t => direction(t) !== direction(source))], scripts = new Set([script(source)]);
	const names = all.filter(n => [source, ''].includes(folder(n))), deep = new Set(names);
	for (const [i, tag] of tags.filter(t => t !== source).entries()) {
		const two = [...new Set(['index.html', kinds[i % kinds.length]])];
		names.push(...(scripts.has(script(tag)) ? two : kinds).map(k => `${tag}/${k}`).filter(n => site.pages.has(n)));
		scripts.add(script(tag));
		for (const k of both.includes(tag) ? kinds : two)
			deep.add(`${tag}/${k}`);
	}
	return { all, source, both, kinds, names: full ? all : names.sort(), deep: full ? new Set(all) : deep };
}

module.exports = { sample };
