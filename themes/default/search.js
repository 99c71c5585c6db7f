// SPDX-License-Identifier: GPL-3.0-or-later
// Search without a server, over the index of docs/design.md. A classic script in ES5; works from disk.
(function () {
'use strict';
function $(id) {
	return document.getElementById('wp-search' + id);
}
var form = $(''), box = $('-text'), said = $('-said'), list = $('-found');
var folder = form.getAttribute('data-index').replace(/[^\/]*$/, ''), base = folder.replace(/search\/$/, '');
var WEIGHT = { ',': 1, '.': 1.5, ';': 3, '!': 6, '*': 12 };
var head, langs, prefixes, firsts = {}, parts = { terms: [], text: [] }, table = Object.create(null);
var address = [], title = [], top = [], asked = {}, failed, timer, last, query;

function lines(text) {
	return text.split('\t').slice(0, -1);
}

function chars(text) {
	return text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[^]/g) || [];
}

window.waypostSearch = function (kind, number, text) {
	var term = '';
	if (kind === 'text')
		parts.text[number] = text.split('\n');
	else if (kind === 'terms')
		parts.terms[number] = lines(text).map(function (line) {
			var at = line.indexOf(' ');
			term = term.slice(0, parseInt(line.charAt(0), 36)) + line.slice(1, at);
			return [term, line.slice(at + 1)];
		});
	else if (number === 1)
		readHead(text.split('\n'));
};

function readHead(h) {
	head = h;
	langs = lines(h[4]).map(function (l) {
		return l.split(' ');
	});
	prefixes = lines(h[5]);
	chars(h[1]).forEach(function (zero) {
		for (var n = 0; n < 10; n++)
			table[String.fromCharCode(zero.charCodeAt(0) + n)] = 'w' + n;
	});
	lines(h[6]).forEach(function (line) {
		var kind = line.charAt(0), to = line.slice(1, line.indexOf(' '));
		chars(line.slice(to.length + 2)).forEach(function (c) {
			table[c] = kind + (to || (/[sd]/.test(kind) ? '' : c));
		});
	});
	firsts.terms = lines(h[7]);
	firsts.text = lines(h[8]).map(function (n) {
		return parseInt(n, 36);
	});
	lines(h[9]).forEach(function (text, i) {
		(i % 2 ? title : address).push(text);
		if (i % 2 === 0)
			top.push(text.charAt(0) === '/' ? i / 2 : top[i / 2 - 1]);
	});
}

// As in format/lang_search.c and job/search_terms.c.

function one(ranges, c) {
	return new RegExp('[' + ranges + ']').test(c);
}

function foldAll(text) {
	var kind = 'd', to = '';
	chars(text).forEach(function (c) {
		var f = fold(c);
		if (!to && f !== 'd')
			kind = f.charAt(0);
		to += f.slice(1);
	});
	return kind + to;
}

function fold(c) {
	var known = table[c], other = c.toLowerCase();
	if (known)
		return known;
	if (other !== c)
		known = foldAll(other);
	else if (c < '\x80')
		known = one('a-z0-9', c) ? 'w' + c : 's';
	else if (c.normalize && !one('\uAC00-\uD7A3\u3041-\u30FF', c) && (other = c.normalize('NFKD')) !== c)
		known = foldAll(other);
	return (table[c] = known || (one(head[2], c) ? 'd' : one(head[3], c) ? 's' : (one('\u3041-\u30FF\u3400-\u9FFF', c) ? 'u' : 'w') + c));
}

// Words, and clusters of scripts without spaces.
function cut(text) {
	var out = [], at = 0, word, joins;
	chars(text).forEach(function (c) {
		var f = fold(c), kind = f.charAt(0), unit = kind !== 'w';
		at += c.length;
		if (kind === 's')
			word = null;
		else if (kind !== 'd') {
			if (!word || word.unit !== unit || /[ul]/.test(kind) && !joins)
				out.push(word = { s: '', from: at - c.length, unit: unit, after: unit && !!word && word.unit });
			if (unit || word.s.length < 30)
				word.s += f.slice(1);
			joins = /[lj]/.test(kind);
		}
		if (word)
			word.to = at;
	});
	return out;
}

function stem(word, least) {
	prefixes.some(function (p) {
		return word.indexOf(p) === 0 && word.length - p.length >= least && (word = word.slice(p.length));
	});
	return word;
}

// The pair that a cluster begins, or the word.
function pair(cuts, i) {
	var next = cuts[i + 1];
	return cuts[i].s + (next && next.after ? next.s : '');
}

function wanted(text) {
	var seen = Object.create(null);
	return cut(text).map(function (t, i, cuts) {
		var s = pair(cuts, i), two = s !== t.s, end = cuts[i + 2];
		return { s: s, also: stem(s, 1), least: Math.max(3, s.length * 0.6), unit: t.unit, two: two, tail: t.after && !two,
			whole: /^\d+$/.test(s) || two && end && end.after };
	}).filter(function (q) {
		return !q.tail && !seen[q.s] && (seen[q.s] = 1);
	});
}

// How well a term answers a word.
function fits(term, q) {
	var at = term.indexOf(q.s);
	return term === q.s || term === q.also ? 1 : q.whole ? 0 : at === 0 || term.indexOf(q.also) === 0 ? 0.6 :
		at > 0 && !q.unit && q.s.length > 2 ? 0.2 : 0;
}

// The targets that have a word, with its weight there; null while parts are loading.
function look(q, all) {
	var hits = {}, n, missing, f = firsts.terms;
	f.forEach(function (first, i) {
		if (!all && [q.s, q.also].every(function (s) {
			return first > s + '\uFFFF' || f[i + 1] < s;
		}))
			return;
		if (!parts.terms[i])
			missing = load('terms-', i);
		else
			parts.terms[i].forEach(function (term) {
				var worth = fits(term[0], q), at = -1;
				if (worth)
					term[1].replace(/(\w*)(\W)/g, function (place, step, sign) {
						at += step ? parseInt(step, 36) : 1;
						hits[at] = Math.max(hits[at] || 0, worth * WEIGHT[sign]);
					});
			});
	});
	if (missing)
		return null;
	n = Object.keys(hits).length;
	if (!n && !all)
		return look(q, true);
	if (!n && !q.unit && !q.whole && q.s.length > q.least) {
		q.s = q.also = q.s.slice(0, -1);	// another ending?
		return look(q);
	}
	for (f in hits)
		hits[f] *= Math.log(1 + address.length / n);
	return hits;
}

// The pages found, best first.
function search() {
	var pages = {}, best = 0, wait, units, phrase = foldAll(box.value);
	query = wanted(box.value);
	query.forEach(function (q, k) {
		var hits = look(q), t, p;
		units = units || q.unit;
		wait = wait || !hits;
		for (t in hits) {
			p = pages[top[t]] = pages[top[t]] || { page: top[t], most: [], sum: {} };
			p.most[k] = Math.max(p.most[k] || 0, hits[t]);
			p.sum[t] = (p.sum[t] || 0) + hits[t];
		}
	});
	return wait ? null : Object.keys(pages).map(function (key) {
		var p = pages[key];
		p.best = +Object.keys(p.sum).sort(function (a, b) {
			return p.sum[b] - p.sum[a] || a - b;
		})[0];
		p.score = p.sum[p.best];
		p.share = 0;
		p.most.forEach(function (weight) {
			p.score += weight;
			p.share++;
		});
		p.score *= p.share * (foldAll(title[p.page].slice(1)).indexOf(phrase.slice(1)) < 0 ? 1 : 1.5);
		best = Math.max(best, p.share);
		return p;
	}).filter(function (p) {
		return p.share > best * (units ? 0.4 : 0.5);
	}).sort(function (a, b) {
		return b.score - a.score || a.page - b.page;
	});
}

function put(parent, name, text) {
	var e = name ? document.createElement(name) : document.createTextNode(text);
	if (name && text)
		put(e, '', text);
	return parent.appendChild(e);
}

// What was asked for in a text: [from, to] of each.
function found(cuts) {
	var out = [];
	out.kinds = {};
	cuts.forEach(function (t, i) {
		query.forEach(function (q) {
			var to = (q.two && cuts[i + 1] || t).to, end = out[out.length - 1];
			if (t.unit !== q.unit || !fits(pair(cuts, i), q) && !fits(stem(t.s, 3), q))
				return;
			out.kinds[q.s] = 1;
			if (end && t.from <= end[1])
				end[1] = Math.max(end[1], to);
			else
				out.push([t.from, to]);
		});
	});
	return out;
}

// A text (its language before it) with marks, cut around the first one.
function write(parent, text, length) {
	var lang = parseInt(text.charAt(0), 36), own = text.slice(1), cuts = cut(own), hits = found(cuts), at = 0, end = 0;
	if (lang) {
		parent.lang = langs[lang][0];
		parent.dir = langs[lang][1];
	}
	cuts.forEach(function (t) {
		if (hits[0] && own.length > length && t.from <= hits[0][0] - length / 3)
			at = t.from;
		if (t.to <= at + length)
			end = t.to;
	});
	if (own.length <= length || end <= at)
		end = own.length;
	if (at)
		put(parent, '', '… ');
	hits.forEach(function (h) {
		if (h[0] < end) {
			put(parent, '', own.slice(at, h[0]));
			put(parent, 'mark', own.slice(h[0], h[1]));
			at = h[1];
		}
	});
	put(parent, '', own.slice(at, end) + (end < own.length ? ' …' : ''));
}

function snippet(parent, target) {
	var part = firsts.text.filter(function (n) {
		return n <= target;
	}).length - 1, most = -1, best;
	if (!parts.text[part])
		return load('text-', part);
	lines(parts.text[part][target - firsts.text[part]]).forEach(function (block) {
		var n = Object.keys(found(cut(block.slice(1))).kinds).length;
		if (block.length > 1 && n > most) {
			most = n;
			best = block;
		}
	});
	if (best)
		write(put(parent, 'p'), best, 200);
}

function show() {
	var all, results, say = failed ? '-failed' : head ? '' : '-wait';
	if (!say && cut(box.value).length) {
		results = search();
		say = !results ? '-wait' : results.length ? '-count' : '-none';
	}
	list.innerHTML = said.innerHTML = '';
	all = put(list, 'ol');
	(results || []).slice(0, 20).forEach(function (r) {
		var li = put(all, 'li'), best = r.best, a = put(li, 'a');
		a.href = base + address[r.page].slice(1) + (best === r.page ? '' : address[best]);
		write(put(a, 'strong'), title[r.page], 999);
		if (best !== r.page && title[best].length > 1)
			write(put(put(a, 'span', ' › '), 'span'), title[best], 999);
		snippet(li, best);
	});
	if (say && box.value)
		said.innerHTML = $(say).innerHTML.replace('{count}', String(results && results.length).replace(/\d/g, function (d) {
			return chars(head[0])[d];
		}));
}

function load(kind, number) {
	var name = kind + number, script;
	if (asked[name] || !folder)
		return true;
	asked[name] = true;
	script = put(document.body, 'script');
	script.onload = script.onerror = function () {
		failed = failed || !head || kind === 'terms-' && !parts.terms[number];
		show();
	};
	script.src = folder + name + '.js';
	return true;
}

function changed(event) {
	if (event)
		event.preventDefault();
	clearTimeout(timer);
	if (box.value === last)
		return;
	last = box.value;
	try {
		history.replaceState(null, '', '?q=' + encodeURIComponent(last));
	} catch (e) {}
	show();
}

form.hidden = false;
form.addEventListener('submit', changed, false);
box.addEventListener('input', function () {
	clearTimeout(timer);
	timer = setTimeout(changed, 50, null);
}, false);
try {
	box.value = decodeURIComponent(/[?&]q=([^&#]*)|$/.exec(location.search)[1].replace(/\+/g, ' '));
} catch (e) {}
last = box.value;
load('index', '');
show();
}());
