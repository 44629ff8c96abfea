import fc from 'fast-check';
import { documents, facts } from '../../test/generators.js';
import { compiled, rule, sample } from '../../test/sample.js';
import { canonicalJson } from '../canonical.js';
import { compileRulebook } from '../compile/compile.js';
import type { RulebookDocument } from '../document/document.js';
import { evaluate } from '../evaluate.js';
import { touchOf } from './touch.js';
import type { LearnerFacts } from '../types.js';

const base = sample({
  rules: [rule('a', { has: 'A' }, [{ course: 'B2' }]), rule('b', { has: 'B' }, [{ course: 'C3' }])],
});
const step = (after: Partial<RulebookDocument>) =>
  touchOf(compiled(base), compiled({ ...base, version: 2, ...after }));

test('a rule that changed touches who has what it watches before or after', () => {
  const [a, b] = base.rules as [
    NonNullable<typeof base.rules>[0],
    NonNullable<typeof base.rules>[0],
  ];
  expect(step({ rules: [a, { ...b, when: { has: ['B', 'K1'] } }] }).keys).toEqual([
    'code:B',
    'code:K1',
  ]);
  expect(step({ rules: [a] }).keys).toEqual(['code:B']);
  expect(step({ rules: [a, b, rule('c', { has: 'T' }, [{ course: 'C4' }])] }).keys).toEqual([
    'code:T',
  ]);
  expect(step({ rules: [a, { ...b, when: { has: { prefix: 'K' } } }] }).keys).toBeNull();
});

test('texts, examples and order touch nobody', () => {
  const title = { zh: '新', en: 'new' };
  const rules = (base.rules ?? []).map((each) => ({ ...each, title, basis: '§1' })).reverse();
  expect(step({ rules, title, basis: [{ text: 'new' }] })).toEqual({ keys: [], byGrants: false });
});

test('a cap or a total touches everybody with anything that some rule watches', () => {
  const caps = [{ id: 'c', max: '2' }];
  expect(step({ caps })).toEqual({ keys: ['code:A', 'code:B'], byGrants: false });
  const rights = [{ id: 'r', title: { zh: '权', en: 'right' }, atLeast: '3' }];
  expect(step({ rights })).toEqual({ keys: ['code:A', 'code:B'], byGrants: true });
  expect(touchOf(null, compiled(base)).keys).toEqual(['code:A', 'code:B']);
});

/** What a learner gets, without what names the version. */
const gets = (document: RulebookDocument, given: LearnerFacts): string => {
  const decision = evaluate(compiled(document), given, '2026-10-01');
  const { credits, granted, award } = decision;
  return canonicalJson({ credits, granted, isAward: award === 'met' });
};

test('whoever is not touched gets the same from both versions', () => {
  let untouched = 0;
  const numRuns = Number(process.env.RULE_RUNS ?? 150) * 4;
  const drawn = documents.map(({ document }) => document);
  const pair = fc.tuple(drawn, drawn, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }));
  fc.assert(
    fc.property(pair, facts, ([before, other, picks], given) => {
      const rules = (before.rules ?? []).map((each, at) => {
        const candidate = picks[at] ? other.rules?.[at] : undefined;
        return candidate ? { ...candidate, id: each.id } : each;
      });
      const after = picks[7] ? { ...other, id: before.id } : { ...before, rules };
      fc.pre(compileRulebook(after).ok);
      const touch = touchOf(compiled(before), compiled(after));
      const own = given.outcomes.flatMap(({ outcome, source, kind, category }) => [
        `code:${outcome}`,
        `source:${source}`,
        `kind:${kind}`,
        `category:${category}`,
      ]);
      const isTouched =
        touch.keys === null ||
        touch.keys.some((key) => own.includes(key)) ||
        (touch.byGrants && given.granted.length > 0);
      if (isTouched) return;
      untouched += 1;
      expect(gets(after, given)).toBe(gets(before, given));
    }),
    { numRuns },
  );
  expect(untouched).toBeGreaterThan(numRuns / 30);
});

test('another first day for applications touches nobody, another day of completion everybody', () => {
  const from = (day: string, by: 'application' | 'completion') => ({ from: day, to: null, by });
  expect(step({ inForce: from('2026-06-01', 'application') })).toEqual({
    keys: [],
    byGrants: false,
  });
  expect(step({ inForce: from('2026-01-01', 'completion') }).keys).toEqual(['code:A', 'code:B']);
  const later = touchOf(
    compiled({ ...base, inForce: from('2026-01-01', 'completion') }),
    compiled({ ...base, inForce: from('2026-02-01', 'completion') }),
  );
  expect(later.keys).toEqual(['code:A', 'code:B']);
});

test('totals count earlier grants where there are rights or requirements, one or both', () => {
  const one = { id: 'q', title: { zh: '题', en: 't' }, atLeast: '1' };
  const byGrants = (change: Partial<RulebookDocument>): boolean => step(change).byGrants;
  expect(byGrants({ requirements: [one] })).toBe(true);
  expect(byGrants({ rights: [one] })).toBe(true);
  expect(byGrants({ requirements: [one], rights: [{ ...one, id: 'r' }] })).toBe(true);
  expect(byGrants({ caps: [{ id: 'c', max: '1' }] })).toBe(false);
});
