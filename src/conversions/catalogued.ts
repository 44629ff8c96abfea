import type { Decision } from '#libs/rules';
import type { HeldOutcome } from '../outcomes/index.js';

/**
 * Whether the catalogue states what every outcome is worth, in credits or hours, on which something
 * in the decision rests or waits. Where it does not, people judge the worth and not only the case.
 */
export function isCatalogued(decision: Decision, outcomes: readonly HeldOutcome[]): boolean {
  const parts = [...decision.granted, ...decision.pending];
  const lots = new Set(parts.flatMap((part) => part.lots));
  return outcomes
    .filter(({ outcome }) => lots.has(outcome.lotId))
    .every(({ definition: { credits, minutes } }) => credits !== null || minutes !== null);
}
