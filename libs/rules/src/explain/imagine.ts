import type { Example, LotTest, Reading } from '../clauses/lot-test.js';
import { type LotPolicy, readLots } from '../learner/lots.js';
import type { Finding, OutcomeFact } from '../types.js';

/** An outcome as it could be, and what would be found about it. */
export interface Imagined {
  readonly fact: OutcomeFact;
  readonly findings: readonly Finding[];
}

/**
 * Changes an outcome just so far that it passes all tests; null when nobody can, as with two tests
 * that contradict each other. The tests are taken one after another; what was made true stays true.
 */
export function imagine(
  fact: OutcomeFact,
  tests: readonly LotTest[],
  seen: { readonly reading: Reading; readonly policy: LotPolicy },
): Imagined | null {
  const { reading, policy } = seen;
  const passes = (of: Imagined, asked: readonly LotTest[]): boolean => {
    const [lot] = readLots({ outcomes: [of.fact], granted: [] }, policy, reading.on);
    const heard = withFindings(reading, of.findings);
    return lot !== undefined && asked.every((test) => test.verdict(lot, heard) === 'true');
  };
  let now: Imagined = { fact, findings: [] };
  for (const [index, test] of tests.entries()) {
    if (passes(now, [test])) continue;
    const asked = tests.slice(0, index + 1);
    const next = test
      .examples(now.fact, reading.on)
      .map((example) => withExample(now, test, example))
      .find((each) => passes(each, asked));
    if (!next) return null;
    now = next;
  }
  return now;
}

function withExample({ fact, findings }: Imagined, test: LotTest, example: Example): Imagined {
  const { finding: what, course } = test;
  const { lot } = fact;
  const found =
    what === null || example.finding === undefined
      ? []
      : [{ what, lot, course, value: example.finding }];
  return { fact: { ...fact, ...example.fact }, findings: [...found, ...findings] };
}

/** A reading that also knows of what would be found. */
export function withFindings<R extends Reading>(reading: R, findings: readonly Finding[]): R {
  if (findings.length === 0) return reading;
  const finding: Reading['finding'] = (what, lot, course) =>
    findings.find((each) => each.what === what && each.lot === lot && each.course === course)
      ?.value ?? reading.finding(what, lot, course);
  return { ...reading, finding };
}
