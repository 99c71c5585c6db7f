// SPDX-License-Identifier: GPL-3.0-or-later
// What the translation desk knows about texts: marks that must stay, differences, how a text will look, the file it saves.
// A classic script in ES5, without the page: the tests run it alone. What counts in the end is what `waypost import` says.
var waypostText = (function () {
	'use strict';
	// Code points of the digit nought in every script that has digits of its own.
	var NOUGHTS = [0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
		0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
		0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10];
	var MAX_BYTES = 16384, LOCKED_DIGITS = 5;
	// Scripts written without spaces: Thai, Lao, Burmese, Khmer, Tibetan, Han, kana.
	var SPACELESS = '\\u0e00-\\u0fff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f';
	var HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069]/;
	var FREE_TAGS = / (em|strong|b|i|br|sub|sup|bdi|wbr|del) /;
	var MARK = new RegExp([
		'(\\\\[!-\\/:-@\\[-`{-~])',			// 1 a character that means itself
		'(`+)([^`]|[^`][\\s\\S]*?[^`])\\2(?!`)',	// 3 code
		'!\\[[^\\]]*\\]\\[(\\d+)\\]',			// 4 image
		'\\[\\^([^\\]\\s]+)\\]',			// 5 footnote
		'\\]\\[(\\d+)\\]',				// 6 link
		'<(\\/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>',		// 8 tag
		'\\{([A-Za-z][\\w.-]*)\\}',			// 9 placeholder
		'((?:https?:\\/\\/|www\\.)[^\\s<>()\\[\\]]+)',	// 10 address
		'([\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)',		// 11 e-mail
		'(\\*\\*|\\*|~~)'				// 12 emphasis
	].join('|'), 'g');

	// Text as a segment is kept: one line, composed characters.
	function normal(text) {
		text = String(text).replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[ \t]*\n[\s]*/g, '\n').replace(/\t/g, ' ');
		text = text.replace(new RegExp('([' + SPACELESS + '])\\n(?=[' + SPACELESS + '])', 'g'), '$1').replace(/\n/g, ' ');
		text = text.replace(/^[ \ufeff]+|[ ]+$/g, '');
		return text.normalize ? text.normalize('NFC') : text;
	}

	function ascii(text) {
		var out = '', i, k, c;
		for (i = 0; i < text.length; i++) {
			c = text.charCodeAt(i);
			if (c > 127)
				for (k = 0; k < NOUGHTS.length; k++)
					if (c >= NOUGHTS[k] && c < NOUGHTS[k] + 10)
						c = 48 + c - NOUGHTS[k];
			out += String.fromCharCode(c);
		}
		return out;
	}

	// Numbers of two digits or more, without what groups their digits.
	function numbers(text) {
		var found = ascii(text).match(/\d{1,3}(?:[ ,.'\u2019\u00a0\u202f\u066b\u066c]\d{3})+(?!\d)|\d+/g) || [], out = [], i, n;
		for (i = 0; i < found.length; i++) {
			n = found[i].replace(/\D/g, '');
			if (n.length > 1)
				out.push(n);
		}
		return out;
	}

	// What a text holds that its translation must hold too. Lists of marks as they are typed.
	function facts(text, plain) {
		var f = { links: [], images: [], notes: [], code: [], tags: [], holes: [], addresses: [], numbers: [], emphasis: [] };
		var rest = String(text).replace(MARK, function (all, escaped, fence, code, image, note, link, close, tag, hole, url, mail, mark) {
			if (hole) {
				f.holes.push(all);
				return ' ';
			}
			if (url || mail) {
				f.addresses.push((mail || url.replace(/[.,;:!?]+$/, '')).toLowerCase());
				return ' ';
			}
			if (plain)
				return all;
			if (code)
				f.code.push(all);
			else if (image)
				f.images.push('![…][' + image + ']');
			else if (note)
				f.notes.push(all);
			else if (link)
				f.links.push('[' + link + ']');
			else if (tag && !close && !FREE_TAGS.test(' ' + tag.toLowerCase() + ' '))
				f.tags.push('<' + tag.toLowerCase() + '>');
			else if (mark)
				f.emphasis.push(mark);
			return escaped ? all : ' ';
		});
		f.numbers = numbers(rest);
		return f;
	}

	function count(list) {
		var n = {}, i;
		for (i = 0; i < list.length; i++)
			n['=' + list[i]] = (n['=' + list[i]] || 0) + 1;
		return n;
	}

	// Faults of one kind of mark: in the source as often, or (used) at all.
	function differ(out, level, source, target, used) {
		var s = count(source), t = count(target), key;
		for (key in s)
			if (!t[key])
				out.push({ level: level, word: 'lost', mark: key.slice(1) });
			else if (!used && s[key] !== t[key])
				out.push({ level: level, word: 'times', mark: key.slice(1) });
		for (key in t)
			if (!s[key])
				out.push({ level: level, word: 'extra', mark: key.slice(1) });
	}

	function split(list, long) {
		var out = [], i;
		for (i = 0; i < list.length; i++)
			if ((list[i].length >= LOCKED_DIGITS) === long)
				out.push(list[i]);
		return out;
	}

	function bytes(text) {
		try {
			return unescape(encodeURIComponent(text)).length;
		} catch (e) {
			return text.length * 3;
		}
	}

	// What is wrong with a translation: list of { level: 'stop' or 'look', word, mark }.
	function compare(source, target, plain) {
		var out = [], s = facts(source, plain), t = facts(target, plain), i, marks;
		if (!target)
			return out;
		if (HIDDEN.test(target))
			out.push({ level: 'stop', word: 'hidden' });
		if (bytes(target) > MAX_BYTES)
			out.push({ level: 'stop', word: 'long' });
		differ(out, 'stop', s.links, t.links, true);
		differ(out, 'stop', s.images, t.images);
		differ(out, 'stop', s.notes, t.notes);
		differ(out, 'stop', s.code, t.code);
		differ(out, 'stop', s.tags, t.tags);
		differ(out, 'stop', s.holes, t.holes);
		differ(out, 'stop', s.addresses, t.addresses, true);
		differ(out, 'stop', split(s.numbers, true), split(t.numbers, true));
		differ(out, 'look', split(s.numbers, false), split(t.numbers, false), true);
		marks = count(t.emphasis);
		for (i in marks)
			if (marks[i] % 2)
				out.push({ level: 'look', word: 'unclosed', mark: i.slice(1) });
		if (source === target && /\S\s+\S+\s+\S/.test(source))
			out.push({ level: 'look', word: 'same' });
		return out;
	}

	// The marks of a source that a person may want to put in: [text before the words, text behind them].
	function marks(source, plain) {
		var f = facts(source, plain), out = [], seen = {}, i, all;
		function add(before, behind) {
			if (!seen['=' + before + behind])
				out.push([before, behind]);
			seen['=' + before + behind] = true;
		}
		for (i = 0; i < f.links.length; i++)
			add('[', ']' + f.links[i]);
		for (i = 0; i < f.images.length; i++)
			add('![', f.images[i].slice(3));
		for (i = 0; i < f.emphasis.length; i++)
			add(f.emphasis[i], f.emphasis[i]);
		for (i = 0; i < f.tags.length; i++)
			add(f.tags[i], '</' + f.tags[i].slice(1));
		all = f.notes.concat(f.code, f.holes, f.addresses, split(f.numbers, true));
		for (i = 0; i < all.length; i++)
			add(all[i], '');
		return out;
	}

	function pieces(text) {
		var apart = '.,;:!?()\\[\\]{}*~`"\\u201c\\u201d\\u00ab\\u00bb' + SPACELESS;
		return text.match(new RegExp('[' + apart + ']|\\s+|[^\\s' + apart + ']+', 'g')) || [];
	}

	// Words that differ: list of [sign, text] with sign '=' (in both), '-' (only in a), '+' (only in b).
	function diff(a, b) {
		var x = pieces(a), y = pieces(b), head = 0, tail = 0, out = [], table = [], i, k, n, m;
		function add(sign, words) {
			var last = out[out.length - 1];
			if (last && last[0] === sign)
				last[1] += words.join('');
			else if (words.length)
				out.push([sign, words.join('')]);
		}
		while (head < x.length && head < y.length && x[head] === y[head])
			head++;
		while (tail < x.length - head && tail < y.length - head && x[x.length - 1 - tail] === y[y.length - 1 - tail])
			tail++;
		n = x.length - head - tail;
		m = y.length - head - tail;
		add('=', x.slice(0, head));
		if (n * m > 250000) {
			add('-', x.slice(head, head + n));
			add('+', y.slice(head, head + m));
			n = m = 0;
		}
		// The longest run of words in both, from the end (Wagner and Fischer 1974).
		for (i = n; i >= 0; i--) {
			table[i] = [];
			for (k = m; k >= 0; k--)
				table[i][k] = i === n || k === m ? 0 : x[head + i] === y[head + k] ? table[i + 1][k + 1] + 1 :
					Math.max(table[i + 1][k], table[i][k + 1]);
		}
		for (i = k = 0; i < n || k < m;) {
			if (i < n && k < m && x[head + i] === y[head + k]) {
				add('=', [x[head + i]]);
				i++;
				k++;
			} else if (k === m || i < n && table[i + 1][k] >= table[i][k + 1])
				add('-', [x[head + i++]]);
			else
				add('+', [y[head + k++]]);
		}
		add('=', x.slice(x.length - tail));
		return out;
	}

	// How a text will look: a tree of strings and [tag, children ...]. What is not closed stays as it was typed.
	function inlines(text) {
		var token = /\\([!-\/:-@\[-`{-~])|(`+)([^`]|[^`][\s\S]*?[^`])\2(?!`)|(!?)\[((?:[^\[\]]|\[\^[^\]]*\])*)\]\[\d+\]|\[\^([^\]\s]+)\]|<br ?\/?>|<(\/?)(em|strong|b|i|sub|sup|del)>|(\*\*|\*|~~)/g;
		var names = { '**': 'strong', '*': 'em', '~~': 'del' }, stack = [['', []]], end = 0, match, name, i;
		function top() {
			return stack[stack.length - 1][1];
		}
		function toggle(tag, typed, closes) {
			var node;
			for (i = stack.length - 1; i > 0; i--)
				if (stack[i][0] === tag)
					break;
			if (i === 0 && closes === true) {
				top().push(typed);
			} else if (i === 0 || closes === false) {
				stack.push([tag, [], typed]);
			} else {
				while (stack.length - 1 > i)
					spill();
				node = stack.pop();
				top().push([tag].concat(node[1]));
			}
		}
		function spill() {
			var node = stack.pop();
			Array.prototype.push.apply(top(), [node[2]].concat(node[1]));
		}
		while ((match = token.exec(text))) {
			top().push(text.slice(end, match.index));
			end = match.index + match[0].length;
			name = match[8] || names[match[9]];
			if (match[1])
				top().push(match[1]);
			else if (match[3])
				top().push(['code', match[3]]);
			else if (match[5] !== undefined)
				top().push([match[4] ? 'cite' : 'u'].concat(inlines(match[5])));
			else if (match[6])
				top().push(['sup', match[6]]);
			else if (name)
				toggle(name, match[0], match[8] ? match[7] === '/' : undefined);
			else
				top().push(['br']);
		}
		top().push(text.slice(end));
		while (stack.length > 1)
			spill();
		return stack[0][1];
	}

	function literal(indent, key, text) {
		return indent + key + ': |\n' + (text ? indent + '  ' + normal(text) + '\n' : '');
	}

	function target(indent, key, text, forms) {
		var out = '', form;
		if (!forms)
			return literal(indent, key, text);
		for (form in forms)
			if (forms[form])
				out += literal(indent + '  ', form, forms[form]);
		return out ? indent + key + ':\n' + out : literal(indent, key, '');
	}

	// The file for `waypost import`: { site, id, language, name, by, catalogs: [{ page, segments }] }, segments with
	// s(ource), c(ontext), t(arget) or f(orms), b(ase, what the person had before them) or g (its forms), st(ate), n(ote).
	function write(file) {
		var out = '# ' + normal(file.name) + '\n# Send this file as it is. \'waypost import\' reads it.\ndesk: 1\nsite: ' + file.site +
			'\nid: ' + file.id + '\nlanguage: ' + file.language + '\n', i, k, c, s;
		if (file.by)
			out += literal('', 'by', file.by);
		out += 'catalogs:\n';
		for (i = 0; i < file.catalogs.length; i++) {
			c = file.catalogs[i];
			out += '- page: ' + c.page + '\n  segments:\n';
			for (k = 0; k < c.segments.length; k++) {
				s = c.segments[k];
				out += literal('    ', 'source', s.s).replace('    ', '  - ');
				if (s.c)
					out += literal('    ', 'context', s.c);
				out += target('    ', 'target', s.t, s.f) + target('    ', 'base', s.b || '', s.g);
				out += '    state: ' + (s.st || 'translated') + '\n';
				if (s.n)
					out += literal('    ', 'note', s.n);
			}
		}
		return out;
	}

	var KEYS = { source: 's', context: 'c', target: 't', base: 'b', state: 'st', note: 'n' };
	var FORMS = { target: 'f', base: 'g' };

	// Reads such a file, as this script wrote it. Nothing when it is another one.
	function read(text) {
		var lines = String(text).replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').split('\n');
		var file = { catalogs: [] }, catalog, segment, forms, set, i, match;
		function put(where, key, value) {
			if (value === '|')
				set = function (line) {
					where[key] = where[key] ? where[key] + ' ' + line : line;
				};
			where[key] = value === '|' ? '' : value;
		}
		for (i = 0; i < lines.length; i++) {
			match = /^( *)(- )?(?:([a-z-]+):(?: (.*))?)?$/.exec(lines[i]);
			if (set && /^ /.test(lines[i]) && lines[i].search(/\S/) > set.indent) {
				set(lines[i].replace(/^ +/, ''));
				continue;
			}
			set = null;
			if (!match || !match[3])
				continue;
			if (match[1] === '' && match[2] && match[3] === 'page') {
				catalog = { page: match[4], segments: [] };
				file.catalogs.push(catalog);
			} else if (match[1] === '' && !match[2] && match[4]) {
				put(file, match[3], match[4]);
			} else if (catalog && match[1] === '  ' && match[2]) {
				segment = {};
				catalog.segments.push(segment);
				put(segment, KEYS[match[3]] || match[3], match[4]);
			} else if (segment && match[1].length === 4 && !match[4] && FORMS[match[3]]) {
				forms = segment[FORMS[match[3]]] = {};
			} else if (segment && match[1].length === 4 && KEYS[match[3]]) {
				put(segment, KEYS[match[3]], match[4]);
			} else if (forms && match[1].length === 6) {
				put(forms, match[3], match[4]);
			}
			if (set)
				set.indent = match[1].length + (match[2] ? 2 : 0);
		}
		return file.desk === '1' && file.language ? file : null;
	}

	return { normal: normal, ascii: ascii, numbers: numbers, facts: facts, compare: compare, marks: marks, diff: diff,
		inlines: inlines, write: write, read: read };
}());
