import fc from 'fast-check';
import { competing, facts } from '../test/generators.js';
import { compiled } from '../test/sample.js';
import { canonicalJson } from './canonical.js';
import { evaluate } from './evaluate.js';
import { narrate } from './explain/narrate.js';
import type { OutcomeFact } from './types.js';

const document = competing;
const rulebook = compiled(document);

const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  [...list]
    .map((value, index) => ({ value, key: Math.imul(index + 1, seed | 1) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);

const ON = '2026-10-01';
const RUNS = { numRuns: Number(process.env.RULE_RUNS ?? 150) };

describe('evaluate', () => {
  test('replay gives the same bytes, and a decision survives JSON', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = evaluate(rulebook, given, ON);
        const bytes = canonicalJson(decision);
        expect(canonicalJson(evaluate(compiled(document), given, ON))).toBe(bytes);
        expect(canonicalJson(JSON.parse(JSON.stringify(decision)))).toBe(bytes);
      }),
      RUNS,
    );
  });

  test('the order of the facts does not matter', () => {
    fc.assert(
      fc.property(facts, fc.integer(), (given, seed) => {
        const mixed = {
          ...given,
          outcomes: shuffled(given.outcomes, seed),
          findings: shuffled(given.findings, seed),
          granted: shuffled(given.granted, seed),
        };
        expect(canonicalJson(evaluate(rulebook, mixed, ON))).toBe(
          canonicalJson(evaluate(rulebook, given, ON)),
        );
      }),
      RUNS,
    );
  });

  test('a lot told twice changes nothing', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const twice = { ...given, outcomes: [...given.outcomes, ...given.outcomes] };
        expect(canonicalJson(evaluate(rulebook, twice, ON))).toBe(
          canonicalJson(evaluate(rulebook, given, ON)),
        );
      }),
      RUNS,
    );
  });

  test('no lot gives more than it has, no course is filled twice, no cap is broken', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const decision = evaluate(rulebook, given, ON);
        const taken = new Map<string, number>();
        for (const { lot, amount } of decision.granted.flatMap(({ uses }) => uses)) {
          taken.set(lot, (taken.get(lot) ?? 0) + Number(amount));
        }
        for (const [lot, amount] of taken) {
          const fact = given.outcomes.find((each) => each.lot === lot) as OutcomeFact;
          expect(amount).toBeLessThanOrEqual(Number(fact.available));
        }
        const courses = decision.granted.flatMap(({ course }) => course ?? []);
        expect(new Set(courses).size).toBe(courses.length);
        for (const { used, before, limit } of decision.caps) {
          expect(Number(used)).toBeLessThanOrEqual(Math.max(Number(limit), Number(before)));
        }
        expect(decision.proven).toBe(true);
      }),
      RUNS,
    );
  });

  test('raising a cap never lowers the credit', () => {
    const raised = compiled({
      ...document,
      caps: document.caps?.map((cap) => ({ ...cap, max: '30' })),
    });
    fc.assert(
      fc.property(facts, (given) => {
        expect(Number(evaluate(raised, given, ON).credits)).toBeGreaterThanOrEqual(
          Number(evaluate(rulebook, given, ON).credits),
        );
      }),
      RUNS,
    );
  });

  test('one more outcome never lowers the credit', () => {
    const plain = compiled({ ...document, families: [] });
    fc.assert(
      fc.property(facts, (given) => {
        fc.pre(given.outcomes.length > 0);
        const fewer = { ...given, outcomes: given.outcomes.slice(1) };
        expect(Number(evaluate(plain, given, ON).credits)).toBeGreaterThanOrEqual(
          Number(evaluate(plain, fewer, ON).credits),
        );
      }),
      RUNS,
    );
  });

  test('before the rules are in force nothing is granted', () => {
    fc.assert(
      fc.property(facts, (given) => {
        expect(evaluate(rulebook, given, '2025-12-31').granted).toEqual([]);
      }),
      RUNS,
    );
  });

  test('facts of any text are answered, never thrown, and said in words', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const anyOutcome = fc.record({
      lot: text,
      outcome: fc.oneof(text, fc.constantFrom('A', 'K1')),
      title: text,
      source: fc.constantFrom('course', 'training'),
      kind: text,
      category: text,
      issuer: text,
      grade: fc.option(text),
      gradeScale: fc.option(fc.oneof(text, fc.constantFrom('percent', 'constructor'))),
      passGrade: fc.option(text),
      level: fc.option(text),
      levelScale: fc.option(fc.oneof(text, fc.constant('__proto__'))),
      credits: fc.option(fc.oneof(text, fc.constant('-1'), fc.constant('1e9'))),
      available: text,
      hours: fc.option(fc.oneof(text, fc.constant('99999999999999999999'))),
      attendancePercent: fc.option(text),
      completed: text,
      deposited: fc.option(text),
      expiresOn: fc.option(text),
      state: fc.constantFrom('available', 'used', 'held'),
      usedFor: fc.array(fc.record({ programme: text, course: fc.option(text) }), { maxLength: 2 }),
    }) as fc.Arbitrary<OutcomeFact>;
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 6 }), text, (outcomes, born) => {
        const given = { born, outcomes, findings: [], granted: [], enrolledIn: [] };
        const words = narrate(evaluate(rulebook, given, ON));
        expect(canonicalJson(words)).not.toContain('undefined');
      }),
      RUNS,
    );
  });
});
