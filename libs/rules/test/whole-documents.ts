import fc from 'fast-check';
import {
  type CompiledRulebook,
  compileRulebook,
  type LearnerFacts,
  type RuleDocument,
  type RulebookDocument,
} from '../src/index.js';
import { documents, facts } from './generators.js';
import { rule } from './sample.js';

const title = { zh: '题', en: 't' };

/** Rules of the kinds that generated conditions leave out. */
const RULES: readonly RuleDocument[] = [
  rule('dense', { has: ['A', 'B'], hoursPerCredit: { atLeast: '8', atMost: '16' } }, [
    { course: 'C3' },
  ]),
  rule(
    'dense-and-long',
    {
      all: [
        { has: { prefix: 'K' }, hoursPerCredit: { atLeast: '10' }, credits: { atLeast: '3' } },
        { has: 'A', hours: { atLeast: '16' }, hoursPerCredit: { atMost: '4' } },
      ],
    },
    [{ elective: 'pool' }],
  ),
  rule('after', { all: [{ has: 'B' }, { learner: { recognised: 'B2' } }] }, [{ course: 'C4' }]),
  rule(
    'of-partners',
    { any: [{ has: 'A' }, { has: 'T', issuer: ['i1', 'i3'] }] },
    [{ elective: 'pool' }],
    { under: 'partners' },
  ),
  rule(
    'sum-of-partners',
    {
      sum: { what: 'hours', atLeast: '20' },
      of: { has: { source: ['training', 'course'] }, attendance: { atLeast: '80' } },
    },
    [{ elective: 'pool', credits: { ratio: 'sum' } }],
    { under: 'partners', shortfall: 'allow' },
  ),
  rule(
    'proof-twice',
    {
      all: [
        { has: 'A', evidenceOnly: true, grade: { scale: 'percent', below: '90' } },
        { has: ['A', 'B'], grade: { scale: 'percent', atLeast: '60' } },
        {
          sum: { what: 'credits', atLeast: '5' },
          of: { has: { prefix: 'K' }, grade: { passed: true } },
        },
      ],
    },
    [{ elective: 'pool' }],
  ),
];

const EXTRAS: Partial<RulebookDocument> = {
  calendar: {
    yearStarts: '09-01',
    semesters: [
      { id: 'autumn', starts: '09-01' },
      { id: 'spring', starts: '02-01' },
    ],
    cutOffs: [{ graduation: '06', lastDay: '05-31' }],
  },
  agreements: [
    {
      id: 'partners',
      title,
      inForce: { from: '2025-01-01', to: null, by: 'completion' },
      parties: [
        { institution: 'school', accepts: '20' },
        { institution: 'i1', accepts: '20' },
        { institution: 'i2', accepts: '20' },
      ],
    },
  ],
  duplicates: [{ id: 'names', of: { source: 'course' }, names: {}, keep: 'highest-credits' }],
  prerequisites: [
    { id: 'first', title, outcome: 'K2', needs: { has: 'B', grade: { passed: true } } },
    { id: 'before', title, course: 'C4', needs: { recognised: 'C3' } },
  ],
};

/** Documents that say everything that can be said, and learners who are about to graduate. */
export const wholeDocuments: fc.Arbitrary<{
  document: RulebookDocument;
  rulebook: CompiledRulebook;
}> = fc
  .record({
    base: documents,
    more: fc.subarray([...RULES], { minLength: 1 }),
    extras: fc.subarray(['duplicates', 'prerequisites', 'calendar'] as const),
  })
  .map(({ base: { document }, more, extras }) => {
    const { agreements } = EXTRAS;
    const chosen = Object.fromEntries(extras.map((member) => [member, EXTRAS[member]]));
    const rules = [...(document.rules ?? []), ...more];
    return { ...document, ...chosen, agreements, rules };
  })
  .map((document) => ({ document, compiled: compileRulebook(document) }))
  .filter(({ compiled }) => compiled.ok)
  .map(({ document, compiled }) => {
    if (!compiled.ok) throw new Error('filtered above');
    return { document, rulebook: compiled.value };
  });

export const graduates: fc.Arbitrary<LearnerFacts> = fc
  .record({ about: facts, month: fc.constantFrom(null, '2026-06', '2026-12') })
  .map(({ about, month }) => (month === null ? about : { ...about, graduates: month }));
