#!/usr/bin/env node
// `npm run generate [-- --check]`: writes what is made from the code, or names what is out of date or not described.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureServerBuilt } from './lib/build.mjs';
import { gapsOf } from './lib/described.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { run } from './lib/process.mjs';
import { Refusal } from './lib/refusal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'credit-bank-generate-'));
const tools = { say: (text) => console.log(text), track: () => () => undefined };

try {
  await ensureServerBuilt(root, tools);
  await ensureInstalled(join(root, 'web'), tools);
  const openapi = await describeApi();
  const files = {
    'docs/openapi.json': openapi,
    'docs/problems.md': await describeProblems(),
    'web/src/api/schema.ts': await typesOf(openapi),
  };
  const gaps = gapsOf(JSON.parse(openapi));
  for (const gap of gaps) console.error(gap);
  const isBad = process.argv.includes('--check') ? check(files) : write(files);
  process.exitCode = isBad || gaps.length > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
// Parts of the application keep handles open that only closing it would release.
process.exit();

/** The OpenAPI description of the built application, which is created but never initialised. */
async function describeApi() {
  await load('reflect-metadata', true);
  const { NestFactory } = await load('@nestjs/core', true);
  const { AppModule } = await load('dist/src/app.module.js');
  const { loadConfig } = await load('dist/src/platform/config/index.js');
  const { createAdapter } = await load('dist/src/platform/http/application.js');
  const openapi = await load('dist/src/platform/http/openapi.js');
  const config = loadConfig({
    DATA_DIR: scratch,
    // Nobody connects before the application is initialised.
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  });
  const app = await NestFactory.create(AppModule.forRoot(config), createAdapter(config), {
    logger: ['error'],
    abortOnError: false,
  });
  return `${JSON.stringify(openapi.describeApi(app), null, 2)}\n`;
}

/** Every refusal of the service in both languages, as a page. */
async function describeProblems() {
  const { PROBLEMS } = await load('dist/libs/problems/src/index.js');
  const { format } = await load('prettier', true);
  const sections = Object.entries(PROBLEMS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, title, change }]) =>
      [
        `## ${code}`,
        `HTTP ${status}`,
        `- **${title.en}.** ${change.en}\n- **${title.zh}。** ${change.zh}`,
      ].join('\n\n'),
    );
  const text = [
    '# Problems',
    'Generated from `libs/problems` by `npm run generate`. The same codes stand in the API, in ' +
      'files of corrections and on the pages; a code never changes its meaning. `{name}` is a ' +
      'parameter.',
    ...sections,
  ].join('\n\n');
  return format(text, { parser: 'markdown', printWidth: 100 });
}

/** The types of the pages' client. */
async function typesOf(openapi) {
  const source = join(scratch, 'openapi.json');
  const target = join(scratch, 'schema.ts');
  writeFileSync(source, openapi);
  const cli = join(root, 'web/node_modules/openapi-typescript/bin/cli.js');
  const { code, output } = await run(process.execPath, [cli, source, '-o', target]);
  if (code !== 0) throw new Refusal(`openapi-typescript ended with ${code}:\n${output}`);
  return readFileSync(target, 'utf8');
}

function write(files) {
  for (const [file, content] of Object.entries(files)) {
    const changed = stored(file) !== content;
    if (changed) writeFileSync(join(root, file), content);
    console.log(`${changed ? 'wrote' : 'unchanged'} ${file}`);
  }
  return false;
}

function check(files) {
  const stale = Object.keys(files).filter((file) => stored(file) !== files[file]);
  for (const file of stale) console.error(`${file} is out of date: run npm run generate`);
  return stale.length > 0;
}

function stored(file) {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

function load(specifier, isPackage = false) {
  return import(isPackage ? specifier : pathToFileURL(join(root, specifier)).href);
}
