// SPDX-License-Identifier: GPL-3.0-or-later
// How the checks of this folder report: one line of TAP for each, problems above it. For the programs of this folder.
'use strict';

const SHOWN = 25;

// Prints the outcome of one check: it passes when the list of problems is empty. A seeded fault passes when it is not.
function result(name, problems) {
	for (const problem of problems.slice(0, SHOWN))
		console.log('# ' + String(problem).replace(/\s+/g, ' ').slice(0, 400));
	if (problems.length > SHOWN)
		console.log(`# and ${problems.length - SHOWN} more`);
	console.log(`${problems.length ? 'not ' : ''}ok - ${name}`);
	if (problems.length)
		process.exitCode = 1;
}

// A check that cannot fail proves nothing: prints whether each seeded fault was found.
function seeded(name, missed) {
	result(`seeded faults are found: ${name}`, missed.map(m => `not found: ${m}`));
}

module.exports = { result, seeded };
