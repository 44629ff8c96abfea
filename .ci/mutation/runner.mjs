// Runs specs of pure code inside Stryker's own process. Jest starts its world again for every
// mutant, which costs seconds where the tests themselves cost milliseconds.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { Modules } from './modules.mjs';
import { Specs } from './specs.mjs';

/** Tests that found one of the last mutants come first: neighbours die of the same test. */
const REMEMBERED = 12;

export const strykerValidationSchema = {
  properties: {
    specs: {
      type: 'object',
      description: 'Specs that need no Jest.',
      properties: {
        in: { type: 'array', items: { type: 'string' }, description: 'Folders or single specs.' },
        env: { type: 'object', description: 'Lowers the number of runs of property tests.' },
        seed: { type: 'number', description: 'Of property tests: a mutant sees the same runs.' },
      },
    },
  },
};

class SpecRunner {
  static inject = tokens(commonTokens.options);
  #root = process.cwd();
  #times = join(process.cwd(), '.spec-times.json');
  #stryker = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #killers = [];
  #modules;
  #files;

  constructor({ specs }) {
    this.#files = specs.in.flatMap((place) => specsIn(join(this.#root, place))).sort();
    this.#modules = new Modules(this.#root);
    Object.assign(process.env, specs.env);
    const fastCheck = createRequire(join(this.#root, 'package.json'))('fast-check');
    fastCheck.configureGlobal({ seed: specs.seed, endOnFailure: true });
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const perTest = {};
    const tests = [];
    for (const file of this.#files) tests.push(...(await this.#firstRun(file, perTest)));
    writeFileSync(
      this.#times,
      JSON.stringify(tests.map(({ id, timeSpentMs }) => [id, timeSpentMs])),
    );
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: { static: {}, perTest },
    };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    this.#stryker.activeMutant = activeMutant.id;
    this.#stryker.hitLimit = hitLimit;
    this.#stryker.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const tests = await this.#until(this.#inOrder(testFilter), disableBail);
      const reached = determineHitLimitReached(this.#stryker.hitCount, hitLimit);
      return toMutantRunResult(reached ?? { status: DryRunStatus.Complete, tests }, disableBail);
    } finally {
      this.#stryker.activeMutant = undefined;
    }
  }

  /**
   * Without a mutant, to learn what each test runs. Every file gets modules of its own; what ran while
   * it was loaded counts for each of its tests, because it is loaded again for every mutant.
   */
  async #firstRun(file, perTest) {
    const coverage = (id) => {
      this.#stryker.currentTestId = id;
      return (this.#stryker.mutantCoverage.perTest[id] ??= {});
    };
    this.#stryker.mutantCoverage ??= { static: {}, perTest: {} };
    const name = relative(this.#root, file);
    const ofFile = coverage(`load ${name}`);
    const tests = Specs.of(name, () => this.#modules.fresh()(file));
    const results = [];
    for (const test of tests) {
      const ofTest = coverage(test.id);
      const run = await Specs.run(test);
      results.push(toResult(test, name, run));
      perTest[test.id] = Object.fromEntries([
        ...Object.keys(ofFile).map((mutant) => [mutant, 1]),
        ...Object.entries(ofTest),
      ]);
    }
    return results;
  }

  async #until(wanted, all) {
    const load = this.#modules.fresh();
    const files = new Map();
    const results = [];
    for (const [id, file] of wanted) {
      if (!files.has(file)) files.set(file, this.#load(file, load));
      const tests = files.get(file);
      const test = tests.byId?.get(id);
      const run = test
        ? await Specs.run(test)
        : { timeSpentMs: 0, failure: tests.failure ?? 'Gone.' };
      results.push(toResult({ id }, file, run));
      if (run.failure === undefined) continue;
      this.#killers = [id, ...this.#killers.filter((other) => other !== id)].slice(0, REMEMBERED);
      if (!all) break;
    }
    return results;
  }

  #load(name, load) {
    try {
      const tests = Specs.of(name, () => load(join(this.#root, name)));
      return { byId: new Map(tests.map((test) => [test.id, test])) };
    } catch (error) {
      return { failure: `Not loaded: ${error.message}` };
    }
  }

  /** Recent killers, then the quickest; each with its file. */
  #inOrder(testFilter) {
    const times = new Map(JSON.parse(readFileSync(this.#times, 'utf8')));
    const rank = new Map(this.#killers.map((id, index) => [id, index - REMEMBERED]));
    return (testFilter ?? [...times.keys()])
      .map((id) => [id, id.slice(0, id.indexOf(' ')), rank.get(id) ?? times.get(id)])
      .sort((a, b) => a[2] - b[2]);
  }
}

function specsIn(place) {
  if (place.endsWith('.spec.ts')) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => join(place, name));
}

function toResult(test, fileName, { timeSpentMs, failure }) {
  const base = { id: test.id, name: test.id, fileName, timeSpentMs };
  return failure === undefined
    ? { ...base, status: TestStatus.Success }
    : { ...base, status: TestStatus.Failed, failureMessage: failure };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'specs', SpecRunner)];
