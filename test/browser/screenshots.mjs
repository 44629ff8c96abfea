#!/usr/bin/env node
// A picture of every page of the registry, from top to bottom, in its languages, 320 and 1280 px wide,
// normal and senior, and an index.html to look through them.
//
//   npm run screenshots -- --out DIR [--only WORD,WORD --base URL --demo FILE]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BANK_OPTIONS, openBank } from './lib/bank.mjs';
import { openChromium } from './lib/chromium.mjs';
import { arrive, chosen, nameOf, tour } from './lib/tour.mjs';
import { World } from './lib/world.mjs';
import { PAGES } from './pages.mjs';

const WIDTHS = [1280, 320];

const { values } = parseArgs({
  options: {
    ...BANK_OPTIONS,
    out: { type: 'string' },
    only: { type: 'string', default: '' },
    languages: { type: 'string', default: 'zh,en,th' },
  },
});
const folder = values.out;
if (!folder) throw new Error('Say where to: npm run screenshots -- --out DIR');
mkdirSync(folder, { recursive: true });
const languages = values.languages.split(',');
const pictures = new Map();
const bank = await openBank(values);
const browser = await openChromium();

try {
  const pages = chosen(PAGES, values.only);
  await tour({ browser, bank, world: new World(bank), pages, look: take, fail });
} finally {
  await browser.close();
  await bank.close();
}
const inOrder = PAGES.map(nameOf).filter((name) => pictures.has(name));
writeFileSync(join(folder, 'index.html'), indexOf(inOrder));
let count = 0;
for (const files of pictures.values()) count += Number(files.length);
console.log(`${count} pictures in ${String(folder)}`);

async function take(visitor, page) {
  const name = nameOf(page);
  const stem = name.replaceAll(/[^\w.]+/g, '-').replaceAll(/^-|-$/g, '') || 'home';
  const files = [];
  for (const language of page.languages.filter((one) => languages.includes(one))) {
    for (const senior of [false, true]) {
      await visitor.setWidth(WIDTHS[0]);
      await arrive(visitor, page, { language, senior });
      for (const width of WIDTHS) {
        await visitor.setWidth(width);
        const file = `${stem}-${language}${senior ? '-senior' : ''}-${width}.png`;
        await visitor.page.screenshot({ path: join(folder, file), fullPage: true });
        files.push(file);
      }
    }
  }
  pictures.set(name, files);
  console.log(`${name}: ${files.length}`);
}

function fail(page, error) {
  process.exitCode = 1;
  console.log(`✗ ${nameOf(page)}: ${error.message}`);
}

function indexOf(names) {
  const figure = (file) =>
    `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy" width="320"></a>` +
    `<figcaption>${file}</figcaption></figure>`;
  const sections = names.map(
    (name) => `<h2>${name}</h2><div>${pictures.get(name).map(figure).join('')}</div>`,
  );
  return (
    '<!doctype html><meta charset="utf-8"><title>Pages</title>' +
    '<style>div{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}figure{margin:0}' +
    'img{border:1px solid #999}</style>' +
    sections.join('\n')
  );
}
