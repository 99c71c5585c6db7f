// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that a reader can sort: buttons in the heads of table.sort. A classic script in ES5; works from disk.
// Dates go by the datetime of their <time>; all else by the place it had when the page was built, where names stand in the order of
// the language: equal words stay together, in the order in which they first appear.
(function () {
	'use strict';

	function list(nodes) {
		return Array.prototype.slice.call(nodes);
	}

	// What each row is sorted by in a column: a date, or the number of the first row with the same words. Rows without a date come last.
	function keys(rows, column) {
		var first = {}, dated = rows.some(function (row) {
			return row.cells[column].querySelector('time');
		});
		return rows.map(function (row, i) {
			var cell = row.cells[column], time = cell.querySelector('time'), words = '=' + cell.textContent.trim();
			if (dated)
				return time ? time.getAttribute('datetime') : null;
			if (first[words] === undefined)
				first[words] = i;
			return first[words];
		});
	}

	function sort(table, head, rows, column, down) {
		var by = keys(rows, column), order = rows.map(function (row, i) {
			return i;
		}), body = table.tBodies[0];
		order.sort(function (a, b) {
			if (by[a] !== by[b]) {
				if (by[a] === null || by[b] === null)
					return by[a] === null ? 1 : -1;
				return by[a] < by[b] === down ? 1 : -1;
			}
			return a - b;
		});
		order.forEach(function (i) {
			body.appendChild(rows[i]);
		});
		list(head.cells).forEach(function (cell, i) {
			cell.setAttribute('aria-sort', i !== column ? 'none' : down ? 'descending' : 'ascending');
		});
	}

	list(document.querySelectorAll('table.sort')).forEach(function (table) {
		var head = table.tHead.rows[0], rows = list(table.tBodies[0].rows), hint = table.querySelector('.script');
		list(head.cells).forEach(function (cell, column) {
			var button = document.createElement('button');
			button.type = 'button';
			while (cell.firstChild)
				button.appendChild(cell.firstChild);
			cell.appendChild(button);
			cell.setAttribute('aria-sort', column ? 'none' : 'ascending');
			button.addEventListener('click', function () {
				sort(table, head, rows, column, cell.getAttribute('aria-sort') === 'ascending');
			}, false);
		});
		if (hint)
			hint.hidden = false;
	});
})();
