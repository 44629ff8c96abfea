import * as fc from 'fast-check';
import type { Millicredits, PartialDate } from '#libs/credit';
import { pack, unpack } from './packed.js';
import type { PreparedOutcome } from './prepare.js';

/** Few values and many: columns travel in one way or the other. */
const text = fc.oneof(fc.constantFrom('a', 'b'), fc.string());
const amount = fc.option(fc.bigInt({ min: 0n, max: 2n ** 50n }));

const outcome: fc.Arbitrary<PreparedOutcome> = fc.record({
  rows: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  columns: fc.constantFrom({ grade: '成绩' }, {}),
  isAddition: fc.boolean(),
  draft: fc.record({
    externalId: text,
    lotId: text,
    person: fc.record({
      name: fc.option(text),
      document: fc.record({ kind: fc.constantFrom('resident-id', 'passport'), number: text }),
      index: text,
    }),
    outcome: fc.oneof(
      fc.record({ code: text }),
      fc.record({ title: text, institutionName: fc.option(text), level: fc.option(text) }),
    ),
    startedOn: fc.option(text),
    circumstances: fc.option(text),
    completedOn: text.map((day) => day as PartialDate),
    grade: fc.option(text),
    level: fc.option(text),
    minutes: amount,
    credits: amount.map((credits) => credits as Millicredits | null),
    attendancePercent: fc.option(text),
    exemptions: fc.array(
      fc.record({
        courseCode: fc.option(text),
        courseTitle: fc.option(text),
        credits: amount.map((credits) => credits as Millicredits | null),
        decidedOn: fc.constant(null),
      }),
      { maxLength: 1 },
    ),
    note: fc.option(text),
  }),
});

it('comes out of the other thread as it went in', () => {
  const batch = fc.record({
    outcomes: fc.array(outcome, { maxLength: 400, size: 'max' }),
    faults: fc.constant([]),
    rowsRead: fc.nat(),
    step: fc.nat(),
  });
  fc.assert(
    fc.property(batch, (sent) => {
      expect(unpack(structuredClone(pack(sent)))).toEqual(sent);
    }),
    { numRuns: 50 },
  );
});
