import fc from 'fast-check';
import type { PenaltySpan } from '../institution.js';
import { addDays, type Demerit, standingsOf, timesOf } from './demerit.js';
import { DemeritScheme } from './scheme.js';

const scheme = new DemeritScheme();
const penaltyAt = (points: number) => scheme.penaltyAt(points);

const counted = (points: number, countsFrom: string, outcome: string | null = null) => ({
  points,
  countsFrom,
  outcome,
});

/** What stops an outcome on a day, by adding up everything that counts on it. */
function slowly(
  entries: readonly ReturnType<typeof counted>[],
  outcome: string | null,
  day: string,
) {
  const sum = entries
    .filter((one) => one.outcome === null || one.outcome === outcome)
    .filter(({ countsFrom }) => countsFrom <= day)
    .reduce((total, { points }) => total + points, 0);
  return penaltyAt(sum);
}

function on(spans: readonly PenaltySpan[], outcome: string | null, day: string) {
  const own = spans.filter(
    (span) => span.outcome === outcome && span.from <= day && (span.to === null || day <= span.to),
  );
  expect(own.length).toBeLessThan(2);
  return own[0]?.penalty ?? null;
}

describe('R49', () => {
  it('adds 5, 10 and 15 points for the first, second and every further offence', () => {
    expect([0, 1, 2, 3, 9].map((before) => scheme.pointsOf('breach', before))).toEqual([
      5, 10, 15, 15, 15,
    ]);
  });

  it.each([
    [29, null],
    [30, 'may-not-apply'],
    [35, 'may-not-apply'],
    [36, 'suspended'],
    [65, 'suspended'],
    [66, 'withdrawn'],
  ])('%i points lead to %s', (points, penalty) => {
    expect(penaltyAt(points)).toBe(penalty);
  });

  it('counts an offence again only while it is not taken back, and about the same', () => {
    const entry = (over: Partial<Demerit>): Demerit =>
      ({
        id: 'a',
        kind: 'offence',
        offence: 'breach',
        outcome: null,
        reverses: null,
        ...over,
      }) as Demerit;
    const entries = [
      entry({ id: 'a' }),
      entry({ id: 'b' }),
      entry({ id: 'c', outcome: 'X' }),
      entry({ id: 'd', kind: 'appeal-upheld', reverses: 'a' }),
    ];
    expect(timesOf(entries, { offence: 'breach', outcome: null })).toBe(1);
    expect(timesOf(entries, { offence: 'breach', outcome: 'X' })).toBe(1);
    expect(timesOf(entries, { offence: 'other', outcome: null })).toBe(0);
  });
});

describe('the spans of days that entries come to', () => {
  it('begin when a threshold is reached and end on the day before points cease to count', () => {
    const entries = [
      counted(30, '2026-12-01'),
      counted(10, '2027-01-01'),
      counted(-10, '2027-03-01'),
    ];
    expect(standingsOf(entries, penaltyAt)).toEqual([
      { outcome: null, penalty: 'may-not-apply', points: 30, from: '2026-12-01', to: '2026-12-31' },
      { outcome: null, penalty: 'suspended', points: 40, from: '2027-01-01', to: '2027-02-28' },
      { outcome: null, penalty: 'may-not-apply', points: 30, from: '2027-03-01', to: null },
    ]);
  });

  it('say of every day and outcome what adding up says, whatever the order', () => {
    const outcome = fc.constantFrom(null, 'A', 'B');
    const day = fc.integer({ min: 0, max: 40 }).map((days) => addDays('2026-12-20', days));
    const entry = fc.record({
      outcome,
      countsFrom: day,
      points: fc.integer({ min: -40, max: 40 }).filter((points) => points !== 0),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), day, (entries, when) => {
        const spans = standingsOf(entries, penaltyAt);
        const subjects = new Set(entries.map((one) => one.outcome));
        for (const subject of subjects) {
          expect(on(spans, subject, when)).toBe(slowly(entries, subject, when));
        }
        expect(standingsOf([...entries].reverse(), penaltyAt)).toEqual(spans);
      }),
    );
  });
});

describe('a scheme', () => {
  it('whose thresholds nobody knows the meaning of stops the start', () => {
    const text = [
      'format: credit-bank-scheme/1',
      'kind: points-and-thresholds',
      'id: other/points',
      'version: 1',
      'title: { zh: 分, en: Points }',
      'basis: [{ text: made up }]',
      'counts: { zh: 科目, en: a subject }',
      'offences: [{ id: a, title: { zh: 甲, en: a }, adds: [1] }]',
      'thresholds: [{ id: flogged, title: { zh: 罚, en: flogged }, atLeast: 3 }]',
      'examples: [{ name: none, given: { points: 0 }, expect: { standing: none } }]',
    ].join('\n');
    expect(() => new DemeritScheme(text)).toThrow(/flogged/);
    expect(
      () =>
        new DemeritScheme(
          text.replace(
            'atLeast: 3',
            'atLeast: 3 }, { id: suspended, title: { zh: x, en: x }, atLeast: 2',
          ),
        ),
    ).toThrow(/rulebook-invalid/);
  });
});
