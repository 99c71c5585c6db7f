// SPDX-License-Identifier: GPL-3.0-or-later
// What the programs of this folder that drive a browser share: a host for the built pages, the sizes of a phone and of a desk, and
// what is asked of a page inside the browser.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');
const zlib = require('zlib');
const { within } = require('./site.js');

const PHONE = { width: 360, height: 740 }, DESK = { width: 1280, height: 800 };
const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', svg: 'image/svg+xml', png: 'image/png', js: 'text/javascript',
	txt: 'text/plain; charset=utf-8', xml: 'application/xml' };

// The class of what is on paper only: on the screen something else says it.
const PAPER = 'paper';

// The plainest host there is: files by their exact names, no index, no guessing. `more` has texts of its own by name;
// with `press` texts are compressed, as most hosts do.
function serve(root, more = {}, press = false) {
	const server = http.createServer((request, response) => {
		const name = path.posix.normalize(decodeURI(request.url.replace(/[?#].*/, '')));
		const file = path.join(root, name), type = TYPES[name.split('.').pop()] ?? 'application/octet-stream';
		if (name in more)
			return response.writeHead(200, { 'content-type': type }).end(more[name]);
		if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
			return response.writeHead(404).end();
		const small = press && /gzip/.test(request.headers['accept-encoding']) && type !== TYPES.png;
		response.writeHead(200, { 'content-type': type, 'x-content-type-options': 'nosniff', ...small && { 'content-encoding': 'gzip' } })
			.end(small ? zlib.gzipSync(fs.readFileSync(file)) : fs.readFileSync(file));
	});
	return new Promise(done => server.listen(0, '127.0.0.1', () => done(server)));
}

// In the page: whatever sticks out of the window, and what it is that does.
function wide() {
	const root = document.documentElement, limit = root.clientWidth;
	if (Math.max(root.scrollWidth, document.body.scrollWidth) <= limit)
		return '';
	const sticks = [...document.body.querySelectorAll('*')].filter(e => {
		const box = e.getBoundingClientRect();
		return (box.right > limit + 1 || box.left < -1) && !e.closest('.scroll, .skip');
	});
	const last = sticks[sticks.length - 1];
	return `scrolls sideways: ${root.scrollWidth} of ${limit} px: <${last?.tagName} class="${last?.className}"> ${last?.textContent.slice(0, 40)}`;
}

// In the page, with what folds opened, menus only when asked to (they lie over the text then): the text that a reader sees, as [text,
// boxes of its lines] in the order of the document. Drawings are left out: what they say stands beside them as text. Long titles on the
// way back are cut by their style.
function shown(menus) {
	for (const details of document.querySelectorAll('details')) {
		details.removeAttribute('name');
		details.open = menus || !details.classList.contains('menu');
	}
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
	for (let node; (node = walker.nextNode());) {
		if (!node.data.trim() || node.parentNode.closest('script, textarea, option, svg'))
			continue;
		range.selectNodeContents(node);
		const style = getComputedStyle(node.parentNode), cut = node.parentNode.closest('.crumbs li')?.getBoundingClientRect();
		const boxes = [...range.getClientRects()].filter(b => b.width > 1 && b.height > 1).map(b => [Math.max(b.left, cut?.left ?? b.left), b.top + scrollY,
			Math.min(b.right, cut?.right ?? b.right), b.bottom + scrollY]);
		if (boxes.length && style.visibility === 'visible' && parseFloat(style.fontSize) >= 8)
			found.push([node.data, boxes]);
	}
	return found;
}

// The same texts in the file, by the reader of site.js. What is hidden there does something only when scripts run.
function written(tree, { scripts = false, styles = true } = {}) {
	return tree.texts.filter(t => !within(t.parent, e => 'hidden' in e.a || ['head', 'script', 'textarea', 'option', 'svg'].includes(e.name) ||
		(scripts && e.name === 'noscript') || (styles && e.a.class === PAPER))).map(t => t.text);
}

const tight = text => text.replace(/\s+/g, '');

// Where the texts of a page and those of its file part: nothing when they are the same in the same order.
function differ(seen, file) {
	const is = tight(seen.join('')), wanted = tight(file.join(''));
	if (is === wanted)
		return [];
	let at = 0;
	while (is[at] === wanted[at])
		at++;
	return [`of ${wanted.length} letters ${is.length} are shown; the first difference: '${is.slice(at, at + 50)}' for '${wanted.slice(at, at + 50)}'`];
}

module.exports = { PHONE, DESK, serve, wide, shown, written, differ };
