import { compiled, decide, learner, line, lot, rule, sample } from '../test/sample.js';
import { usageOf } from './accounts.js';
import type { ExampleOutcomeDocument } from './document/document-examples.js';
import type { AgreementFact } from './types.js';

const title = { en: 't', zh: 't' };

/** One side of an agreement that takes at most ten credits of a learner, in steps of a half. */
const CHANGE = {
  agreements: [
    {
      id: 'deal',
      title,
      inForce: { from: '2020-01-01', to: null, by: 'application' as const },
      parties: [
        { institution: 'school', accepts: '10' },
        { institution: 'partner', accepts: '9' },
      ],
    },
  ],
  rules: [rule('r', { has: 'X' }, [{ elective: 'pool', partial: true }], { under: 'deal' })],
};

const X = (id: string, credits: string): ExampleOutcomeDocument =>
  lot('X', { lot: id, issuer: 'partner', credits });

function said(
  outcomes: readonly ExampleOutcomeDocument[],
  signed?: Partial<AgreementFact>,
): string {
  const fact = { agreement: 'deal', closed: null, outside: [], accepts: '10', left: null };
  const facts = learner(outcomes);
  const agreements = signed && [{ ...fact, ...signed }];
  return line(decide(sample(CHANGE), { ...facts, ...(agreements && { agreements }) }));
}

test('what is signed takes away from what the rules allow, and adds nothing', () => {
  const lots = [X('a', '3')];
  expect(said(lots)).toBe('r:pool=3');
  expect(said(lots, {})).toBe('r:pool=3');
  expect(said(lots, { accepts: '99', left: '99' })).toBe('r:pool=3');
  expect(said(lots, { accepts: '2' })).toBe('r:pool=2');
  expect(said(lots, { left: '1.5' })).toBe('r:pool=1.5');
  expect(said(lots, { left: '0' })).toBe('r(a) cap');
  expect(said(lots, { closed: 'ended' })).toBe('r() agreement-closed');
  expect(said(lots, { outside: ['a'] })).toBe('r(a) outside-agreement');
  expect(said(lots, { agreement: 'another', closed: 'ended' })).toBe('r:pool=3');
});

test('a lot outside leaves the others as they are', () => {
  expect(said([X('a', '3'), X('b', '2')], { outside: ['a'] })).toBe(
    'r:pool=2, r(a) outside-agreement',
  );
});

test('a quota is for what comes on top of what the learner has already', () => {
  const facts = learner([X('a', '3')]);
  const granted = [
    {
      rule: 'r',
      course: null,
      elective: 'pool',
      category: 'free',
      credits: '4',
      sources: [],
      issuers: [],
      uses: [{ lot: 'old' }],
    },
  ];
  const fact = { agreement: 'deal', closed: null, outside: [], accepts: '10', left: '2' };
  const decision = decide(sample(CHANGE), { ...facts, granted, agreements: [fact] });
  expect(line(decision)).toBe('r:pool=2');
  expect(decision.caps).toMatchObject([{ cap: 'deal', limit: '6', before: '4', used: '6' }]);
  const [cap] = compiled(sample(CHANGE)).caps;
  const known = { ...facts, granted, agreements: [fact] };
  expect(usageOf(cap!, known)).toMatchObject({ limit: '6', used: '4', left: '2' });
});
