import { formatCredits } from '#libs/credit';
import { canonicalJson } from '#libs/rules';
import { sha256 } from '../platform/crypto/index.js';
import type { RevocationEffects } from './revocation.js';

/** How much taking outcomes of one learner back changes, in numbers. */
export interface RevocationExtent {
  /** Credit that is taken back and credit that comes back, in thousandths. */
  readonly millicredits: bigint;
  readonly learners: number;
  readonly outcomes: number;
  /** Booked conversions that are reversed. */
  readonly conversions: number;
  readonly awards: number;
}

export function extentOf({
  outcomes,
  vanishes,
  returns,
  resting,
}: RevocationEffects): RevocationExtent {
  const reversed = resting.conversions.filter(({ fate }) => fate === 'reversed');
  const { available, held, used, expired } = vanishes;
  const back = returns.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    millicredits: available + held + used + expired + back,
    learners: 1,
    outcomes: outcomes.length,
    conversions: reversed.length,
    awards: reversed.filter(({ isAward }) => isAward).length,
  };
}

/** An extent as a proposal shows it. */
export function summaryOf(extent: RevocationExtent): Record<string, string | number> {
  const { millicredits, ...counts } = extent;
  return { ...counts, credits: formatCredits(millicredits) };
}

/**
 * SHA-256 of all that a revocation changes: the credit, wherever it stands, and the conversions.
 * Shares and who opened them are not in it: they are not changed, and a learner who makes one more
 * must not be able to hold a revocation up.
 */
export function digestOf({ outcomes, vanishes, returns, resting }: RevocationEffects): Buffer {
  const { available, held, used, expired } = vanishes;
  return sha256(
    canonicalJson({
      outcomes: outcomes.map(({ outcome }) => outcome.lotId).toSorted(),
      vanishes: [available, held, used, expired].map(String),
      returns: returns
        .map(({ held: { outcome }, amount, isOverdue }) => [
          outcome.lotId,
          String(amount),
          isOverdue,
        ])
        .toSorted(byFirst),
      conversions: resting.conversions
        .map(({ applicationId, fate, because, grants, returns: lots }) => [
          applicationId,
          fate,
          because,
          grants.map(({ rule, effect, course, credits }) => [rule, effect, course, credits]),
          lots.map(({ lotId, amount }) => [lotId, String(amount)]).toSorted(byFirst),
        ])
        .toSorted(byFirst),
    }),
  );
}

function byFirst([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}
