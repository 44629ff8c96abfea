import fc from 'fast-check';
import { type QueryAction, isAllowed, stateAfter } from './life.js';

const ACTIONS: QueryAction[] = ['ask', 'answer', 'ask-again', 'close', 'remind'];

describe('the states of a query', () => {
  it('go from the question to its end, and no further', () => {
    expect(stateAfter(['ask'])).toBe('asked');
    expect(stateAfter(['ask', 'remind'])).toBe('asked');
    expect(stateAfter(['ask', 'answer'])).toBe('answered');
    expect(stateAfter(['ask', 'answer', 'ask-again'])).toBe('asked');
    expect(stateAfter(['ask', 'answer', 'close'])).toBe('closed');
    for (const action of ACTIONS) expect(isAllowed('closed', action)).toBe(false);
    expect(isAllowed('asked', 'ask-again')).toBe(false);
    expect(isAllowed('answered', 'answer')).toBe(false);
    expect(isAllowed('answered', 'remind')).toBe(false);
  });

  it('never allow a second answer to one question, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIONS)), (tried) => {
        const done: QueryAction[] = ['ask'];
        for (const action of tried) {
          if (isAllowed(stateAfter(done), action)) done.push(action);
        }
        const steps = done.filter((action) => action !== 'remind');
        const doubled = steps.findIndex((step, i) => step === steps[i - 1]);
        expect(doubled).toBe(-1);
        expect(steps.slice(0, -1)).not.toContain('close');
      }),
    );
  });
});
