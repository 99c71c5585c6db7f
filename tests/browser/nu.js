// SPDX-License-Identifier: GPL-3.0-or-later
// The Nu HTML checker on every page, style sheet and drawing of a built site, and on seeded faults.
// nu.js SITE; called by tests/browser/run. Prints TAP.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const tap = require('./tap.js');

const JAR = path.join(__dirname, '../node_modules/vnu-jar/build/dist/vnu.jar');
// It cannot know what 'self' means for a file on disk; a slash in <br /> is wanted, our pages are XML, too; and languages
// it has never learnt are others to it.
const KNOWN = /Resource violates Content Security Policy|Trailing slash on void elements|File was not checked|appears to be written in [A-Z][a-z]+ but the “html” start tag has “lang="(fil|ha|ht|qu)"”/;
const HEAD = '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8" /><title>A</title></head><body>';

// Problems in the files of one kind ('html', 'css', 'svg') of some folders, and how many files were looked at.
function nu(kind, folders) {
	const args = ['-jar', JAR, '--stdout', '--format', 'gnu', '--exit-zero-always', '--verbose', `--skip-non-${kind}`];
	const done = spawnSync('java', args.concat(folders), { maxBuffer: 1 << 28, encoding: 'utf8' });
	const read = text => (text ?? '').split('\n').filter(Boolean);
	const problems = read(done.stdout).filter(l => !KNOWN.test(l));
	if (done.error || done.status !== 0)
		problems.push(`it ended with ${done.error ?? done.status}: ${done.stderr}`);
	return { problems, files: read(done.stderr).length };
}

const faults = {
	'a.html': ['<ul><p>A</p></ul>', 'a paragraph in a list, outside its items'],
	'b.html': ['<p lang="no-such-language-tag-here">A</p>', 'a bad language tag'],
	'c.html': [null, 'French text that says it is English'],
	'd.html': ['<img src="x.png" />', 'an image without alt'],
	'a.css': ['a{colour:red}', 'an unknown property'],
	'a.svg': ['<svg xmlns="http://www.w3.org/2000/svg"><rect wide="1"/></svg>', 'an unknown attribute'],
};

function french() {
	const page = path.join(site, 'fr/about.html');
	return fs.existsSync(page) ? fs.readFileSync(page, 'utf8').replace(/^[\s\S]*<main[^>]*>|<\/main>[\s\S]*$/g, '') : '';
}

const site = fs.realpathSync(process.argv[2]);
const seeds = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'nu-'));
try {
	const missed = [], count = kind => fs.readdirSync(site, { recursive: true }).filter(f => f.endsWith(`.${kind}`)).length;
	for (const [name, [text]] of Object.entries(faults))
		fs.writeFileSync(path.join(seeds, name), name.endsWith('.html') ? `${HEAD}${text ?? french()}</body></html>` : text);
	for (const [kind, what] of [['html', 'pages'], ['css', 'style sheets'], ['svg', 'drawings']]) {
		const { problems, files } = nu(kind, [site, seeds]), names = Object.keys(faults).filter(n => n.endsWith(`.${kind}`));
		const seeded = problems.filter(l => l.includes(seeds)), other = problems.filter(l => !l.includes(seeds));
		if (files !== count(kind) + names.length)
			other.push(`${files} of ${count(kind) + names.length} files were looked at`);
		tap.result(`Nu HTML checker: no error and no warning (${count(kind)} ${what})`, other.map(l => l.replace(`file:${site}/`, '')));
		missed.push(...names.filter(n => !seeded.some(l => l.includes(`${seeds}/${n}`))).map(n => faults[n][1]));
	}
	tap.seeded('the Nu HTML checker', missed);
} finally {
	fs.rmSync(seeds, { recursive: true });
}
