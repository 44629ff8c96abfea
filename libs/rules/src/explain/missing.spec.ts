import fc from 'fast-check';
import { type Choose, doWhatIsSaid } from '../../test/doing.js';
import { documents, facts as anyFacts } from '../../test/generators.js';
import { learnersOf } from '../../test/learners-of.js';
import { rulebooksOnDisk } from '../../../../test/support/rulebooks.js';
import { compiled, learner, rule, sample } from '../../test/sample.js';
import { graduates, wholeDocuments } from '../../test/whole-documents.js';
import { wordsOf } from '../../test/words.js';
import { canonicalJson } from '../canonical.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import { factsOf } from '../document/examples.js';
import { evaluate } from '../evaluate.js';
import { bind } from '../judge/bind.js';
import { lotsOf } from '../judge/candidate.js';
import { readLearner } from '../learner/learner.js';
import type { LearnerFacts } from '../types.js';

const ON = '2026-10-01';

/** How often each property is tried; `RULE_RUNS=100000 npx jest libs/rules/src/explain/missing`. */
const RUNS = Number(process.env.RULE_RUNS ?? 300);

/** What a person chooses where the list leaves a choice. */
const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 30 });

function chooser(numbers: readonly number[]): Choose {
  let next = 0;
  return (options) => {
    if (options.length === 0) throw new Error('nothing would do what is said');
    const [chosen] = options.slice((numbers[next % numbers.length] ?? 0) % options.length);
    next += 1;
    return chosen as (typeof options)[number];
  };
}

/** Whether a rule has a way to be true in which nothing is unknown. */
function isMet(rulebook: CompiledRulebook, id: string, facts: LearnerFacts, on: string): boolean {
  const of = rulebook.rules.find((each) => each.rule.id === id);
  if (!of) throw new Error(`no rule ${id}`);
  const held = readLearner(rulebook, facts, on);
  return bind(of.when, held, of.windows).bindings.some(
    (binding) =>
      binding.waitsFor.length === 0 &&
      lotsOf(binding).every((lot) =>
        of.windows.every((test) => test.verdict(lot, held.reading) === 'true'),
      ),
  );
}

interface Tally {
  flipped: number;
  /** Rules that are false without anything to do about it. */
  silent: number;
}

/** Does what is said to be missing for each rule, and sees whether the rule is then true. */
function check(
  rulebook: CompiledRulebook,
  facts: LearnerFacts,
  { on, numbers, tally }: { on: string; numbers: readonly number[]; tally: Tally },
): void {
  const words = wordsOf(rulebook);
  const { missing, refused } = evaluate(rulebook, facts, on);
  for (const { rule: id, changes } of missing) {
    if (id === null) continue;
    expect(isMet(rulebook, id, facts, on)).toBe(false);
    const after = doWhatIsSaid(facts, changes, { words, on, choose: chooser(numbers) });
    const again = evaluate(rulebook, after, on);
    if (!isMet(rulebook, id, after, on)) {
      throw new Error(
        `not true after what was said: ${canonicalJson({ id, changes, facts, after })}`,
      );
    }
    const codes = again.refused.filter((each) => each.rule === id).map(({ code }) => code);
    const isConsidered = [...again.granted, ...again.pending].some((each) => each.rule === id);
    if (!isConsidered) expect(codes.filter((code) => !FALSE.includes(code))).not.toEqual([]);
    expect(again.reasons.find((node) => node.rule === id)?.verdict).toBe('true');
    expect(again.missing.some((each) => each.rule === id)).toBe(false);
    tally.flipped += 1;
  }
  const told = new Set(missing.map((each) => each.rule));
  const isFalse = refused.filter(
    ({ code, rule: id }) => code === 'condition-false' && !told.has(id),
  );
  tally.silent += new Set(isFalse.map((each) => each.rule)).size;
}

function report(of: string, tally: Tally): void {
  if (process.env.RULE_RUNS) process.stdout.write(`${of}: ${JSON.stringify(tally)}\n`);
}

/** Reasons of a rule that is not true of the learner. */
const FALSE: readonly string[] = ['condition-false', 'not-in-force'];

test('doing what is missing makes the rule true, whatever else is chosen', () => {
  const tally = { flipped: 0, silent: 0 };
  fc.assert(
    fc.property(documents, anyFacts, choices, ({ rulebook }, facts, numbers) => {
      check(rulebook, facts, { on: ON, numbers, tally });
    }),
    { numRuns: RUNS },
  );
  expect(tally.flipped).toBeGreaterThan(RUNS / 2);
  report('generated rules', tally);
});

test('the same of documents with agreements, prerequisites, duplicates and a calendar', () => {
  const tally = { flipped: 0, silent: 0 };
  fc.assert(
    fc.property(wholeDocuments, graduates, choices, ({ rulebook }, facts, numbers) => {
      check(rulebook, facts, { on: ON, numbers, tally });
    }),
    { numRuns: RUNS },
  );
  expect(tally.flipped).toBeGreaterThan(RUNS / 2);
  report('whole documents', tally);
});

test('credit that requirements lack meets them when it is recognised', () => {
  let met = 0;
  const grants = fc.array(
    fc.record({
      category: fc.constantFrom('basic', 'core', 'free'),
      credits: fc.constantFrom('1', '2.5', '6'),
      completed: fc.constantFrom(['2025-10'], ['2026-03-01'], ['2024'], ['2025-09', '2026-06']),
    }),
    { maxLength: 5 },
  );
  const rulebook = compiled(sample({ calendar: CALENDAR, requirements: REQUIREMENTS }));
  fc.assert(
    fc.property(grants, (given) => {
      const prior = given.map((grant) => ({ rule: 'earlier', elective: 'pool', ...grant }));
      const before = evaluate(rulebook, learner([], { granted: prior }), ON);
      const unmet = before.requirements.filter((state) => !state.met);
      expect(before.missing.map(({ requirement }) => requirement)).toEqual(
        unmet.map(({ requirement }) => requirement),
      );
      for (const { requirement, changes } of before.missing) {
        const added = changes.map(({ wanted, period = '2026' }) => ({
          rule: 'said',
          elective: 'pool',
          category: 'core',
          credits: wanted.slice(2),
          completed: [DAYS[period] ?? ''],
        }));
        const after = evaluate(rulebook, learner([], { granted: [...prior, ...added] }), ON);
        const state = after.requirements.find((each) => each.requirement === requirement);
        expect([requirement, state?.met]).toEqual([requirement, true]);
        met += 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS);
});

const CALENDAR = {
  yearStarts: '09-01',
  semesters: [
    { id: 'autumn', starts: '09-01' },
    { id: 'spring', starts: '02-01' },
  ],
};

/** A day in each period in which something can have been completed. */
const DAYS: Readonly<Record<string, string>> = {
  '2023': '2023-09-02',
  '2024': '2024-09-02',
  '2025': '2025-09-02',
  '2026': '2026-09-02',
  '2025/autumn': '2025-10-01',
  '2025/spring': '2026-03-01',
};

const REQUIREMENTS = (['academic-year', 'semester', undefined] as const).flatMap((per) =>
  [undefined, 'core'].map((category) => ({
    id: `${per ?? 'all'}-${category ?? 'all'}`,
    title: { zh: '要求', en: 'needed' },
    atLeast: '5',
    ...(category !== undefined && { of: { category } }),
    ...(per !== undefined && { per }),
  })),
);

test('the same of every document in rulebooks/ and learners made of its words', () => {
  const tally = { flipped: 0, silent: 0 };
  const rulebooks = rulebooksOnDisk();
  for (const rulebook of rulebooks) {
    const on = rulebook.rulebook.examples[0]?.on ?? ON;
    for (const example of rulebook.rulebook.examples) {
      check(rulebook, factsOf(example), { on: example.on, numbers: [0], tally });
    }
    fc.assert(
      fc.property(learnersOf(rulebook), choices, (facts, numbers) => {
        check(rulebook, facts, { on, numbers, tally });
      }),
      { numRuns: Math.ceil(RUNS / rulebooks.length) },
    );
  }
  expect(tally.flipped).toBeGreaterThan(RUNS / 4);
  report('rulebooks', tally);
});

test('the nearest change is named: a better grade before another outcome', () => {
  const when = { all: [{ has: 'A', grade: { scale: 'percent', atLeast: '60' } }, { has: 'B' }] };
  const document = sample({ rules: [rule('r', when, [{ course: 'B2' }])] });
  const facts = learner([
    { lot: 'a', outcome: 'A', credits: '2', grade: '59', gradeScale: 'percent' },
    { lot: 'b', outcome: 'B', credits: '2' },
  ]);
  expect(evaluate(compiled(document), facts, ON).missing).toMatchObject([
    {
      rule: 'r',
      changes: [{ kind: 'grade', lot: 'a', wanted: '>= 60 (percent)', read: '59' }],
    },
  ]);
});

test('nothing is named that cannot be done: a lot that is used up, another issuer', () => {
  const document = sample({ rules: [rule('r', { has: 'A', issuer: 'i' }, [{ course: 'B2' }])] });
  const facts = learner([{ lot: 'a', outcome: 'A', credits: '2', issuer: 'j' }]);
  expect(evaluate(compiled(document), facts, ON).missing).toMatchObject([
    {
      changes: [
        { kind: 'outcome', outcomes: ['A'] },
        { kind: 'issuer', wanted: 'i' },
      ],
    },
  ]);
});
