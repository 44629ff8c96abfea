import { alone, candidate } from '../../test/choices.js';
import type { AllocationCandidate } from './allocation.js';
import { componentsOf } from './components.js';

/** Numbers of the candidates of each part, and its caps. */
const parts = (candidates: readonly AllocationCandidate[], rooms: readonly number[] = []): string =>
  componentsOf({ lots: [1, 1, 1, 1], rooms, candidates })
    .map(
      ({ candidates: of, caps }) => `${of.map(({ number }) => number).join('+')}/${caps.join('+')}`,
    )
    .join(' ');

const counting = (cap: number, ...amounts: number[]): AllocationCandidate =>
  candidate(amounts.map((amount) => ({ credits: amount, counts: [{ cap, amount }] })));

test('candidates hang together by a lot, a course or a lot of a pool, also through a third', () => {
  const lot = candidate([{ uses: [alone(0, 1)] }]);
  const course = candidate([{ courses: [0] }]);
  expect(parts([lot, course, lot])).toBe('0+2/ 1/');
  expect(parts([course, lot, course])).toBe('0+2/ 1/');
  const both = candidate([{ uses: [alone(0, 1)] }, { courses: [0] }]);
  expect(parts([lot, course, both])).toBe('0+1+2/');
  const pool = candidate([{}], { members: [{ lot: 1, weight: 1 }], isKept: false });
  expect(parts([candidate([{ uses: [alone(1, 1)] }]), lot, pool])).toBe('0+2/ 1/');
  expect(parts([candidate([{ uses: [alone(2, 1)] }]), candidate([{ courses: [2] }])])).toBe(
    '0/ 1/',
  );
  expect(parts([candidate([{ courses: [1] }]), candidate([{ courses: [2] }])])).toBe('0/ 1/');
});

test('a cap binds when all together could ask for more than its room', () => {
  expect(parts([counting(0, 3), counting(0, 2)], [5])).toBe('0/ 1/');
  expect(parts([counting(0, 3), counting(0, 2)], [4])).toBe('0+1/0');
  // Of several choices one is taken: the largest is what a candidate can ask for.
  expect(parts([counting(0, 3, 2), counting(0, 2, 1)], [5])).toBe('0/ 1/');
});

test('each part knows its own caps only', () => {
  const two = [counting(0, 3), counting(1, 3), counting(0, 3), counting(1, 3)];
  expect(parts(two, [5, 5])).toBe('0+2/0 1+3/1');
  expect(parts([...two, candidate([{ courses: [0] }])], [5, 6])).toBe('0+2/0 1/ 3/ 4/');
});

test('a chain of a thousand candidates is one part', () => {
  const chain = Array.from({ length: 1000 }, (_, at) => candidate([{ courses: [at, at + 1] }]));
  const [part, ...rest] = componentsOf({ lots: [], rooms: [], candidates: chain.reverse() });
  expect(part?.candidates).toHaveLength(1000);
  expect(rest).toEqual([]);
});
