import { isOverdue, nearDay, promisedIn } from './deadlines.js';

const calendar = { daysOff: new Set<string>(), workingDays: new Set<string>() };
const PROMISES = { reviewWorkingDays: 20, appealDays: 30, calendar };
const MOVING = {
  today: '2026-11-26',
  dueOn: null,
  reviewedSince: null,
  hasAppealed: false,
} as const;

describe('promised days', () => {
  it.each([
    ['draft', 'submitted', {}, '2026-11-27'],
    ['submitted', 'evaluating', { dueOn: '2026-11-25' }, '2026-11-25'],
    ['in-review', 'evaluating', { dueOn: '2026-12-24' }, '2026-11-27'],
    ['evaluating', 'in-review', {}, '2026-12-24'],
    ['evaluating', 'in-review', { reviewedSince: '2026-11-19' }, '2026-12-17'],
    ['rejected', 'appealed', { reviewedSince: '2026-10-01' }, '2026-12-24'],
    ['in-review', 'booked', { dueOn: '2026-12-24' }, null],
    ['submitted', 'withdrawn', { dueOn: '2026-12-24' }, null],
  ] as const)('from %s to %s with %j: %s', (from, to, known, dueOn) => {
    expect(promisedIn({ ...MOVING, ...known, from, to }, PROMISES)).toEqual({
      dueOn,
      appealUntil: null,
    });
  });

  it('give the learner days for one appeal, counted from the rejection', () => {
    const first = { ...MOVING, from: 'in-review', to: 'rejected' } as const;
    expect(promisedIn(first, PROMISES)).toEqual({ dueOn: null, appealUntil: '2026-12-26' });
    const second = { ...MOVING, from: 'appealed', to: 'rejected', hasAppealed: true } as const;
    expect(promisedIn(second, PROMISES)).toEqual({ dueOn: null, appealUntil: null });
  });

  it.each([
    [null, false],
    ['2026-11-25', true],
    ['2026-11-26', false],
  ])('of %s today is past the promise: %s', (dueOn, expected) => {
    expect(isOverdue(dueOn, '2026-11-26')).toBe(expected);
  });

  it('are near three days before', () => {
    expect(nearDay('2026-11-29')).toBe('2026-12-02');
  });
});
