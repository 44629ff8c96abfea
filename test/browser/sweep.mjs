#!/usr/bin/env node
// Every page of the registry in Chromium, in its languages, normal and senior, 320 and 1280 px wide:
// axe, texts, targets, layout, 400 % zoom, errors of scripts, refused requests, policy violations.
//
//   npm run test:browser [-- --only WORD,WORD --json FILE --warnings --base URL --demo FILE]
import { parseArgs } from 'node:util';
import { BANK_OPTIONS, openBank } from './lib/bank.mjs';
import { openChromium } from './lib/chromium.mjs';
import { Found } from './lib/found.mjs';
import { complaintsOfRegistry } from './lib/routes.mjs';
import { Tally } from '../../.ci/tally.mjs';
import { textRoots } from './lib/texts.mjs';
import { arrive, chosen, nameOf, tour } from './lib/tour.mjs';
import { World } from './lib/world.mjs';
import { PAGES } from './pages.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDE = 1280;
const NARROW = 320;
/** A window of 1280 × 1024 px at 400 %. */
const ZOOMED = [320, 256];
const SENIOR = { text: 18, targets: { main: 60, other: 44 } };

const { values } = parseArgs({
  options: {
    ...BANK_OPTIONS,
    only: { type: 'string', default: '' },
    json: { type: 'string' },
    warnings: { type: 'boolean', default: false },
  },
});
const tally = new Tally('npm run test:browser');
/** Pages that something was wrong with the first time. */
const doubted = [];
const warnings = new Map();
const roots = await textRoots();
const bank = await openBank(values);
const known = bank.accounts.map(({ name }) => name);
const browser = await openChromium();

try {
  const pages = chosen(PAGES, values.only);
  const world = new World(bank);
  const registry = complaintsOfRegistry(PAGES);
  tally.add('every route of the site has its page in the registry', registry);
  for (const complaint of registry) console.log(`✗ ${complaint}`);
  await tour({ browser, bank, world, pages, look: lookFirst, fail: doubt });
  await tour({ browser, bank, world, pages: doubted, look: lookAgain, fail, windows: 1 });
} finally {
  await browser.close();
  await bank.close();
}
if (values.warnings) for (const [text, where] of warnings) console.log(`? ${text} (${where})`);
tally.finish(values.json);

/**
 * A page that something is wrong with is looked at once more when nothing else is drawn: what is wrong
 * twice fails. What is wrong once is printed with `?`, for the machine may have been slow, or the page.
 */
async function lookFirst(visitor, page) {
  const { found, tookMs } = await look(visitor, page);
  found.print(found.isClean ? '✓' : '?', nameOf(page), tookMs);
  if (found.isClean) found.countIn(tally, nameOf(page));
  else doubted.push(page);
}

async function lookAgain(visitor, page) {
  const { found, tookMs } = await look(visitor, page);
  found.print(found.isClean ? '✓' : '✗', `${nameOf(page)}, once more`, tookMs);
  found.countIn(tally, nameOf(page));
}

async function look(visitor, page) {
  const startedAt = Date.now();
  const found = new Found();
  for (const language of page.languages) {
    for (const senior of [false, true]) await lookIn(visitor, page, { language, senior }, found);
  }
  return { found, tookMs: Date.now() - startedAt };
}

function doubt(page, error) {
  doubted.push(page);
  printError('?', page, error);
}

function fail(page, error) {
  tally.add(nameOf(page), [error.message]);
  printError('✗', page, error);
}

function printError(mark, page, error) {
  console.log(
    `${mark} ${nameOf(page)}\n    ${error.message.split('\n').slice(0, 3).join('\n    ')}`,
  );
}

/** One language and mode, at both widths. A page where something was pressed is loaded for each mode. */
async function lookIn(visitor, page, { language, senior }, found) {
  const isFresh = !senior || page.does !== undefined;
  await visitor.setWidth(WIDE);
  if (isFresh) await arrive(visitor, page, { language, senior });
  else await visitor.setSenior(senior);
  for (const width of [WIDE, NARROW]) {
    await visitor.setWidth(width);
    const complaints = [
      ...(await visitor.axe(TAGS)),
      ...(await visitor.measure('layoutFaults')),
      ...(await visitor.measure('rawTexts', { roots, known })),
      ...(senior ? await seniorFaults(visitor) : []),
      ...(width === NARROW ? await faultsWhenEnlarged(visitor, senior) : []),
      ...(await visitor.complaints()),
    ];
    found.add(`${language}${senior ? ' senior' : ''} ${width}`, complaints);
  }
  for (const text of await visitor.measure('foreignTexts', language)) {
    warnings.set(text, `${language} ${page.path}`);
  }
}

async function seniorFaults(visitor) {
  return [
    ...(await visitor.measure('smallTexts', SENIOR.text)),
    ...(await visitor.measure('smallTargets', SENIOR.targets)),
  ];
}

/** 400 % zoom; in senior mode, the largest text instead. */
async function faultsWhenEnlarged(visitor, senior) {
  if (!senior) {
    await visitor.setWidth(...ZOOMED);
    return (await visitor.measure('layoutFaults')).map((fault) => `at 400 %: ${fault}`);
  }
  await visitor.setTextSize(2);
  const faults = await visitor.measure('layoutFaults');
  await visitor.setTextSize(0);
  return faults.map((fault) => `at 30 px: ${fault}`);
}
