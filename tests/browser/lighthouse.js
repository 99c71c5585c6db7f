// SPDX-License-Identifier: GPL-3.0-or-later
// What Lighthouse thinks of the site on its phone: six pages of different kinds in six languages and scripts, over HTTP, from a host that
// compresses nothing. The site is built with the address of that host. A score under 100 is measured once more. Performance is a timing, of a
// weak processor and a slow network computed from what was loaded here; a busy machine can spoil it, so it is looked at only when it is asked for.
// lighthouse.js PROGRAM [performance]; called by tests/browser/run, and with performance by `make bench`. Prints TAP.
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { serve } = require('./host.js');
const tap = require('./tap.js');

const ROOT = path.join(__dirname, '../..');
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const PAGES = ['en/index.html', 'ar/reporting/alternative-report.html', 'zh-hans/search.html', 'am/convention/part-3.html', 'ur/rights/papers.html', 'ru/states.html'];
const CATEGORIES = [...process.argv[3] === 'performance' ? ['performance'] : [], 'accessibility', 'best-practices', 'seo'];
const ROBOTS = 'User-agent: *\nAllow: /\n';

const program = path.resolve(process.argv[2]), work = fs.mkdtempSync(path.join(os.tmpdir(), 'lighthouse-')), site = path.join(work, 'out/site');

// What keeps a category from 100: the audits with a weight that did not get everything, with what they found.
function reasons(lhr, id) {
	return lhr.categories[id].auditRefs.filter(r => r.weight && lhr.audits[r.id].score !== null && lhr.audits[r.id].score < 1).map(({ id: name }) => {
		const { displayValue = '', details } = lhr.audits[name];
		const items = (details?.items ?? []).slice(0, 3).map(i => i.node?.snippet ?? i.url ?? i.description ?? JSON.stringify(i).slice(0, 160));
		return `${id}: ${name} ${lhr.audits[name].score} ${displayValue} ${items.join(' | ')}`;
	});
}

async function main() {
	if (!fs.existsSync(path.join(__dirname, '../node_modules/lighthouse'))) {
		console.log('ok - Lighthouse # SKIP tests/node_modules has no lighthouse');
		return;
	}
	const { default: lighthouse } = await import('../node_modules/lighthouse/core/index.js');
	const { launch } = await import('../node_modules/chrome-launcher/dist/index.js');
	const server = await serve(site, { '/robots.txt': ROBOTS }), base = `http://127.0.0.1:${server.address().port}/`, start = Date.now();
	const built = spawnSync(program, ['build', '-C', ROOT, '-o', path.join(work, 'out'), '--base-url', base], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
	if (built.status !== 0)
		throw new Error(`build ended with ${built.status}: ${built.stdout}${built.stderr}`);
	fs.mkdirSync(path.join(work, 'profile'));
	const chrome = await launch({ chromePath: execFileSync('sh', ['-c', 'command -v chromium']).toString().trim(), chromeFlags: FLAGS, userDataDir: path.join(work, 'profile'), logLevel: 'silent' });
	// The best of two runs in each category, with the reasons of that run.
	const measure = async (name, runs = 2) => {
		const best = new Map();
		for (let run = 0; run < runs && (!run || [...best.values()].some(b => b.score < 100)); run++) {
			const { lhr } = await lighthouse(`${base}${name}`, { port: chrome.port, logLevel: 'silent', output: [], onlyCategories: CATEGORIES, locale: 'en-US' });
			for (const id of CATEGORIES) {
				const score = Math.round((lhr.categories[id].score ?? 0) * 100);
				if (!best.has(id) || score > best.get(id).score)
					best.set(id, { score, why: [...reasons(lhr, id), lhr.runtimeError?.message ?? ''].filter(Boolean) });
			}
		}
		return best;
	};
	try {
		const names = PAGES.filter(n => fs.existsSync(path.join(site, n)));
		for (const name of names) {
			const best = await measure(name), scores = CATEGORIES.map(id => best.get(id).score);
			console.log(`note: Lighthouse, ${name}: ${CATEGORIES.map((id, i) => `${id} ${scores[i]}`).join(', ')}`);
			tap.result(`Lighthouse gives ${name} 100 in ${CATEGORIES.join(', ')}`, CATEGORIES.flatMap((id, i) => scores[i] === 100 ? [] : [`${id} ${scores[i]}`, ...best.get(id).why]));
		}
		tap.result(`Lighthouse looked at ${PAGES.length} pages`, names.length === PAGES.length ? [] : PAGES.filter(n => !names.includes(n)).map(n => `there is no ${n}`));
		tap.seeded('Lighthouse', await faults(measure));
		console.log(`note: Lighthouse: ${Math.round((Date.now() - start) / 1000)} s`);
	} finally {
		await chrome.kill();
		server.close();
	}
}

// A page that is wrong in each way: no category may be 100.
async function faults(measure) {
	const html = fs.readFileSync(path.join(site, PAGES[0]), 'utf8');
	const slow = '<script src="slow.js"></script>', text = '<p><img src="none.png" width="9" height="9" /></p>';
	fs.writeFileSync(path.join(site, 'en/slow.js'), 'for (var end = Date.now() + 1500; Date.now() < end;) ;\nconsole.error("seeded")\n');
	fs.writeFileSync(path.join(site, 'en/fault.html'), html.replace('<title>', () => `${slow}<title>`).replace('<main', () => `${text}<main`)
		.replace(/<meta name="description"[^>]*>/, ''));
	const best = await measure('en/fault.html', 1);
	return CATEGORIES.filter(id => best.get(id).score === 100).map(id => `${id} of a page with faults is 100`);
}

main().catch(error => {
	console.log(`# ${error.stack.replace(/\n/g, '\n# ')}\nnot ok - Lighthouse`);
	process.exitCode = 1;
}).finally(() => {
	fs.rmSync(work, { recursive: true, force: true });
	process.exit();
});
