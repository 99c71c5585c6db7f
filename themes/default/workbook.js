// SPDX-License-Identifier: GPL-3.0-or-later
// The report workbook: keeps what is typed in this browser only, counts it, makes a report of it. A classic script in ES5; works from disk.
// Every word that people read stands in workbook.html.
(function () {
	'use strict';
	var root = document.getElementById('wp-workbook'), report = document.getElementById('wp-report');
	if (!root || !report || !root.addEventListener)
		return;
	var PAGE_WORDS = 500, PAGE_SIGNS = 1100, LIMIT = 10;
	// No spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Chinese, Japanese.
	var SIGNS = /[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/g;
	var key = root.getAttribute('data-store') + ':workbook', html = document.documentElement, keeps = true, timer = 0, blank, kept;

	function all(selector, within) {
		return Array.prototype.slice.call((within || root).querySelectorAll(selector));
	}

	function one(selector, within) {
		return (within || root).querySelector(selector);
	}

	function each(selector, does, within) {
		all(selector, within).forEach(does);
	}

	function up(e, name) {
		while ((' ' + e.className + ' ').indexOf(' ' + name + ' ') < 0)
			e = e.parentNode;
		return e;
	}

	function words(name) {
		return one('[data-say="' + name + '"]').textContent;
	}

	function say(name) {
		one('[role="status"]').textContent = name ? words(name) : '';
	}

	function number(n) {
		try {
			return n.toLocaleString(html.lang, { maximumFractionDigits: 1 });
		} catch (e) {
			return String(Math.round(n * 10) / 10);
		}
	}

	// ---- what is in the fields ----

	function issues() {
		return all('.issue');
	}

	function readIssue(issue) {
		var fields = {}, picked = [];
		each('[data-field]', function (area) {
			fields[area.getAttribute('data-field')] = area.value;
		}, issue);
		each('input[type="checkbox"]', function (box, i) {
			if (box.checked)
				picked.push(i);
		}, issue);
		return { fields: fields, picked: picked };
	}

	function filled(issue) {
		return all('[data-field]', issue).some(function (area) {
			return area.value.trim();
		}) || !!one('input:checked', issue);
	}

	function read() {
		var fields = {};
		each('[name]', function (field) {
			if (field.value.trim())
				fields[field.name] = field.value;
		});
		return { fields: fields, issues: issues().filter(filled).map(readIssue) };
	}

	function grow(area) {
		area.style.height = 'auto';
		if (area.scrollHeight > area.clientHeight)
			area.style.height = area.scrollHeight + 6 + 'px';
	}

	function showPicked(issue) {
		var list = all('input:checked', issue).map(function (box) {
			return box.parentNode.querySelector('.pick').textContent;
		});
		one('.picked', issue).textContent = list.join(', ');
	}

	function numberIssues() {
		var list = issues();
		list.forEach(function (issue, i) {
			one('.number', issue).textContent = number(i + 1);
			one('[data-do="remove"]', issue).hidden = list.length === 1;
		});
	}

	function fillIssue(issue, is) {
		each('[data-field]', function (area) {
			area.value = is.fields && is.fields[area.getAttribute('data-field')] || '';
		}, issue);
		each('input[type="checkbox"]', function (box, i) {
			box.checked = !!is.picked && is.picked.indexOf(i) >= 0;
		}, issue);
		showPicked(issue);
	}

	function addIssue() {
		var list = issues(), issue = blank.cloneNode(true), last = list[list.length - 1];
		last.parentNode.insertBefore(issue, last.nextSibling);
		return issue;
	}

	function fill(data) {
		var list = issues();
		each('[name]', function (field) {
			field.value = data.fields && data.fields[field.name] || '';
		});
		list.slice(1).forEach(function (issue) {
			issue.parentNode.removeChild(issue);
		});
		if (list.length)
			(data.issues && data.issues.length ? data.issues : [{}]).forEach(function (is, i) {
				fillIssue(i ? addIssue() : list[0], is);
			});
		numberIssues();
		each('textarea', grow);
		count();
	}

	// ---- the report: a list of [name of an element, text] ----

	function paragraphs(text, out) {
		text.split(/\n\s*\n/).forEach(function (part) {
			if (part.trim())
				out.push(['p', part.trim()]);
		});
	}

	function pieces() {
		var out = [['h1', words('title')]];
		each('.piece', function (piece) {
			each('[name], .issue', function (e) {
				var inside = [], title = one(e.name ? 'h2' : 'h3', e.name ? piece : e).textContent;
				if (e.name)
					paragraphs(e.value, inside);
				else
					each('[data-field], .picked', function (x) {
						var text = x.value || x.textContent;
						if (text.trim()) {
							inside.push(['h3', x.getAttribute('data-label')]);
							paragraphs(text, inside);
						}
					}, e);
				if (inside.length)
					out = out.concat([['h2', title]], inside);
			}, piece);
		});
		return out;
	}

	function asText(list) {
		return list.map(function (p) {
			return p[1] + (p[0] < 'h3' ? '\n' + p[1].replace(/./g, p[0] === 'h1' ? '=' : '-') : '');
		}).join('\n\n') + '\n';
	}

	function show(list) {
		report.textContent = '';
		list.forEach(function (p) {
			var e = report.appendChild(document.createElement(p[0]));
			p[1].split('\n').forEach(function (line, i) {
				if (i)
					e.appendChild(document.createElement('br'));
				e.appendChild(document.createTextNode(line));
			});
		});
		return report.innerHTML;
	}

	function asPage(list) {
		var meta = document.createElement('meta'), title = document.createElement('title');
		meta.name = 'waypost-workbook';
		meta.content = JSON.stringify(read());
		title.textContent = list[0][1];
		return '<!DOCTYPE html>\n<html lang="' + html.lang + '" dir="' + html.dir + '">\n<head>\n<meta charset="utf-8">\n' +
			title.outerHTML + '\n' + meta.outerHTML + '\n</head>\n<body>\n' + show(list) + '\n</body>\n</html>\n';
	}

	function count() {
		var list = pieces(), text = list.slice(1).map(function (p) { return p[1]; }).join('\n');
		var signs = (text.match(SIGNS) || []).length, spaced = (text.replace(SIGNS, ' ').match(/\S*[^\s!-\/:-@\[-`{-~]\S*/g) || []).length;
		var pages = spaced / PAGE_WORDS + signs / PAGE_SIGNS;
		one('.words').textContent = number(spaced);
		one('.signs').textContent = number(signs);
		one('.signs').parentNode.hidden = !signs;
		one('.pages').textContent = number(Math.round(pages * 10) / 10);
		one('progress').value = Math.min(pages, LIMIT);
		one('.over').hidden = pages <= LIMIT;
		html.className = list.length > 1 ? 'wp-filled' : '';
	}

	// ---- what is kept ----

	function save() {
		var data = read(), empty = !data.issues.length && !Object.keys(data.fields).length, text = JSON.stringify(data), before = keeps;

		try {
			if (empty)
				window.localStorage.removeItem(key);
			else
				window.localStorage.setItem(key, text);
			keeps = window.localStorage.getItem(key) === (empty ? null : text);
		} catch (e) {
			keeps = false;
		}
		one('[data-say="kept"]').hidden = !keeps;
		one('[data-say="not-kept"]').hidden = keeps;
		if (before && !keeps)
			say('not-kept');
	}

	function changed(area) {
		if (area && area.nodeName === 'TEXTAREA')
			grow(area);
		save();
		clearTimeout(timer);
		timer = setTimeout(count, 300);
	}

	// ---- buttons ----

	function download(text, type, ending) {
		var a = document.createElement('a');
		a.href = URL.createObjectURL(new Blob([text], { type: type + ';charset=utf-8' }));
		a.download = 'report-' + html.lang.toLowerCase() + '-' + new Date().toISOString().slice(0, 10) + '.' + ending;
		document.body.appendChild(a);
		a.click();
		document.body.removeChild(a);
		setTimeout(function () { URL.revokeObjectURL(a.href); }, 60000);
		say('saved');
	}

	// A report downloaded here, or on another device, goes on.
	function load(file) {
		var reader = new FileReader();
		reader.onload = function () {
			try {
				fill(JSON.parse(one('meta[name="waypost-workbook"]', new DOMParser().parseFromString(reader.result, 'text/html')).content));
				save();
				say('loaded');
			} catch (e) {
				say('not-ours');
			}
		};
		reader.readAsText(file);
	}

	var does = {
		html: function () {
			download(asPage(pieces()), 'text/html', 'html');
		},
		txt: function () {
			download('\ufeff' + asText(pieces()).replace(/\n/g, '\r\n'), 'text/plain', 'txt');
		},
		print: function () {
			window.print();
		},
		add: function () {
			var issue = addIssue();
			numberIssues();
			one('textarea', issue).focus();
		},
		remove: function (button) {
			var issue = up(button, 'issue');
			if (filled(issue) && !window.confirm(words('sure')))
				return;
			issue.parentNode.removeChild(issue);
			numberIssues();
			one('[data-do="add"]').focus();
			changed();
		},
		clear: function () {
			if (!window.confirm(words('sure')))
				return;
			fill({});
			save();
			say('cleared');
		},
		// Into the only field; of a problem, into the question when it asks something, else into the recommendation.
		put: function (button) {
			var text = button.textContent, areas = all('textarea', up(button, 'ask'));
			var area = areas[areas.length === 1 ? 0 : /[?\uff1f\u061f]/.test(text) ? 1 : 2];
			area.value = (area.value.trim() ? area.value.replace(/\s+$/, '') + '\n\n' : '') + text;
			changed(area);
			area.focus();
		}
	};

	// ---- begin ----

	each('.suggest li', function (li) {
		li.innerHTML = '<button type="button" data-do="put">' + li.innerHTML + '</button>';
	});
	each('.script', function (e) { e.hidden = false; });
	blank = one('.issue');
	blank = blank && blank.cloneNode(true);
	root.addEventListener('click', function (event) {
		var e = event.target;
		while (e && e !== root && !e.getAttribute('data-do'))
			e = e.parentNode;
		if (e && e !== root && does[e.getAttribute('data-do')])
			does[e.getAttribute('data-do')](e);
	}, false);
	root.addEventListener('input', function (event) {
		changed(event.target);
	}, false);
	root.addEventListener('change', function (event) {
		var e = event.target;
		if (e.type === 'file') {
			if (e.files[0])
				load(e.files[0]);
			e.value = '';
		} else if (e.type === 'checkbox') {
			issues().forEach(showPicked);
			changed();
		}
	}, false);
	window.addEventListener('beforeprint', function () {
		count();
		show(pieces());
	}, false);
	try {
		kept = JSON.parse(window.localStorage.getItem(key));
	} catch (e) {
		kept = null;
	}
	fill(kept || {});
	save();
})();
