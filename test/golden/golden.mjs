#!/usr/bin/env node
// Real programmes of two universities, told in our rule documents and judged by our engine, against
// what their own code and tests expect. Nothing of theirs is kept here. See README.md in this folder.
//
//   npm run test:golden -- --course-plan PATH [--tigerpath PATH] [--documents FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareServer } from '../../bin/lib/prepare.mjs';
import { Progress } from '../../bin/lib/progress.mjs';
import { Refusal } from '../../bin/lib/refusal.mjs';
import { runCornell } from './lib/cornell.mjs';
import { runTigerPath } from './lib/tigerpath.mjs';

const PARTS = { 'course-plan': runCornell, tigerpath: runTigerPath };

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

try {
  const { documents: folder, ...checkouts } = readCommandLine();
  await prepareServer({ root, progress: new Progress(process.stderr) });
  const ours = await loadOurs();
  let differing = 0;
  for (const [name, run] of Object.entries(PARTS)) {
    if (checkouts[name] === undefined) continue;
    const { groups, notes, documents } = run({ checkout: checkouts[name], ours });
    if (folder !== undefined) writeDocuments(join(folder, name), documents);
    differing += tell(name, groups, notes);
  }
  process.exitCode = differing === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 2;
}

function readCommandLine() {
  const text = { type: 'string' };
  const options = Object.fromEntries([...Object.keys(PARTS), 'documents'].map((n) => [n, text]));
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Refusal(error.message);
  }
  if (Object.keys(PARTS).some((name) => values[name] !== undefined)) return values;
  const wanted = Object.keys(PARTS).map((name) => `--${name} PATH`);
  throw new Refusal(`Name a checkout: ${wanted.join(' or ')}. See test/golden/README.md.`);
}

/** The built engine, and the reader that documents of people go through: shape, then compiler. */
async function loadOurs() {
  const load = (path) => import(pathToFileURL(join(root, 'dist', path)).href);
  const { evaluate, factsOf, runExamples } = await load('libs/rules/src/index.js');
  const { RuleFileReader } = await load('src/rulebook/documents.js');
  const reader = new RuleFileReader(join(root, 'rulebooks', 'schema', 'rulebook-1.schema.json'));
  const compile = (document) => {
    const read = reader.read(JSON.stringify(document));
    if (!read.ok) {
      throw new Refusal(`${document.id} is refused: ${JSON.stringify(read.problem, null, 1)}`);
    }
    return read.value.rulebook;
  };
  return { compile, evaluate, factsOf, runExamples };
}

function writeDocuments(folder, documents) {
  mkdirSync(folder, { recursive: true });
  for (const document of documents) {
    const file = `${document.id.replaceAll('/', '-')}.yaml`;
    writeFileSync(join(folder, file), `${JSON.stringify(document, null, 2)}\n`);
  }
}

/** Answers how many cases differ. */
function tell(name, groups, notes) {
  let all = 0;
  let differing = 0;
  for (const { title, cases } of groups) {
    const differ = cases.filter(({ differences }) => differences.length > 0);
    all += cases.length;
    differing += differ.length;
    const mark = differ.length === 0 ? '✓' : '✗';
    console.log(`${mark} ${title}: ${cases.length - differ.length} of ${cases.length} as expected`);
    for (const { name: what, differences } of differ) {
      console.log(`    ${what}`);
      for (const text of differences) console.log(`        ${text}`);
    }
  }
  for (const note of notes) console.log(`  note: ${note}`);
  console.log(`${name}: ${all - differing} of ${all} as expected`);
  return differing;
}
