import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { competing, documents, facts } from '../test/generators.js';
import { rulebooksOnDisk } from '../../../test/support/rulebooks.js';
import { compiled } from '../test/sample.js';
import { canonicalJson } from './canonical.js';
import { compilePublished } from './compile/compile.js';
import type { CompiledRulebook } from './compile/compiled.js';
import { ENGINE, evaluate } from './evaluate.js';
import { factsOf } from './document/examples.js';
import type { Decision, LearnerFacts } from './types.js';

/**
 * Decisions as each engine made them, one file an engine, one line a rulebook: its canonical JSON and
 * what was decided by it. A file never changes. `RECORD_DECISIONS=1 npx jest libs/rules/src/replay`
 * writes that of the present engine when there is none. `REPLAY_STEP=n` replays each n-th rulebook.
 */
const FOLDER = join(process.cwd(), 'libs/rules/test/fixtures');

/** One decision with everything it was made of. */
interface Recorded {
  readonly facts: LearnerFacts;
  readonly on: string;
  readonly decision: Decision;
}

interface RecordedRulebook {
  readonly rulebook: string;
  readonly decisions: readonly Recorded[];
}

const ON = '2026-10-01';
const STEP = Number(process.env.REPLAY_STEP ?? 1);

function record(): string {
  const seed = 20_261_126;
  const generated = fc.sample(documents, { seed, numRuns: 100 }).map(({ rulebook }) => rulebook);
  const learners = fc.sample(facts, { seed, numRuns: 700 });
  const ofLearners = (rulebook: CompiledRulebook, from: number, to: number): string =>
    line(
      rulebook,
      learners.slice(from, to).map((each) => ({ facts: each, on: ON })),
    );
  return [
    ...rulebooksOnDisk().map((rulebook) =>
      line(
        rulebook,
        rulebook.rulebook.examples.map((example) => ({ facts: factsOf(example), on: example.on })),
      ),
    ),
    ...generated.map((rulebook, index) => ofLearners(rulebook, index * 5, index * 5 + 5)),
    ofLearners(compiled(competing), 500, 700),
  ].join('');
}

function line(
  { rulebook }: CompiledRulebook,
  questions: readonly Omit<Recorded, 'decision'>[],
): string {
  // One worked example is enough for a document to be valid; all of them are recorded below it.
  const canonical = canonicalJson({ ...rulebook, examples: rulebook.examples.slice(0, 1) });
  const version = compilePublished(canonical);
  if (!version.ok) throw new Error(JSON.stringify(version.problem));
  const decisions = questions.map((question) => ({
    ...question,
    decision: evaluate(version.value, question.facts, question.on),
  }));
  return `${canonicalJson({ rulebook: canonical, decisions })}\n`;
}

const own = `decisions-${ENGINE.split('/')[1]}.jsonl.gz`;

beforeAll(() => {
  if (process.env.RECORD_DECISIONS && !existsSync(join(FOLDER, own))) {
    writeFileSync(join(FOLDER, own), gzipSync(record(), { level: 9 }));
  }
});

test('every decision of every engine comes out with the same bytes', () => {
  const files = readdirSync(FOLDER);
  expect(files).toContain(own);
  let replayed = 0;
  for (const text of files.flatMap(linesOf).filter((_, index) => index % STEP === 0)) {
    const { rulebook, decisions } = JSON.parse(text) as RecordedRulebook;
    const version = compilePublished(rulebook);
    if (!version.ok) throw new Error(JSON.stringify(version.problem));
    for (const { facts: given, on, decision } of decisions) {
      const again = evaluate(version.value, given, on, decision.engine);
      expect(canonicalJson(again)).toBe(canonicalJson(decision));
      replayed += 1;
    }
  }
  expect(replayed).toBeGreaterThan(700 / STEP);
});

function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(join(FOLDER, file)))
    .toString()
    .trimEnd()
    .split('\n');
}
