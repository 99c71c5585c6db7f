// SPDX-License-Identifier: GPL-3.0-or-later
// What 'waypost serve' adds to each page it shows: reloads it when it changed, shows the errors of a build, and with ?translate how each
// text is translated. Nothing of it is in what is published.
(function () {
'use strict';

const script = document.getElementById('waypost-live');
const words = script.words;	// the server writes them in front of this file
let mine = script.dataset.build;
const translating = document.getElementById('waypost-texts');

// Row `id` of words.def, with its arguments; what stands in a text that runs the other way is isolated.
function say(id, ...given) {
	const isolate = words.dir === 'rtl' ? text => `\u2068${text}\u2069` : text => text;
	return words[id].replace(/\{(\d)\}/g, (all, n) => isolate(given[n - 1]));
}

// Elements of ours live in a shadow tree, so that neither the theme's style nor its scripts meet them.
function panel(id, label) {
	const host = document.createElement('div'), root = host.attachShadow({ mode: 'open' });
	host.id = id;
	host.lang = words.lang;
	host.dir = words.dir;
	root.append(make('link', { rel: 'stylesheet', href: '/.waypost/live.css' }),
		make('section', { className: id, ariaLabel: label, tabIndex: -1 }));
	document.documentElement.append(host);
	return { host, box: root.lastChild };
}

function make(name, properties, ...children) {
	const e = Object.assign(document.createElement(name), properties);
	e.append(...children.filter(Boolean));
	return e;
}

// Errors.

let errors = null, dismissed = '';

function showErrors(report) {
	const text = JSON.stringify(report ?? null);
	if (errors) {
		errors.host.remove();
		errors = null;
	}
	if (!report || report.errors === 0)
		dismissed = '';
	if (!report || report.errors === 0 || text === dismissed)
		return;
	errors = panel('waypost-errors', say('live_errors_panel'));
	const close = () => {
		dismissed = text;
		errors?.host.remove();
		errors = null;
	};
	const left = report.errors - report.messages.length;
	errors.box.append(
		make('h2', {}, say(report.errors === 1 ? 'live_errors_one' : 'live_errors', report.errors)),
		make('button', { type: 'button', onclick: close }, say('live_close')),
		make('p', {}, say(report.held ? 'live_held' : 'live_built')),
		...report.messages.map(m => make('article', {},
			m.place && make('p', { className: 'place', dir: 'ltr' }, m.place),
			make('h3', {}, m.text, m.id && make('small', {}, ` [${m.id}]`)),
			m.snippet && make('pre', { dir: 'ltr' }, m.snippet),
			m.advice && make('p', {}, m.advice),
			m.note && make('pre', { className: 'note', dir: 'auto' }, m.note))),
		left > 0 && make('p', {}, say('live_more', left)) || '');
	errors.box.onkeydown = e => e.key === 'Escape' && close();
}

// Changes.

function pathOf(address) {
	try {
		const url = new URL(address, location.href);
		return url.origin === location.origin ? decodeURIComponent(url.pathname.slice(1)) : null;
	} catch (wrong) {
		return null;
	}
}

// The files of the site that this page is made of.
function used() {
	const paths = new Set([pathOf(location.href)]);
	for (const entry of performance.getEntriesByType('resource'))
		paths.add(pathOf(entry.name));
	for (const e of document.querySelectorAll('link[href], script[src], img[src], source[src], video[src], audio[src]'))
		paths.add(pathOf(e.href || e.src));
	return paths;
}

// Style sheets anew, without a moment between the old one and the new one.
function swap(sheets, build) {
	const links = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter(l => pathOf(l.href) !== null);
	const direct = links.filter(l => sheets.includes(pathOf(l.href)));
	for (const old of direct.length ? direct : links) {
		const fresh = old.cloneNode(), url = new URL(old.href);
		url.search = build;
		fresh.href = url.href;
		fresh.onload = fresh.onerror = () => old.remove();
		old.after(fresh);
	}
}

function reload() {
	source?.close();
	location.reload();
}

function onState(event) {
	const state = JSON.parse(event.data), known = state.build === mine, changed = state.changed;
	showErrors(state.report);
	if (translating && changed)
		return reload();
	if (known)
		return;
	if (!Array.isArray(changed) || 'any' in script.dataset || state.build.split('-')[0] !== mine.split('-')[0])
		return reload();
	mine = state.build;
	const paths = used(), ours = changed.filter(p => paths.has(p));
	if (ours.some(p => !p.endsWith('.css')))
		return reload();
	if (ours.length)
		swap(ours, mine);
}

// Browsers allow six connections to a server: pages that nobody sees let theirs go, and look again when they are seen.
let source = null;

function connect() {
	if (document.visibilityState === 'hidden') {
		source?.close();
		source = null;
	} else if (!source) {
		source = new EventSource('/.waypost/events');
		source.addEventListener('state', onState);
	}
}
document.addEventListener('visibilitychange', connect);
window.addEventListener('pagehide', () => {
	source?.close();
	source = null;
});
window.addEventListener('pageshow', connect);
connect();

// Translations.

const states = ['missing', 'withheld', 'outdated', 'machine', 'draft', 'translated', 'reviewed', 'source'];

function age(on) {
	const then = Date.parse(on);
	if (Number.isNaN(then))
		return on;
	const days = Math.round((Date.now() - then) / 864e5), ago = new Intl.RelativeTimeFormat(words.lang, { numeric: 'auto' });
	const told = days < 60 ? ago.format(-days, 'day') : days < 730 ? ago.format(-Math.round(days / 30.4), 'month') :
		ago.format(-Math.round(days / 365.25), 'year');
	return `${on}, ${told}`;
}

function stateOf(t) {
	return [say(`state_${t.state}`), t.from && say('live_from', t.from),
		t.on ? age(t.on) : t.state !== 'source' && t.target && say('live_no_date')].filter(Boolean).join(' · ');
}

function placeOf(t) {
	return t.line ? `${t.file}:${t.line}` : t.file;
}

function asText(t) {
	return [placeOf(t), `state: ${stateOf(t)}`, `source: ${t.source}`, t.was && `was: ${t.was}`, t.target && `target: ${t.target}`]
		.filter(Boolean).join('\n') + '\n';
}

function translate(data) {
	const marked = [...document.querySelectorAll('[data-waypost]')], view = panel('waypost-translate', say('live_panel'));
	const detail = make('div', { className: 'detail' });
	let at = -1;

	for (const e of marked) {
		const t = data.texts[e.dataset.waypost];
		e.dataset.waypostState = t.state;
		e.title = `${stateOf(t)} — ${placeOf(t)}`;
	}
	document.head.append(make('link', { rel: 'stylesheet', href: '/.waypost/live.css' }));

	// A text with its lines: [what it is, text, language].
	const row = ([id, text, lang]) => [make('dt', {}, say(`live_${id}`)), make('dd', lang ? { lang, dir: 'auto' } : { dir: 'auto' }, text)];

	async function show(i) {
		const e = marked[at = i], t = data.texts[e.dataset.waypost], link = e.closest('a[href]') ?? e.querySelector('a[href]');
		const told = make('span', { role: 'status' });
		const rows = [['source', t.source], t.was && ['was', t.was], t.target && ['target', t.target, data.language],
			['state', stateOf(t)], t.by && ['by', t.by], t['reviewed-by'] && ['reviewed_by', t['reviewed-by']],
			t.note && ['note', t.note], ['file', placeOf(t)], t.at !== placeOf(t) && ['at', t.at]];
		marked.forEach(x => x.removeAttribute('data-waypost-shown'));
		e.dataset.waypostShown = '';
		const copy = async () => {
			try {
				await navigator.clipboard.writeText(asText(t));
				told.textContent = say('live_copied');
			} catch (refused) {
				told.textContent = say('live_not_copied');
			}
		};
		detail.replaceChildren(make('dl', {}, ...rows.filter(Boolean).flatMap(row)),
			make('button', { type: 'button', onclick: copy }, say('live_copy')),
			link && make('button', { type: 'button', onclick: () => follow(link) }, say('live_open')) || '', told);
		await copy();
	}

	function follow(link) {
		const url = new URL(link.href);
		if (url.origin === location.origin && /\.html$/.test(url.pathname))
			url.search = 'translate';
		location.href = url.href;
	}

	function step(by, state) {
		for (let k = 1; k <= marked.length; k++) {
			const i = (at + by * k + 2 * marked.length) % marked.length;
			if (state && marked[i].dataset.waypostState !== state)
				continue;
			marked[i].scrollIntoView({ block: 'center' });
			show(i);
			return;
		}
	}

	document.addEventListener('click', e => {
		const target = e.target.closest?.('[data-waypost]');
		if (!target || e.ctrlKey || e.metaKey || e.shiftKey)
			return;
		e.preventDefault();
		e.stopPropagation();
		show(marked.indexOf(target));
	}, true);
	const count = s => marked.filter(e => e.dataset.waypostState === s).length;
	view.box.append(
		make('h2', {}, say('live_title', data.language)),
		make('div', { className: 'states' }, ...states.filter(count).map(s =>
			make('button', { type: 'button', className: s, onclick: () => step(1, s) }, `${count(s)} ${say(`state_${s}`)}`))),
		make('button', { type: 'button', onclick: () => step(-1) }, say('live_previous')),
		make('button', { type: 'button', onclick: () => step(1) }, say('live_next')),
		make('button', { type: 'button', onclick: () => { location.href = location.pathname; } }, say('live_leave')),
		detail);
}

if (translating)
	translate(JSON.parse(translating.textContent));
})();
