import fc from 'fast-check';
import { parseDecimal, compare, rational } from '#libs/credit';
import {
  STANDARDS,
  type ReportedIndicator,
  assess,
  compareIndicators,
  dueDay,
  nextDue,
  periodDue,
  standardOf,
  warningsOf,
} from './index.js';

const decimal = (value: string) => parseDecimal(value) ?? rational(0n);
const stated = (code: string, value: string) => ({ code, value, on: '2026-09-01', source: 's' });
const SECONDARY = standardOf('secondary-general')!;

describe('conditions', () => {
  it('show a value that agrees with what is said of it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 400_000 }),
        (n, m) => {
          const inputs = [
            stated('students', String(n)),
            stated('campus-area', String(m)),
            stated('teachers', String(Math.max(1, m % 300))),
          ];
          for (const one of assess(SECONDARY, inputs)) {
            if (one.value === null) expect(one.state).toBe('not-stated');
            else {
              const way = compare(decimal(one.value), decimal(one.required));
              const isMet = one.bound === 'at-least' ? way >= 0 : way <= 0;
              expect([one.code, one.state]).toEqual([one.code, isMet ? 'met' : 'short']);
            }
          }
        },
      ),
    );
  });

  it('are not stated where they would be divided by nobody', () => {
    const all = assess(SECONDARY, [stated('campus-area', '50000'), stated('students', '0')]);
    expect(all.find(({ code }) => code === 'campus-area-each')).toMatchObject({
      value: null,
      state: 'not-stated',
    });
  });

  it('have a source and a bound in every standard', () => {
    for (const { source, conditions } of STANDARDS) {
      expect(source.zh.length).toBeGreaterThan(20);
      for (const { value } of conditions) expect(parseDecimal(value)).toBeDefined();
    }
  });
});

describe('the schedule', () => {
  const DAYS = fc.uniqueArray(fc.constantFrom('01-15', '04-10', '07-15', '12-31'));
  const DAY = fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('names a day between the two, and no later one', () => {
    fc.assert(
      fc.property(DAYS, DAY, DAY, (days, since, today) => {
        const schedule = { days, periodKind: 'year' as const };
        const due = dueDay(schedule, since, today);
        if (due !== null) expect([due > since, due <= today]).toEqual([true, true]);
        const next = nextDue(schedule, today);
        expect(next === null).toBe(days.length === 0);
        if (next !== null) expect(next > today).toBe(true);
      }),
    );
  });

  it.each([
    ['year', '2027-01-15', '2026'],
    ['year', '2027-07-15', '2027'],
    ['school-year', '2026-09-10', '2025-2026'],
    ['school-year', '2026-10-10', '2026-2027'],
  ] as const)('is about the %s in which the month before %s ended', (periodKind, day, id) => {
    expect(periodDue({ days: [], periodKind }, day).id).toBe(id);
  });
});

describe('a comparison', () => {
  const figure = (value: string | null, version = 1): ReportedIndicator => ({
    id: 'x',
    version,
    title: { zh: 'x', en: 'x' },
    definition: { zh: 'x', en: 'x' },
    unit: 'percent',
    decimals: 2,
    target: null,
    owner: { zh: 'x', en: 'x' },
    value,
    absence: value === null ? 'suppressed' : null,
    met: null,
    parts: [],
    amounts: [],
    unknown: [],
    inputs: [],
    missing: [],
  });
  const between = (before: ReportedIndicator, after: ReportedIndicator) =>
    compareIndicators(
      { indicators: [before], schools: [] },
      { indicators: [after], schools: [] },
    )[0];

  it('gives a difference that leads from one value to the other, exactly', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const text = (value: bigint): string =>
      `${value / 100n}.${(value % 100n).toString().padStart(2, '0')}`;
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const difference = between(figure(text(a)), figure(text(b)))?.difference;
        expect(BigInt((difference ?? '').replace('.', ''))).toBe(b - a);
      }),
    );
  });

  it('gives none where a value is hidden, or was counted in another way', () => {
    expect(between(figure('1.00'), figure(null))).toMatchObject({
      difference: null,
      isChanged: true,
    });
    expect(between(figure('1.00'), figure('2.00', 2))).toMatchObject({
      difference: null,
      isRedefined: true,
    });
  });
});

describe('warnings', () => {
  const school = { code: 's', name: { zh: '校', en: 's' } };
  const facts = {
    ...school,
    conditions: null,
    pathwayPass: null,
    onward: null,
    programmeMatch: null,
    learners: [],
  };
  const kinds = (over: object, today = '2026-11-26'): string[] =>
    warningsOf([{ ...facts, ...over }], today).map(({ kind, level }) => `${kind} ${level}`);

  it('say nothing of what is not known', () => {
    expect(kinds({ learners: [null, '0'] })).toEqual([]);
  });

  it('name what is short, low, old, or silent', () => {
    const conditions = assess(SECONDARY, [stated('teachers', '59')]);
    expect(kinds({ conditions })).toEqual([
      'conditions-short watch',
      'conditions-not-stated watch',
    ]);
    const two = [...conditions, ...conditions.filter(({ state }) => state === 'short')];
    expect(kinds({ conditions: two })[0]).toBe('conditions-short urgent');
    expect(kinds({ conditions }, '2028-11-26')).toContain('conditions-old watch');
    expect(kinds({ pathwayPass: '79.99', onward: '60.00', programmeMatch: '89.00' })).toEqual([
      'pathway-pass-low watch',
      'programme-match-low watch',
    ]);
    expect(kinds({ learners: ['0', '0'] })).toEqual(['no-learners watch']);
  });
});
