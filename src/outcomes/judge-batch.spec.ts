import * as fc from 'fast-check';
import { type Millicredits, type PartialDate, millicredits } from '#libs/credit';
import type { CompletionDraft } from '#libs/exchange';
import type { CatalogueMatcher, OutcomeDefinition } from '../catalogue/index.js';
import { contentHash, contentOf, hashOf } from './completion.js';
import { BatchJudge } from './judge-batch.js';

/** As much of a definition as hashing and judging read. */
const definition = {
  id: '00000000-0000-7000-8000-000000000001',
  code: 'LOG-"BASE"',
  credits: millicredits(4000),
  gradeScale: 'percent',
  passGrade: '60',
  levelScale: null,
  level: null,
  minAttendancePercent: null,
  shelfLifeMonths: null,
} as unknown as OutcomeDefinition;

/** As much of a matcher as judging asks: everything is known and allowed. */
const matcher = {
  byCode: () => ({ ok: true, definition }),
  mayPost: () => null,
  mayAward: () => null,
} as unknown as CatalogueMatcher;

const draftArb: fc.Arbitrary<CompletionDraft> = fc.record({
  externalId: fc.string(),
  person: fc.constant({ learnerId: 'somebody' }),
  outcome: fc.constant({ code: definition.code }),
  startedOn: fc.constantFrom(null, '2026-05-01'),
  completedOn: fc.constantFrom('2026' as PartialDate, '2026-06-30' as PartialDate),
  grade: fc.constantFrom(null, '59', '85.0'),
  level: fc.constantFrom(null, '初级'),
  minutes: fc.constantFrom(null, 90n),
  credits: fc.constantFrom(null, 1500n as Millicredits),
  attendancePercent: fc.constantFrom(null, '92.5'),
  exemptions: fc.constant([]),
  note: fc.option(fc.constantFrom('a "b"', '学\n', '')),
});

it('hashes what a draft says, also where it was judged together with others', () => {
  fc.assert(
    fc.property(fc.array(draftArb, { maxLength: 30 }), (drafts) => {
      const judge = new BatchJudge(matcher, 'school', '2026-12-31');
      for (const draft of drafts) {
        const judged = judge.judge(draft);
        if (!judged.ok) throw new Error(judged.problem.code);
        const content = contentOf(judged.completion, definition.id);
        expect(hashOf(judged.completion, definition.id)).toEqual(contentHash(content));
      }
    }),
  );
});
