import { type ApplicationState, STATES } from './application-states.js';
import { type OnItsWay, progressOf } from './progress.js';

const TASK = { before: 3, attempts: 0, hasGivenUp: false };

function way(state: ApplicationState, over: Partial<OnItsWay> = {}): OnItsWay {
  const application = { state, panelSize: 1, dueOn: '2026-12-24', appealUntil: null };
  return { application, task: null, votes: 0, isOverdue: false, ...over };
}

describe('what a waiting learner is told', () => {
  it.each(STATES)('is something in both languages in the state %s', (state) => {
    const { now, next } = progressOf(way(state));
    for (const text of [now, next]) {
      expect(text.en).toMatch(/\.$/);
      expect(text.zh).toMatch(/。$/);
    }
  });

  it.each([
    ['submitted', TASK, 'queued', 3],
    ['submitted', null, 'evaluating', null],
    ['evaluating', TASK, 'evaluating', 3],
    ['evaluating', { ...TASK, attempts: 1 }, 'trying-again', 3],
    ['evaluating', { ...TASK, attempts: 5, hasGivenUp: true }, 'stopped', null],
    ['appealed', TASK, 'evaluating', 3],
    ['appealed', null, 'people', null],
    ['in-review', null, 'people', null],
    ['booked', null, 'done', null],
  ] as const)('%s with %j is %s, %s before it', (state, task, step, before) => {
    expect(progressOf(way(state, { task }))).toMatchObject({ step, before });
  });

  it('names the place, the votes, the promised day and whether it has passed', () => {
    expect(progressOf(way('submitted', { task: TASK })).now.en).toContain('3 before it');
    expect(progressOf(way('submitted', { task: { ...TASK, before: 1000 } })).now.en).toContain(
      '1000 or more',
    );
    const application = { ...way('in-review').application, panelSize: 3 };
    const open = progressOf(way('in-review', { application, votes: 2 }));
    expect(open.now.en).toContain('2 of 3');
    expect(open.next.en).toContain('2026-12-24');
    const late = progressOf(way('in-review', { application, isOverdue: true }));
    expect(late.next.en).toContain('has passed');
  });

  it('names the last day of an appeal', () => {
    const application = { ...way('rejected').application, appealUntil: '2026-12-26' };
    expect(progressOf(way('rejected', { application })).next.zh).toContain('2026-12-26');
    expect(progressOf(way('rejected')).next.en).toBe('Nothing more happens.');
  });
});
