/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing that reading needs: buttons to share and to print, links behind headings, and a notice when this copy is old. ES5; works from disk. */
(function () {
	'use strict';

	var DAYS = 365;
	var tools = document.getElementById('wp-tools'), said = document.getElementById('wp-said');
	var canonical = document.querySelector('link[rel=canonical]');
	// An address that others can open: a file on this disk is none.
	var address = canonical ? canonical.href : /^http/.test(location.protocol) ? location.href.replace(/#.*/, '') : '';

	function say(done) {
		said.textContent = '';
		if (done)
			setTimeout(function () { said.textContent = said.getAttribute('data-copied'); }, 50);
	}

	// Where there is no clipboard, as on plain HTTP in a village network, the old command still works.
	function copy(text) {
		var field;

		if (navigator.clipboard && navigator.clipboard.writeText) {
			navigator.clipboard.writeText(text).then(function () { say(true); }, function () { say(false); });
			return;
		}
		field = document.createElement('textarea');
		field.value = text;
		tools.appendChild(field);
		field.select();
		try {
			say(document.execCommand('copy'));
		} catch (e) {
			say(false);
		}
		tools.removeChild(field);
	}

	function share() {
		if (navigator.share)
			navigator.share({ title: document.title, url: address }).then(null, function () {});
		else
			copy(address);
	}

	// The menu of languages is far up: a link that leads there opens it, too.
	function open(event) {
		var menu = document.getElementById('wp-languages');

		if (menu && menu.parentNode) {
			menu.parentNode.open = true;
			menu.focus();
			menu.scrollIntoView();
			event.preventDefault();
		}
	}

	function anchor(heading) {
		var a = document.createElement('a');

		a.className = 'to';
		a.href = '#' + heading.id;
		a.textContent = '#';
		a.setAttribute('aria-label', tools.getAttribute('data-link') + ': ' + heading.textContent);
		a.onclick = function () {
			if (address)
				copy(address + '#' + heading.id);
		};
		heading.appendChild(document.createTextNode(' '));
		heading.appendChild(a);
	}

	function old() {
		var notice = document.getElementById('wp-old');
		var day = notice && /^(\d{4})-?(\d\d)?-?(\d\d)?$/.exec(notice.getAttribute('data-as-of'));

		if (day && new Date() - new Date(+day[1], (day[2] || 12) - 1, +day[3] || 28) > DAYS * 864e5)
			notice.hidden = false;
	}

	function all(selector, work) {
		var list = document.querySelectorAll(selector), i;

		for (i = 0; i < list.length; i++)
			work(list[i]);
	}

	old();
	all('a[href="#wp-languages"]', function (a) { a.onclick = open; });
	if (!tools)
		return;
	all('.text h2[id], .text h3[id]', anchor);
	document.getElementById('wp-print').onclick = function () { window.print(); };
	document.getElementById('wp-share').hidden = !address;
	document.getElementById('wp-share').onclick = share;
	tools.hidden = false;
})();
