import { decide, faults, learner, line, lot, rule, said, sample } from '../../test/sample.js';
import type { RulebookDocument } from '../document/document.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';

const title = { en: 't', zh: 't' };

describe('agreements', () => {
  const agreement = (rest: object = {}): NonNullable<RulebookDocument['agreements']>[number] => ({
    id: 'deal',
    title,
    inForce: { from: '2020-01-01', to: '2026-12-31', by: 'application' },
    parties: [
      { institution: 'school', accepts: '3' },
      { institution: 'partner', accepts: '9' },
      { institution: 'third', accepts: '1' },
    ],
    ...rest,
  });
  const rules = [rule('r', { has: 'X' }, [{ elective: 'pool' }], { under: 'deal' })];
  const from = (
    issuer: string,
    rest: Partial<ExampleOutcomeDocument> = {},
  ): ExampleOutcomeDocument => lot('X', { issuer, credits: '3', ...rest });

  test('only the other parties issue, up to the own cap', () => {
    const change = { rules, agreements: [agreement()] };
    expect(said(change, [from('partner')])).toBe('r:pool=3');
    expect(said(change, [from('third')])).toBe('r:pool=3');
    expect(said(change, [from('school')])).toBe('r(x) condition-false');
    expect(said(change, [from('stranger')])).toBe('r(x) condition-false');
    expect(said(change, [from('partner', { credits: '3.5' })])).toBe('r(x) cap');
    const { caps } = decide(sample(change), learner([from('partner')]));
    expect(caps.map(({ cap, limit, used }) => `${cap} ${used}/${limit}`)).toEqual(['deal 3/3']);
  });

  test('its window holds, by the day of the application or of completion', () => {
    const change = { rules, agreements: [agreement()] };
    const on = (day: string): string =>
      line(
        decide(
          sample({ ...change, inForce: { from: '2020-01-01', to: null, by: 'application' } }),
          learner([from('partner')]),
          day,
        ),
      );
    expect(on('2026-12-31')).toBe('r:pool=3');
    expect(on('2027-01-01')).toBe('r() not-in-force');
    const completion = {
      rules,
      agreements: [
        agreement({ inForce: { from: '2020-01-01', to: '2026-06-30', by: 'completion' } }),
      ],
    };
    expect(said(completion, [from('partner', { completed: '2026-06-30' })])).toBe('r:pool=3');
    expect(said(completion, [from('partner', { completed: '2026-07-01' })])).toBe(
      'r(x) not-in-force',
    );
    const { refused } = decide(
      sample({ ...change, inForce: { from: '2020-01-01', to: null, by: 'application' } }),
      learner([from('partner')]),
      '2027-01-01',
    );
    expect(refused[0]?.params).toEqual({ from: '2020-01-01', to: '2026-12-31' });
  });

  test('sums, groups and proofs are of the other parties too', () => {
    const sum = rule(
      'r',
      { sum: { what: 'hours', atLeast: '16' }, of: { has: 'X' } },
      [{ elective: 'pool', credits: { ratio: 'sum' } }],
      { under: 'deal' },
    );
    const hours = (issuer: string): ExampleOutcomeDocument => from(issuer, { hours: '16' });
    expect(said({ rules: [sum], agreements: [agreement()] }, [hours('partner')])).toBe('r:pool=1');
    expect(said({ rules: [sum], agreements: [agreement()] }, [hours('stranger')])).toBe(
      'r(x) condition-false',
    );
    const group = rule(
      'r',
      { any: [{ has: 'X' }, { learner: { ageAtLeast: 1 } }] },
      [{ course: 'B2' }],
      { under: 'deal' },
    );
    expect(said({ rules: [group], agreements: [agreement()] }, [from('stranger')])).not.toContain(
      'r:B2',
    );
  });

  test('a party that decides must be one, stands once, and a rule names what is there', () => {
    const parties = [
      { institution: 'a', accepts: '1' },
      { institution: 'b', accepts: '1' },
    ];
    expect(faults({ agreements: [agreement({ parties })] })).toEqual([
      'rulebook-unknown-name /agreements/0/parties',
    ]);
    expect(
      faults({
        agreements: [
          agreement({
            parties: [
              ...parties,
              { institution: 'school', accepts: '1' },
              { institution: 'a', accepts: '2' },
            ],
          }),
        ],
      }),
    ).toEqual(['rulebook-duplicate /agreements/0/parties/3/institution']);
    expect(faults({ rules })).toEqual(['rulebook-unknown-name /rules/0/under']);
    expect(faults({ agreements: [agreement(), agreement()] })).toEqual([
      'rulebook-duplicate /agreements/1/id',
    ]);
    expect(
      faults({
        agreements: [
          agreement({ inForce: { from: '2026-01-01', to: '2025-01-01', by: 'completion' } }),
        ],
      }),
    ).toEqual(['rulebook-dates-reversed /agreements/0/inForce']);
  });
});

test('a cap of an account counts what other programmes counted', () => {
  const change = (
    counts: 'credits' | 'lots' | 'applications',
    max: string,
  ): Partial<RulebookDocument> => ({
    caps: [{ id: 'c', max, counts, account: 'both' }],
    rules: [rule('r', { has: 'X' }, [{ elective: 'pool' }])],
  });
  const at = (
    counts: 'credits' | 'lots' | 'applications',
    max: string,
    counted: string,
    account = 'both',
  ): string => said(change(counts, max), [lot('X')], { accounts: [{ account, counted }] });
  expect(at('credits', '10', '6')).toBe('r:pool=4');
  expect(at('credits', '10', '6.5')).toBe('r(x) cap');
  expect(at('credits', '10', '6.5', 'other')).toBe('r:pool=4');
  expect(at('credits', '10', 'many')).toBe('r:pool=4');
  expect(at('lots', '2', '1')).toBe('r:pool=4');
  expect(at('lots', '2', '2')).toBe('r(x) cap');
  expect(at('applications', '2', '2')).toBe('r(x) cap');
  expect(at('applications', '2', 'two')).toBe('r:pool=4');
  const { caps } = decide(
    sample(change('credits', '10')),
    learner([lot('X')], { accounts: [{ account: 'both', counted: '6' }] }),
  );
  expect(caps).toMatchObject([{ cap: 'c', account: 'both', before: '6', used: '10' }]);
  const twice = {
    accounts: [
      { account: 'both', counted: '3' },
      { account: 'both', counted: '4' },
    ],
  };
  expect(said(change('credits', '10'), [lot('X')], twice)).toBe('r(x) cap');
});
