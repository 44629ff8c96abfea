import { promiseOf } from './learner-query.js';

describe('a promise', () => {
  const at = (today: string, left: number) =>
    promiseOf({ state: 'asked', dueOn: '2026-12-07' }, { today, left });

  it('is near from two working days on, and broken the day after', () => {
    expect(at('2026-12-01', 4)).toBe('on-time');
    expect(at('2026-12-02', 3)).toBe('on-time');
    expect(at('2026-12-03', 2)).toBe('due-soon');
    expect(at('2026-12-07', 0)).toBe('due-soon');
    expect(at('2026-12-08', -1)).toBe('overdue');
    // A Saturday after it: no working day has passed, and the day has.
    expect(at('2026-12-12', 0)).toBe('overdue');
  });

  it('is over with the answer', () => {
    const late = { today: '2027-01-01', left: -20 };
    expect(promiseOf({ state: 'answered', dueOn: '2026-12-07' }, late)).toBe('answered');
    expect(promiseOf({ state: 'closed', dueOn: '2026-12-07' }, late)).toBe('closed');
  });
});
