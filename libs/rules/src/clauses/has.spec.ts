import { decide, learner, lot, rule, sample } from '../../test/sample.js';
import type { ExampleOutcomeDocument } from '../document/document-examples.js';
import type { ReasonNode } from '../types.js';
import type { HasDocument } from './has.js';

const reason = (
  asked: HasDocument,
  outcomes: readonly ExampleOutcomeDocument[],
): ReasonNode | undefined =>
  decide(
    sample({
      rules: [rule('r', { any: [asked, { learner: { ageAtLeast: 99 } }] }, [{ course: 'B2' }])],
    }),
    learner(outcomes, { born: '2000-01-01' }),
  ).reasons[0]?.children[0];

test.each<[HasDocument['has'], string]>([
  ['X', 'X'],
  [['Y', 'X'], 'X | Y'],
  [{ source: ['training', 'course'] }, 'training course'],
  [{ source: 'course', kind: 'k', category: 'c' }, 'course k c'],
  [{ prefix: 'P-' }, 'P-*'],
  [{ source: 'course', prefix: 'P-' }, 'course P-*'],
  [{ except: ['X'] }, ''],
])('the outcomes of %j in short', (has, wanted) => {
  expect(reason({ has }, [])).toMatchObject({
    operator: 'has',
    wanted,
    read: null,
    lot: null,
    verdict: 'false',
    children: [],
  });
});

describe('which outcomes a clause speaks of', () => {
  const of: ExampleOutcomeDocument = {
    lot: 'l',
    outcome: 'P-1',
    source: 'training',
    kind: 'k',
    category: 'c',
    credits: '2',
  };

  test.each<[HasDocument['has'], boolean]>([
    ['P-1', true],
    ['P-2', false],
    [['P-2', 'P-1'], true],
    [{ source: 'training' }, true],
    [{ source: 'course' }, false],
    [{ kind: 'k' }, true],
    [{ kind: ['j'] }, false],
    [{ category: 'c' }, true],
    [{ category: 'd' }, false],
    [{ prefix: 'P-' }, true],
    [{ prefix: 'P-2' }, false],
    [{ source: 'training', kind: 'k', category: 'c', prefix: 'P' }, true],
    [{ source: 'training', kind: 'j' }, false],
    [{ source: 'course', kind: 'k' }, false],
    [{ kind: 'k', category: 'd' }, false],
    [{ category: 'c', prefix: 'Q' }, false],
    [{ source: 'training', prefix: 'Q' }, false],
    [{ source: 'training', except: ['P-1'] }, false],
    [{ source: 'training', except: ['P-2'] }, true],
    [{ except: ['P-1'] }, false],
    [{ except: ['P-2'] }, true],
  ])('%j: %s', (has, isSelected) => {
    expect(reason({ has }, [of])?.verdict).toBe(isSelected ? 'true' : 'false');
  });
});

test('a lot that may not be used says so before the tests', () => {
  const grade = { scale: 'percent', atLeast: '60' };
  const revoked = lot('X', { state: 'revoked', grade: '70', gradeScale: 'percent' });
  expect(reason({ has: 'X', grade }, [revoked])).toMatchObject({
    lot: 'x',
    verdict: 'false',
    children: [
      { operator: 'usable', wanted: 'usable', read: 'lot-revoked', lot: 'x', verdict: 'false' },
      { operator: 'grade', verdict: 'true' },
    ],
  });
  const held = lot('X', { state: 'held', available: '0' });
  expect(reason({ has: 'X' }, [held])?.children).toMatchObject([{ read: 'lot-held' }]);
  expect(reason({ has: 'X', evidenceOnly: true }, [held])).toMatchObject({
    verdict: 'true',
    children: [],
  });
});

test('of several lots the nearest is told: one that passes, then one that waits, then fewest failures', () => {
  const asked: HasDocument = {
    has: { prefix: 'P' },
    grade: { scale: 'percent', atLeast: '60' },
    hours: { atLeast: '10' },
  };
  const of = (code: string, grade: string | null, hours: string | null): ExampleOutcomeDocument =>
    lot(code, {
      ...(grade !== null && { grade, gradeScale: 'percent' }),
      ...(hours !== null && { hours }),
    });
  const [both, one, waits, good] = [
    of('P1', '50', '5'),
    of('P2', '50', '15'),
    of('P3', null, '15'),
    of('P4', '60', '10'),
  ];
  expect(reason(asked, [both, one, waits, good])).toMatchObject({ lot: 'p4', verdict: 'true' });
  expect(reason(asked, [both, one, waits])).toMatchObject({ lot: 'p3', verdict: 'not-evaluated' });
  expect(reason(asked, [both, one])).toMatchObject({ lot: 'p2', verdict: 'false' });
  expect(reason(asked, [one, of('P0', '50', '5')])).toMatchObject({ lot: 'p2', verdict: 'false' });
  expect(reason(asked, [both])).toMatchObject({ lot: 'p1', verdict: 'false' });
});
