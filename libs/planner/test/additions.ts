import fc from 'fast-check';
import type { Addition } from '../src/index.js';

/** An offer of the catalogue of which a test says only what it is about. */
export function addition(of: Partial<Addition> & Pick<Addition, 'outcome'>): Addition {
  return {
    title: of.outcome,
    source: 'course',
    kind: 'unstated',
    category: 'unstated',
    issuer: 'unstated',
    credits: null,
    hours: null,
    months: 1,
    grade: null,
    ...of,
  };
}

/** Catalogues of a few outcomes, of the codes that the generated rules speak of. */
export const additions: fc.Arbitrary<Addition[]> = fc.array(
  fc
    .record({
      outcome: fc.constantFrom('A', 'B', 'K1', 'K2', 'T', 'M'),
      source: fc.constantFrom('course', 'certificate', 'training', 'online-course'),
      issuer: fc.constantFrom('i1', 'i2', 'i3'),
      credits: fc.constantFrom('1', '2.5', '3', '4', '6', null),
      hours: fc.constantFrom('16', '33.5', '64', null),
      months: fc.integer({ min: 0, max: 4 }),
      grade: fc.constantFrom('59', '60', '95'),
      level: fc.constantFrom('low', 'high'),
    })
    .map((of) => addition({ gradeScale: 'percent', passGrade: '60', levelScale: 'level', ...of })),
  { maxLength: 6 },
);
