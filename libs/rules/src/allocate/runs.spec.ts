import { alone, candidate, choice, shared } from '../../test/choices.js';
import type { AllocationChoice } from './allocation.js';
import { fromPool, runsOf } from './runs.js';

type Choices = readonly Partial<AllocationChoice>[];

const runs = (choices: Choices): string =>
  runsOf(candidate(choices))
    .map(({ first, last }) => `${first}-${last}`)
    .join(' ');

const counts = (cap: number, amount: number): AllocationChoice['counts'] => [{ cap, amount }];

test.each<[string, Choices, string]>([
  ['no choice has no run', [], ''],
  ['one choice is a run', [{ credits: 5 }], '0-0'],
  ['two alike are one run, whatever the step', [{ credits: 9 }, { credits: 2 }], '0-1'],
  ['equal steps go on', [{ credits: 9 }, { credits: 7 }, { credits: 5 }, { credits: 3 }], '0-3'],
  ['another step begins anew', [{ credits: 9 }, { credits: 7 }, { credits: 4 }], '0-1 2-2'],
  [
    'and goes on from there',
    [{ credits: 9 }, { credits: 7 }, { credits: 4 }, { credits: 1 }, { credits: 0 }],
    '0-1 2-3 4-4',
  ],
  ['another result without credit', [{ credits: 2, benefits: 1 }, { credits: 1 }], '0-0 1-1'],
  [
    'another course',
    [
      { credits: 2, courses: [1] },
      { credits: 1, courses: [2] },
    ],
    '0-0 1-1',
  ],
  ['no course any more', [{ credits: 2, courses: [1] }, { credits: 1 }], '0-0 1-1'],
  ['a course more', [{ credits: 2 }, { credits: 1, courses: [1] }], '0-0 1-1'],
  [
    'one of two courses is another',
    [
      { credits: 2, courses: [1, 2] },
      { credits: 1, courses: [1, 3] },
    ],
    '0-0 1-1',
  ],
  [
    'the same courses',
    [
      { credits: 2, courses: [1, 2] },
      { credits: 1, courses: [1, 2] },
    ],
    '0-1',
  ],
  [
    'another lot',
    [
      { credits: 2, uses: [alone(0, 2)] },
      { credits: 1, uses: [alone(1, 1)] },
    ],
    '0-0 1-1',
  ],
  [
    'a lot that is shared now',
    [
      { credits: 2, uses: [alone(0, 2)] },
      { credits: 1, uses: [shared(0, 1)] },
    ],
    '0-0 1-1',
  ],
  [
    'another cap',
    [
      { credits: 2, counts: counts(0, 2) },
      { credits: 1, counts: counts(1, 1) },
    ],
    '0-0 1-1',
  ],
  [
    'the lot gives in other steps',
    [3, 2, 0].map((amount, at) => ({ credits: 9 - at, uses: [shared(0, amount)] })),
    '0-1 2-2',
  ],
  [
    'the cap counts in other steps',
    [3, 2, 0].map((amount, at) => ({ credits: 9 - at, counts: counts(0, amount) })),
    '0-1 2-2',
  ],
  [
    'the needed weight falls in other steps',
    [3, 2, 0].map((neededWeight, at) => ({ credits: 9 - at, neededWeight })),
    '0-1 2-2',
  ],
  [
    'a pool gives nothing from some choice on',
    [4, 3, 2].map((credits) => ({ credits, uses: [shared(0, 3)] })),
    '0-1 2-2',
  ],
  [
    'everything falls in equal steps of its own',
    [6, 4, 2].map((credits) => ({
      credits,
      uses: [shared(0, credits / 2)],
      counts: counts(0, credits * 3),
      neededWeight: credits + 1,
    })),
    '0-2',
  ],
])('runs of choices: %s', (_, choices, expected) => {
  expect(runs(choices)).toBe(expected);
});

test('a pool gives what the lots of the choice itself do not', () => {
  expect(fromPool(choice({ credits: 5 }))).toBe(5);
  expect(fromPool(choice({ credits: 5, uses: [alone(0, 1), shared(1, 2)] }))).toBe(2);
  expect(fromPool(choice({ credits: 5, uses: [alone(0, 6)] }))).toBe(0);
});
