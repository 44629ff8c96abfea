import { type LotTest, lotTest } from './clauses/lot-test.js';
import type { CompiledCap, CompiledRule } from './compile/compiled.js';
import { readCredits } from './credits.js';
import type { AgreementFact, LearnerFacts } from './types.js';

type Signed = Pick<LearnerFacts, 'agreements'>;

/** What was signed of the agreement on which a rule rests; undefined when nothing is on record. */
export function signedOf(
  { agreement }: Pick<CompiledRule, 'agreement'>,
  { agreements }: Signed,
): AgreementFact | undefined {
  return agreement && agreements?.find((fact) => fact.agreement === agreement.id);
}

/** A rule that takes no lot which its agreement is not about; the rule itself when it may take all. */
export function withinAgreement(rule: CompiledRule, facts: Signed): CompiledRule {
  const { outside = [] } = signedOf(rule, facts) ?? {};
  if (outside.length === 0) return rule;
  return { ...rule, windows: [...rule.windows, notAmong(new Set(outside))] };
}

/**
 * What a cap leaves in all, in its unit: its own limit, or less when it is an agreement whose side
 * signed for less of one learner, or has less left for all of them.
 *
 * @param before what the learner has of it already
 */
export function limitOf(
  { cap, limit, path }: CompiledCap,
  before: bigint,
  { agreements }: Signed,
): bigint {
  const isAgreement = path.startsWith('/agreements/');
  const fact = isAgreement ? agreements?.find(({ agreement }) => agreement === cap.id) : undefined;
  if (!fact) return limit;
  const signed = [readCredits(fact.accepts)];
  if (fact.left !== null) signed.push(before + readCredits(fact.left));
  return signed.reduce((least, one) => (one < least ? one : least), limit);
}

function notAmong(outside: ReadonlySet<string>): LotTest {
  return lotTest(
    {
      field: 'issuer',
      wanted: 'agreement',
      canChange: false,
      verdict: ({ id }) => (outside.has(id) ? 'false' : 'true'),
      read: ({ fact }) => fact.issuer,
      // An outcome that is yet to come is not on record as being outside.
      examples: () => [{}],
    },
    'issuer',
  );
}
