// SPDX-License-Identifier: GPL-3.0-or-later
// The translation desk: texts beside their sources, kept in this browser, saved as a file for `waypost import`.
// A classic script in ES5; works from disk. Its data comes as calls of waypostDesk (desk/*.js), or stands in the page (the kit).
(function () {
	'use strict';
	var T = window.waypostText, root = document.getElementById('wp-desk'), embedded = document.getElementById('wp-desk-data');
	var desk = null, units = {}, waiting = {}, folder = '', prefix = '', view = null, memory = {}, keeps = true, unsaved = false, serial = 0;
	var top, said, counter, kept, body;

	// Elements: h('p', { 'class': 'x' }, 'text', element, ...)
	function h(name, attributes) {
		var e = document.createElement(name), i, key;
		for (key in attributes)
			if (attributes[key] !== null && attributes[key] !== undefined)
				e.setAttribute(key, attributes[key]);
		for (i = 2; i < arguments.length; i++)
			put(e, arguments[i]);
		return e;
	}

	function put(e, child) {
		if (child !== null && child !== undefined)
			e.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
	}

	function clear(e) {
		while (e.firstChild)
			e.removeChild(e.firstChild);
		return e;
	}

	function on(e, event, does) {
		e.addEventListener(event, does, false);
		return e;
	}

	function number(n) {
		return String(n).replace(/\d/g, function (digit) {
			return desk.digits[digit];
		});
	}

	// An interface word, in a span that says its language where it is not the desk's. {names} are filled in: texts are isolated.
	function w(key, values) {
		var word = desk.words[key] || key, list = typeof word === 'string' ? [word] : word;
		var e = h('span', list[1] ? { lang: list[1], dir: list[2] } : {}), parts = list[0].split(/\{([\w-]+)\}/), i, value;
		for (i = 0; i < parts.length; i++) {
			value = i % 2 ? values && values[parts[i]] : parts[i];
			put(e, i % 2 && typeof value === 'string' ? h('bdi', {}, value) : value === undefined ? '{' + parts[i] + '}' : value);
		}
		return e;
	}

	function plain(key, values) {
		return w(key, values).textContent;
	}

	// Texts of the source and of the language always say which they are.
	function inSource(name, attributes, text) {
		attributes.lang = desk.source.tag;
		attributes.dir = desk.source.dir;
		return h(name, attributes, text);
	}

	function inTarget(name, attributes, text) {
		attributes.lang = desk.language.tag;
		attributes.dir = desk.language.dir;
		return h(name, attributes, text);
	}

	function button(word, does) {
		return on(h('button', { type: 'button' }, w(word)), 'click', does);
	}

	// ---- what is kept ----

	function stored(key) {
		var text = null;
		if (Object.prototype.hasOwnProperty.call(memory, key))
			return memory[key];
		try {
			text = window.localStorage.getItem(prefix + key);
			return text ? JSON.parse(text) : null;
		} catch (e) {
			return null;
		}
	}

	function store(key, value) {
		try {
			if (value === null)
				window.localStorage.removeItem(prefix + key);
			else
				window.localStorage.setItem(prefix + key, JSON.stringify(value));
			if (value === null || window.localStorage.getItem(prefix + key) !== null) {
				delete memory[key];
				return;
			}
		} catch (e) {
			// said below
		}
		memory[key] = value;
		if (keeps) {
			keeps = false;
			showKept();
		}
	}

	function canKeep() {
		try {
			window.localStorage.setItem(prefix + 'try', '1');
			keeps = window.localStorage.getItem(prefix + 'try') === '1';
			window.localStorage.removeItem(prefix + 'try');
		} catch (e) {
			keeps = false;
		}
	}

	function prefixOf(site) {
		return 'waypost:' + site + ':' + desk.language.tag + ':';
	}

	// Two lists of drafts as one; of the same text, that of the second.
	function joined(first, second) {
		var all = {}, out = [], list = (first || []).concat(second || []), i, id;
		for (i = 0; i < list.length; i++)
			all[idOf(list[i])] = list[i];
		for (id in all)
			out.push(all[id]);
		return out;
	}

	// What was kept under another name of the site moves to the name it has now; what is there already wins.
	function adopt(old) {
		var keys = [], i, name, value;
		try {
			for (i = 0; i < window.localStorage.length; i++)
				if (window.localStorage.key(i).indexOf(old) === 0)
					keys.push(window.localStorage.key(i));
			for (i = 0; i < keys.length; i++) {
				name = keys[i].slice(old.length);
				value = JSON.parse(window.localStorage.getItem(keys[i]));
				store(name, name.indexOf('unit:') === 0 ? joined(value, stored(name)) : stored(name) || value);
				if (!Object.prototype.hasOwnProperty.call(memory, name))
					window.localStorage.removeItem(keys[i]);
			}
		} catch (e) {
			// it stays where it is
		}
	}

	// Keys of all units that hold something, those of the list of units first.
	function storedUnits() {
		var found = {}, out = [], i, key;
		function add(name) {
			if (name.indexOf('unit:') === 0 && !found[name] && (stored(name) || []).length) {
				found[name] = true;
				out.push(name.slice(5));
			}
		}
		for (i = 0; i < desk.units.length; i++)
			add('unit:' + desk.units[i].key);
		for (key in memory)
			add(key);
		try {
			for (i = 0; i < window.localStorage.length; i++) {
				key = window.localStorage.key(i);
				if (key.indexOf(prefix) === 0)
					add(key.slice(prefix.length));
			}
		} catch (e) {
			// what is in memory was added
		}
		return out;
	}

	// A text is known by its source and its context.
	function idOf(s) {
		return s.s + '\n' + (s.c || '');
	}

	function same(a, b) {
		var key;
		if (!a || !b)
			return !a && !b;
		for (key in a)
			if ((a[key] || '') !== (b[key] || ''))
				return false;
		for (key in b)
			if ((a[key] || '') !== (b[key] || ''))
				return false;
		return true;
	}

	function anyForm(forms) {
		var key, any = '';
		for (key in forms)
			any = any || forms[key];
		return any;
	}

	// Drafts of a unit, by id; what the site has taken over in the meantime is dropped.
	function readDrafts(unit) {
		var list = stored('unit:' + unit.key) || [], i, d, s;
		unit.drafts = {};
		for (i = 0; i < list.length; i++) {
			d = list[i];
			s = unit.byId[idOf(d)];
			if (s && (d.f ? same(d.f, s.tf) : d.t === (s.t || '')) && !s.w && d.st === s.st && (d.n || '') === (s.n || ''))
				continue;
			unit.drafts[idOf(d)] = d;
		}
	}

	// Another window of this browser may have written meanwhile: only what was touched here is changed.
	function keep(unit, id) {
		var list = stored('unit:' + unit.key) || [], all = {}, out = [], i;
		for (i = 0; i < list.length; i++)
			all[idOf(list[i])] = list[i];
		if (unit.drafts[id])
			all[id] = unit.drafts[id];
		else
			delete all[id];
		for (i = 0; i < unit.segments.length; i++) {
			id = idOf(unit.segments[i]);
			if (all[id])
				out.push(all[id]);
			delete all[id];
		}
		for (id in all)
			out.push(all[id]);
		store('unit:' + unit.key, out.length ? out : null);
		unsaved = true;
		showCount();
	}

	function countAll() {
		var keys = storedUnits(), n = 0, i;
		for (i = 0; i < keys.length; i++)
			n += stored('unit:' + keys[i]).length;
		return n;
	}

	// ---- data ----

	function failed() {
		var e = root.querySelector('.failed');
		if (!desk && e) {
			e.hidden = false;
			root.querySelector('.wait').hidden = true;
		} else if (body) {
			put(clear(body), h('p', { 'class': 'stop', role: 'alert' }, w('failed')));
		}
	}

	function fetchFile(path) {
		var e = document.createElement('script');
		e.onerror = failed;
		e.src = path;
		document.head.appendChild(e);
	}

	function takeUnit(data) {
		data.byId = {};
		for (var i = 0; i < data.segments.length; i++)
			data.byId[idOf(data.segments[i])] = data.segments[i];
		units[data.key] = data;
		if (waiting[data.key]) {
			waiting[data.key](data);
			delete waiting[data.key];
		}
	}

	function withUnit(info, does) {
		if (units[info.key]) {
			does(units[info.key]);
		} else {
			waiting[info.key] = does;
			fetchFile(folder + info.file);
		}
	}

	function infoOf(key) {
		for (var i = 0; i < desk.units.length; i++)
			if (desk.units[i].key === key)
				return desk.units[i];
		return null;
	}

	function titleOf(info) {
		var title = info.title;
		if (title === undefined)
			return info.key === 'interface' ? w('interface') : w('list', { name: info.key.replace(/^data\//, '') });
		if (typeof title === 'string')
			return h('bdi', {}, title);
		return h('bdi', { lang: title[1], dir: title[2] }, title[0]);
	}

	// ---- the frame ----

	function showKept() {
		if (kept) {
			kept.className = keeps ? 'kept' : 'kept stop';
			put(clear(kept), w(keeps ? 'kept' : 'not-kept'));
		}
	}

	function showCount() {
		put(clear(counter), w('count', { n: number(countAll()) }));
	}

	function say(e) {
		put(clear(said), e);
	}

	function today() {
		var d = new Date(), two = function (n) {
			return (n < 10 ? '0' : '') + n;
		};
		return d.getFullYear() + '-' + two(d.getMonth() + 1) + '-' + two(d.getDate());
	}

	function makeFile() {
		var keys = storedUnits(), catalogs = [], i, info;
		for (i = 0; i < keys.length; i++) {
			info = infoOf(keys[i]);
			catalogs.push({ page: info ? info.page : keys[i], segments: stored('unit:' + keys[i]) });
		}
		return catalogs.length ? T.write({ site: desk.site, id: desk.id, language: desk.language.tag, catalogs: catalogs, by: stored('by') || '',
			name: desk.site + ', ' + desk.language.name }) : '';
	}

	function showFile(text) {
		var area = h('textarea', { readonly: '', rows: 8, dir: 'ltr', 'class': 'file', 'aria-label': plain('show') });
		area.value = text;
		say(area);
		area.focus();
		area.select();
	}

	function save() {
		var text = makeFile(), name = 'translation-' + desk.language.tag.toLowerCase() + '-' + today() + '.yaml', link = h('a', {});
		if (!text) {
			say(w('nothing'));
			return;
		}
		try {
			if (!('download' in link))
				throw new Error('no download');
			link.href = window.URL.createObjectURL(new Blob([text], { type: 'text/yaml;charset=utf-8' }));
			link.download = name;
			link.style.display = 'none';
			document.body.appendChild(link);
			link.click();
			setTimeout(function () {
				document.body.removeChild(link);
				window.URL.revokeObjectURL(link.href);
			}, 60000);
			unsaved = false;
			say(w('saved', { file: name }));
		} catch (e) {
			showFile(text);
		}
	}

	// A file saved before goes over what is kept: the person has chosen it.
	function takeFile(text) {
		var file = T.read(text), n = 0, i, c, key;
		if (!file || file.language !== desk.language.tag || [desk.id].concat(desk.was).indexOf(file.id || file.site) < 0) {
			say(w('not-ours'));
			return;
		}
		for (i = 0; i < file.catalogs.length; i++) {
			c = file.catalogs[i];
			key = 'unit:' + c.page.replace(/\.(md|yaml)$/, '');
			n += c.segments.length;
			store(key, joined(stored(key), c.segments));
		}
		if (file.by && !stored('by')) {
			store('by', file.by);
			top.querySelector('input').value = file.by;
		}
		showCount();
		route();
		say(w('loaded', { n: number(n) }));
	}

	function loadControl() {
		var input = h('input', { type: 'file', id: 'wp-desk-load', accept: '.yaml,.yml,.txt' });
		on(input, 'change', function () {
			var reader = new FileReader();
			reader.onload = function () {
				takeFile(reader.result);
				input.value = '';
			};
			if (input.files[0])
				reader.readAsText(input.files[0], 'utf-8');
		});
		return h('p', {}, h('label', { 'for': 'wp-desk-load' }, w('load')), ' ', input);
	}

	function frame() {
		var name = h('input', { id: 'wp-desk-name', type: 'text', dir: 'auto', autocomplete: 'off', maxlength: 100 });
		name.value = stored('by') || '';
		on(name, 'input', function () {
			store('by', T.normal(name.value) || null);
		});
		kept = h('p', {});
		counter = h('strong', {});
		said = h('div', { 'class': 'said', role: 'status' });
		body = h('div', {});
		top = h('div', { 'class': 'bench' }, kept, h('p', {}, h('label', { 'for': 'wp-desk-name' }, w('name')), name),
			h('p', { 'class': 'do' }, counter, button('save', save), button('show', function () {
				var text = makeFile();
				if (text)
					showFile(text);
				else
					say(w('nothing'));
			})), window.FileReader ? loadControl() : null, said);
		put(clear(root), top);
		put(root, body);
		showKept();
		showCount();
	}

	function listView() {
		var list = h('ul', { 'class': 'units' }), i, info, kind, n;
		view = null;
		for (i = 0; i < desk.units.length; i++) {
			info = desk.units[i];
			kind = info.open ? 'open' : info.unread ? 'unread' : 'done';
			n = (stored('unit:' + info.key) || []).length;
			put(list, h('li', {}, h('a', { href: '#' + info.key }, titleOf(info)), ' ', h('small', {}, w(kind, { n: number(info[kind]) }),
				n ? ' · ' : null, n ? w('count', { n: number(n) }) : null)));
		}
		put(clear(body), h('h2', { tabindex: -1 }, w('all')));
		put(body, list);
	}

	// ---- one text ----

	function stateOf(s) {
		return s.w ? 'outdated' : s.t || s.tf ? s.st || 'translated' : 'missing';
	}

	function isOpen(s, unit) {
		return !/translated|reviewed/.test(stateOf(s)) && !unit.drafts[idOf(s)];
	}

	// The source with its marks set off.
	function sourceText(s) {
		var p = inSource('p', { 'class': 'source' }), parts = s.s.split(s.x ? /(\{[\w.-]+\})/ :
			/(!?\[|\]\[\d+\]|\[\^[^\]]*\]|\*\*|\*|~~|`[^`]*`|<[^<>]*>|\{[\w.-]+\})/), i, key;
		if (s.sf) {
			clear(p);
			for (key in s.sf)
				put(p, h('span', { 'class': 'formed' }, s.sf[key]));
			return p;
		}
		for (i = 0; i < parts.length; i++)
			put(p, i % 2 ? h('span', { 'class': 'sign' }, parts[i]) : parts[i]);
		return p;
	}

	function changes(s) {
		var p = inSource('p', { 'class': 'source' }), list = T.diff(s.w, s.s), i, sign;
		for (i = 0; i < list.length; i++) {
			sign = list[i][0];
			if (sign === '=')
				put(p, list[i][1]);
			else
				put(p, h(sign === '-' ? 'del' : 'ins', {}, h('span', { 'class': 'hear', lang: desk.language.tag }, ' (', w(sign === '-' ?
					'out' : 'in'), ') '), list[i][1]));
		}
		return h('div', { 'class': 'was' }, h('p', {}, w('was')), p);
	}

	function isLetter(c) {
		return /[0-9A-Za-z]/.test(c) || c > '\u00bf' && !/[\u2000-\u206f\u3000-\u303f]/.test(c);
	}

	function termsIn(source) {
		var text = source.toLowerCase(), found = [], used = '', i, at, term, end;
		for (i = 0; i < desk.terms.length && found.length < 8; i++) {
			term = desk.terms[i][0].toLowerCase();
			at = text.indexOf(term);
			if (at < 0 || used.indexOf(term) >= 0)
				continue;
			end = at + term.length + (text.charAt(at + term.length) === 's' ? 1 : 0);
			if ((at === 0 || !isLetter(text.charAt(at - 1))) && (end >= text.length || !isLetter(text.charAt(end)))) {
				found.push(desk.terms[i]);
				used += '\n' + term;
			}
		}
		return found;
	}

	function hints(s) {
		var out = [], terms = termsIn(s.s), list, i, d = s.d || [];
		if (s.h)
			out.push(inSource('p', { 'class': 'hint' }, s.h));
		if (terms.length) {
			list = h('ul', { 'class': 'terms' });
			for (i = 0; i < terms.length; i++)
				put(list, h('li', {}, inSource('bdi', {}, terms[i][0]), ' = ', inTarget('bdi', {}, terms[i][1])));
			out.push(h('div', { 'class': 'hint' }, h('p', {}, w('terms')), list));
		}
		for (i = 0; i < d.length; i++)
			out.push(h('p', { 'class': 'hint' }, w('link', { mark: h('bdi', { dir: 'ltr' }, '[' + (i + 1) + ']'), address:
				h('bdi', { dir: 'ltr' }, d[i]) })));
		return out;
	}

	function tree(list, e) {
		for (var i = 0; i < list.length; i++)
			put(e, typeof list[i] === 'string' ? list[i] : tree(list[i].slice(1), h(list[i][0], {})));
		return e;
	}

	function fit(area) {
		area.style.height = 'auto';
		area.style.height = area.scrollHeight + 2 + 'px';
	}

	// A card: source at one side, the field at the other. Everything that depends on what is typed is made anew by look().
	function card(unit, s, at, all) {
		var id = idOf(s), n = 'wp-desk-' + (++serial), draft = unit.drafts[id], state = h('strong', { 'class': 'state' });
		var source = sourceText(s), fields = [], warn = h('div', { 'class': 'warn', 'aria-live': 'polite', id: n + 'w' });
		var preview = h('div', { 'class': 'preview' }), choice = h('select', { id: n + 'c' }), timer = null;
		var note = h('input', { id: n + 'n', type: 'text', dir: 'auto', maxlength: 1000 }), other = h('div', {});
		var undo = button('undo', back), place = h('div', { 'class': 'side' }), last = null, k;
		source.id = n + 's';

		function based(key) {
			return (key ? s.tf && s.tf[key] : s.t) || '';
		}

		function typed() {
			var forms = null, i;
			if (!fields[0].key)
				return { t: T.normal(fields[0].area.value) };
			forms = {};
			for (i = 0; i < fields.length; i++)
				if (T.normal(fields[i].area.value))
					forms[fields[i].key] = T.normal(fields[i].area.value);
			return { f: forms, t: forms.other || anyForm(forms) || '' };
		}

		// What was typed becomes the draft; nothing typed and nothing said is no draft.
		function change() {
			var now = typed(), differs = now.f ? !same(now.f, s.tf || {}) : now.t !== based(), old = unit.drafts[id];
			if (differs && now.t && !choice.value)
				choice.value = 'translated';
			if (!now.t && !T.normal(note.value) || !differs && !choice.value && T.normal(note.value) === (s.n || '')) {
				delete unit.drafts[id];
			} else {
				unit.drafts[id] = { s: s.s, c: s.c, t: now.t, f: now.f || undefined, st: choice.value || s.st || 'translated',
					n: T.normal(note.value) || undefined, b: old ? old.b : s.t, g: old ? old.g : s.tf };
			}
			keep(unit, id);
			mark();
			clearTimeout(timer);
			timer = setTimeout(look, 400);
		}

		function mark() {
			var kind = unit.drafts[id] ? 'yours' : stateOf(s);
			put(clear(state), w('is-' + kind));
			state.className = 'state ' + kind;
			undo.hidden = !unit.drafts[id];
		}

		function faultList(faults, level) {
			var list = h('ul', {}), i;
			for (i = 0; i < faults.length; i++)
				if (faults[i].level === level)
					put(list, h('li', {}, w(faults[i].word, { mark: h('bdi', { dir: 'ltr' }, h('code', {}, faults[i].mark || '')) })));
			return list.firstChild ? h('div', { 'class': level }, h('p', {}, w(level)), list) : null;
		}

		function look() {
			var now = typed(), faults = [], shown, i, form;
			for (i = 0; i < fields.length; i++) {
				form = T.normal(fields[i].area.value);
				shown = s.a && form === based(fields[i].key) ? [] : T.compare(s.s, form, s.x);
				// The forms for one or two may do without the number.
				if (!fields[i].key || fields[i].key === 'other')
					faults = faults.concat(shown);
			}
			clear(warn);
			put(warn, faultList(faults, 'stop'));
			put(warn, faultList(faults, 'look'));
			clear(preview);
			shown = now.t && !s.x ? T.inlines(now.t) : [];
			if (shown.length > 1) {
				put(preview, h('p', {}, w('preview')));
				put(preview, tree(shown, inTarget('p', {})));
			}
		}

		function back() {
			for (var i = 0; i < fields.length; i++) {
				fields[i].area.value = based(fields[i].key);
				fit(fields[i].area);
			}
			choice.value = '';
			note.value = s.n || '';
			delete unit.drafts[id];
			clear(other);
			keep(unit, id);
			mark();
			look();
			fields[0].area.focus();
		}

		function field(key, examples) {
			var area = inTarget('textarea', { id: n + key, rows: 2, 'aria-describedby': n + 's ' + n + 'w', spellcheck: 'true' });
			area.value = draft ? (key ? draft.f && draft.f[key] : draft.t) || '' : based(key);
			on(area, 'input', function () {
				fit(area);
				change();
			});
			on(area, 'keydown', function (event) {
				if (event.keyCode === 13 && (event.ctrlKey || event.metaKey)) {
					event.preventDefault();
					onward(area);
				}
			});
			on(area, 'focus', function () {
				last = area;
			});
			put(place, h('p', {}, h('label', { 'for': n + key }, w('yours', { language: desk.language.name }), key ? ' ' : null,
				key ? w('form', { numbers: examples.join(', ') }) : null), area));
			fields.push({ key: key, area: area });
		}

		function chips() {
			var list = T.marks(s.s, s.x), p = h('p', { 'class': 'chips' }, w('marks')), i;
			function chip(pair) {
				put(p, on(h('button', { type: 'button', dir: 'ltr' }, pair[0] + (pair[1] ? '…' : '') + pair[1]), 'click', function () {
					insert(last || fields[0].area, pair[0], pair[1]);
				}));
			}
			for (i = 0; i < list.length; i++)
				chip(list[i]);
			return list.length ? p : null;
		}

		function conflict() {
			if (!draft || (draft.f ? same(draft.g, s.tf) : (draft.b || '') === (s.t || '')))
				return;
			put(other, h('div', { 'class': 'look' }, h('p', {}, w('other')), inTarget('p', {}, s.tf ? anyForm(s.tf) : s.t || '—'),
				button('take', back)));
		}

		function choices() {
			var values = ['', 'draft', 'translated'], i, word;
			for (i = 0; i < values.length; i++) {
				word = w(values[i] ? 'set-' + values[i] : 'is-' + stateOf(s));
				put(choice, h('option', { value: values[i], lang: word.getAttribute('lang') }, word.textContent));
			}
			choice.value = draft ? draft.st === 'machine' ? '' : draft.st : '';
			on(choice, 'change', change);
		}

		for (k = 0; s.sf && k < desk.plurals.length; k++)
			field(desk.plurals[k][0], desk.plurals[k].slice(1));
		if (!s.sf)
			field('', null);
		choices();
		note.value = draft ? draft.n || '' : s.n || '';
		on(note, 'input', change);
		put(place, chips());
		put(place, warn);
		put(place, preview);
		conflict();
		put(place, other);
		put(place, h('p', { 'class': 'do' }, h('label', { 'for': n + 'c' }, w('state')), choice, undo));
		put(place, h('details', {}, h('summary', {}, w('note')), h('label', { 'class': 'hear', 'for': n + 'n' }, w('note')), note));
		mark();
		look();
		return h('section', { 'class': 'card', 'aria-labelledby': n + 'h' }, h('h3', { id: n + 'h' }, w('number', { i: number(at),
			n: number(all) }), ' ', h('small', {}, desk.words['role-' + s.r] ? w('role-' + s.r) : null, ' '), state),
			h('div', { 'class': 'pair' }, side(source, s), place));
	}

	function side(source, s) {
		var e = h('div', { 'class': 'side' }, source), list = hints(s), i;
		if (s.w && s.w !== s.s)
			put(e, changes(s));
		for (i = 0; i < list.length; i++)
			put(e, list[i]);
		return e;
	}

	function insert(area, before, behind) {
		var from = area.selectionStart, to = area.selectionEnd, text = area.value, event;
		area.value = text.slice(0, from) + before + text.slice(from, to) + behind + text.slice(to);
		area.focus();
		area.setSelectionRange(from + before.length, behind ? to + before.length : from + before.length);
		event = document.createEvent('Event');
		event.initEvent('input', true, false);
		area.dispatchEvent(event);
	}

	function onward(area) {
		var all = body.querySelectorAll('textarea'), i;
		for (i = 0; i < all.length - 1; i++)
			if (all[i] === area) {
				all[i + 1].focus();
				return;
			}
	}

	// ---- a unit ----

	function orphans(unit) {
		var box = h('section', {}, h('h3', {}, w('old'))), id, any = false;
		function one(key) {
			var d = unit.drafts[key], item = h('div', { 'class': 'card' }, inSource('p', { 'class': 'source' }, d.s), inTarget('p', {}, d.t));
			put(item, button('remove', function () {
				delete unit.drafts[key];
				keep(unit, key);
				item.parentNode.removeChild(item);
			}));
			put(box, item);
			any = true;
		}
		for (id in unit.drafts)
			if (!unit.byId[id])
				one(id);
		return any ? box : null;
	}

	function nextOf(info) {
		for (var i = 0; i < desk.units.length - 1; i++)
			if (desk.units[i] === info)
				return desk.units[i + 1];
		return null;
	}

	function unitView(info, unit, only) {
		var tick = h('input', { type: 'checkbox', id: 'wp-desk-only' }), cards = h('div', {}), shown = 0, i, s, areas;
		var next = nextOf(info), heading = h('h2', { tabindex: -1 }, titleOf(info));
		view = info.key;
		readDrafts(unit);
		tick.checked = only;
		on(tick, 'change', function () {
			unitView(info, unit, tick.checked);
			document.getElementById('wp-desk-only').focus();
		});
		for (i = 0; i < unit.segments.length; i++) {
			s = unit.segments[i];
			if (only && !isOpen(s, unit))
				continue;
			shown++;
			put(cards, card(unit, s, i + 1, unit.segments.length));
		}
		clear(body);
		put(body, h('p', {}, h('a', { href: '#wp-desk' }, w('all'))));
		put(body, heading);
		put(body, h('p', { 'class': 'do' }, tick, h('label', { 'for': 'wp-desk-only' }, w('only'))));
		if (!shown)
			put(body, h('p', {}, w('left-none')));
		put(body, cards);
		put(body, orphans(unit));
		if (next)
			put(body, h('p', {}, h('a', { href: '#' + next.key }, w('next', { title: titleOf(next) }))));
		areas = cards.querySelectorAll('textarea');
		for (i = 0; i < areas.length; i++)
			fit(areas[i]);
	}

	// Where to: '#key' of a unit, '#wp-desk' is the list; at first '?page=key' too.
	function wanted() {
		var hash = location.hash.slice(1), query = /[?&]page=([^&]*)/.exec(location.search), key = hash || query && query[1] || '';
		try {
			return decodeURIComponent(key);
		} catch (e) {
			return key;
		}
	}

	function route(event) {
		var key = wanted(), info = infoOf(key);
		if (!info && event && key !== 'wp-desk' && key !== '')
			return;		// another place of this page
		if (said)
			clear(said);
		function focus() {
			var heading = body.querySelector('h2');
			if (event && heading) {
				heading.focus();
				heading.scrollIntoView();
			}
		}
		if (info)
			withUnit(info, function (unit) {
				unitView(info, unit, false);
				focus();
			});
		else
			listView();
		focus();
	}

	function longFirst(a, b) {
		return b[0].length - a[0].length;
	}

	function open(data) {
		var i;
		desk = data;
		desk.terms.sort(longFirst);
		prefix = prefixOf(desk.id);
		canKeep();
		for (i = 0; i < desk.was.length && keeps; i++)
			adopt(prefixOf(desk.was[i]));
		frame();
		route();
		on(window, 'hashchange', route);
		on(window, 'beforeunload', function (event) {
			if (!keeps && unsaved) {
				event.preventDefault();
				event.returnValue = '';
			}
		});
	}

	function take(json) {
		var data = JSON.parse(json), i;
		if (data.kind === 'unit')
			takeUnit(data);
		else if (data.kind === 'desk')
			open(data);
		else if (data.kind === 'kit') {
			for (i = 0; i < data.units.length; i++)
				takeUnit(data.units[i]);
			open(data.desk);
		}
	}

	if (!root || !T || !window.JSON)
		return;
	window.waypostDesk = take;
	if (embedded) {
		take(embedded.textContent);
	} else {
		folder = root.getAttribute('data-overview').replace(/[^\/]*$/, '');
		root.querySelector('.wait').hidden = false;
		fetchFile(root.getAttribute('data-overview'));
	}
}());
