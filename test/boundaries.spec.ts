import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** Files that keep every rule: what the rules must let through. */
const SOUND: Record<string, string> = {
  'libs/credit/src/index.ts': `export const credit = 1;`,
  'libs/rules/src/index.ts': `import { createHash } from 'node:crypto';
    import { credit } from '#libs/credit';
    export const rules = [createHash, credit];`,
  'libs/rules/src/rules.spec.ts': `import { sample } from 'fast-check'; export const s = sample;`,
  'src/platform/clock/clock.ts': `import { Injectable } from '@nestjs/common';
    export const clock = Injectable;`,
  'src/ledger/index.ts': `export { ledgerStore } from './ledger.store.js';`,
  'src/ledger/ledger.store.ts': `import { clock } from '../platform/clock/clock.js';
    export const ledgerStore = clock;`,
  'src/outcomes/outcomes.service.ts': `import { ledgerStore } from '../ledger/index.js';
    import { rules } from '#libs/rules';
    export const outcomes = [ledgerStore, rules];`,
  'web/src/api/http.ts': `export const http = 1;`,
  'web/src/parts/note.tsx': `import { http } from '../api/http'; export const note = http;`,
  'web/src/pages/not-found.tsx': `import { note } from '../parts/note'; export const notFound = note;`,
  'web/src/pages/verify/index.tsx': `import { notFound } from '../not-found';
    export const verify = notFound;`,
  'migrations/0001-first.ts': `import type { MigrationInterface } from 'typeorm';
    export type First = MigrationInterface;`,
};

/** One planted violation for each rule of .ci/dependency-cruiser.cjs: [rule, file, text]. */
const PLANTED: [rule: string, file: string, text: string][] = [
  [
    'libs-import-only-libs',
    'libs/credit/src/planted-source.ts',
    `import { clock } from '../../../src/platform/clock/clock.js'; export const p = clock;`,
  ],
  [
    'libs-no-packages',
    'libs/credit/src/planted-package.ts',
    `import type { Client } from 'pg'; export type P = Client;`,
  ],
  [
    'credentials-few-packages',
    'libs/credentials/src/planted-package.ts',
    `import type { Client } from 'pg'; export type P = Client;`,
  ],
  [
    'libs-no-io',
    'libs/credit/src/planted-io.ts',
    `import { readFileSync } from 'node:fs'; export const p = readFileSync;`,
  ],
  [
    'platform-below-features',
    'src/platform/planted-feature.ts',
    `import { ledgerStore } from '../ledger/index.js'; export const p = ledgerStore;`,
  ],
  [
    'feature-front-door',
    'src/outcomes/planted-side-door.ts',
    `import type { ledgerStore } from '../ledger/ledger.store.js';
     export type P = typeof ledgerStore;`,
  ],
  [
    'no-cycles',
    'src/outcomes/planted-cycle.ts',
    `import { q } from './the-other-half.js'; export const p: () => unknown = () => q;`,
  ],
  [
    'no-unresolved',
    'src/outcomes/planted-nowhere.ts',
    `import { p } from './does-not-exist.js'; export const q = p;`,
  ],
  [
    'pages-alone',
    'web/src/api/planted-source.ts',
    `import { ledgerStore } from '../../../src/ledger/index.js'; export const p = ledgerStore;`,
  ],
  [
    'pages-one-room',
    'web/src/pages/account/planted-neighbour.tsx',
    `import { verify } from '../verify'; export const p = verify;`,
  ],
  [
    'parts-below-pages',
    'web/src/parts/planted-page.tsx',
    `import { verify } from '../pages/verify'; export const p = verify;`,
  ],
  [
    'migrations-stand-alone',
    'migrations/planted-source.ts',
    `import { ledgerStore } from '../src/ledger/index.js'; export const p = ledgerStore;`,
  ],
];

/** A cycle needs two files; it is reported once, at the first. */
const OTHER_HALF = `import { p } from "./planted-cycle.js";
  export const q: () => unknown = () => p;`;

// Each run of a tool takes seconds, on a busy machine many.
jest.setTimeout(120_000);

let house: string;

/** A small repository with the real rules, in a temporary folder. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'creditbank-boundaries-'));
  for (const file of ['package.json', 'tsconfig.json', '.oxlintrc.json', '.ci']) {
    cpSync(join(ROOT, file), join(house, file), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
  for (const [file, text] of Object.entries(SOUND)) write(file, text);
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

function runTool(...args: string[]): { output: string; status: number | null } {
  const [script, ...rest] = args;
  const command = [join(ROOT, 'node_modules', script ?? ''), ...rest];
  const done = spawnSync(process.execPath, command, { cwd: house, encoding: 'utf8' });
  return { output: done.stdout + done.stderr, status: done.status };
}

function cruise(): { violations: string[]; status: number | null } {
  const { output, status } = runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--config=.ci/dependency-cruiser.cjs',
    '--output-type=json',
    'src',
    'libs',
    'migrations',
    'web/src',
  );
  const report = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  const violations = report.summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
  return { violations: [...new Set(violations)].toSorted(), status };
}

describe('who may import whom', () => {
  it('lets a sound house through, and names every planted import', () => {
    expect(cruise().violations).toEqual([]);

    for (const [, file, text] of PLANTED) write(file, text);
    write('src/outcomes/the-other-half.ts', OTHER_HALF);
    const { violations } = cruise();

    const expected = PLANTED.map(([rule, file]) => `${rule}: ${file}`);
    expect(violations).toEqual(expected.toSorted());
  });

  it('has a planted import for every rule', () => {
    const rules = jest.requireActual<{ forbidden: { name: string }[] }>(
      '../.ci/dependency-cruiser.cjs',
    ).forbidden;
    expect(rules.map(({ name }) => name).toSorted()).toEqual(
      PLANTED.map(([rule]) => rule).toSorted(),
    );
  });
});

describe('the purity of libs', () => {
  it.each([
    ['no-restricted-imports', `import pg from 'pg'; export const p = pg;`],
    ['no-restricted-properties', `export const p = Date.now();`],
    ['no-restricted-properties', `export const p = Math.random();`],
    ['no-restricted-globals', `export const p = process.env;`],
    ['no-explicit-any', `export const p = (x: any): unknown => x;`],
  ])('%s is found in: %s', (rule, text) => {
    write('libs/impure/src/planted.ts', text);
    const { output, status } = runTool('oxlint/bin/oxlint', '-f', 'unix', 'libs/impure');
    expect(output).toContain(`(${rule})`);
    expect(status).not.toBe(0);
  });
});
