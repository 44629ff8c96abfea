import fc from 'fast-check';
import { Postings } from './postings.js';

const OUTCOMES = 12;

test('names everybody who has one of the outcomes, once, and nobody else', () => {
  const population = fc.array(fc.array(fc.nat(OUTCOMES - 1), { maxLength: 6 }), { maxLength: 30 });
  const questions = fc.array(fc.array(fc.nat(OUTCOMES + 3), { maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(population, questions, (learners, asked) => {
      const starts = new Uint32Array(learners.length + 1);
      learners.forEach((own, index) => (starts[index + 1] = (starts[index] ?? 0) + own.length));
      const postings = new Postings(
        { starts, outcomes: Uint16Array.from(learners.flat()) },
        OUTCOMES,
      );
      for (const outcomes of asked) {
        const expected = learners.flatMap((own, learner) =>
          own.some((outcome) => outcomes.includes(outcome)) ? [learner] : [],
        );
        expect(postings.learnersWith(outcomes).sort((a, b) => a - b)).toEqual(expected);
      }
    }),
  );
});
