#!/usr/bin/env node
// How many bytes of scripts each page of the registry brings over the wire when it is loaded into an
// empty browser, as the network events of Chromium count them. Fails when a page is too heavy.
//
//   npm run test:weight [-- --only WORD,WORD --json FILE --base URL --demo FILE]
import { parseArgs } from 'node:util';
import { BANK_OPTIONS, openBank } from './lib/bank.mjs';
import { openChromium } from './lib/chromium.mjs';
import { Tally } from '../../.ci/tally.mjs';
import { arrive, chosen, nameOf, tour } from './lib/tour.mjs';
import { World } from './lib/world.mjs';
import { PAGES } from './pages.mjs';

const KB = 1_000;
/** Issue 7: learner and verify pages, and consoles before their charts. */
const LIMITS = { light: 150 * KB, console: 400 * KB };
/** The chunk of the drawing library, which comes after the words and figures. */
const CHARTS = /\/chart-drawing-/;

const { values } = parseArgs({
  options: { ...BANK_OPTIONS, only: { type: 'string', default: '' }, json: { type: 'string' } },
});
const tally = new Tally('npm run test:weight');
const bank = await openBank(values);
const browser = await openChromium();

console.log('scripts, kB over the wire  limit  charts  encoding  page');
try {
  const pages = chosen(PAGES, values.only);
  const world = new World(bank);
  // A page that does not come is asked for once more: here it is weighed, not tried.
  const late = [];
  await tour({ browser, bank, world, pages, look: weigh, fail: (page) => late.push(page) });
  await tour({ browser, bank, world, pages: late, look: weigh, fail, windows: 1 });
} finally {
  await browser.close();
  await bank.close();
}
tally.finish(values.json);

async function weigh(visitor, page) {
  const network = await visitor.page.context().newCDPSession(visitor.page);
  const scripts = new Map();
  network.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Script') return;
    const encoding = response.headers['content-encoding'] ?? 'none';
    scripts.set(requestId, { url: response.url, encoding, bytes: 0 });
  });
  // The body as it came, compressed; what stands in the head of an answer is no JavaScript.
  network.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) script.bytes += encodedDataLength;
  });
  await network.send('Network.enable');
  // What every browser takes; brotli is smaller and not asked for over plain http.
  await network.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': 'gzip' } });
  await arrive(visitor, page, { language: 'zh', senior: false });
  judge(page, [...scripts.values()]);
}

function judge(page, scripts) {
  const sum = (part) => part.reduce((total, { bytes }) => total + bytes, 0);
  const charts = sum(scripts.filter(({ url }) => CHARTS.test(url)));
  const weight = sum(scripts) - charts;
  const encodings = [...new Set(scripts.map(({ encoding }) => encoding))];
  const limit = LIMITS[page.face];
  const complaints = [
    ...(weight > limit ? [`${(weight / KB).toFixed(1)} kB, limit ${limit / KB}`] : []),
    ...(weight === 0 ? ['no script was seen'] : []),
    ...(encodings.includes('none') ? ['a script is served without compression'] : []),
  ];
  tally.add(nameOf(page), complaints);
  const mark = complaints.length === 0 ? '✓' : '✗';
  const cell = (bytes, width) => (bytes / KB).toFixed(1).padStart(width);
  console.log(
    `${mark} ${cell(weight, 24)} ${cell(limit, 6)} ${cell(charts, 7)}  ${encodings.join().padEnd(8)}  ${nameOf(page)}`,
  );
  for (const complaint of complaints) console.log(`    ${complaint}`);
}

function fail(page, error) {
  tally.add(nameOf(page), [error.message]);
  console.log(`✗ ${nameOf(page)}: ${error.message}`);
}
