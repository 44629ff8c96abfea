import { type PartialDate, lastDay } from '#libs/credit';
import type { OutcomeDefinition } from '../catalogue/index.js';
import type { HeldOutcome } from './outcomes.js';

/** An outcome as far as it can be the part of an enterprise in an apprenticeship. */
interface Stated {
  readonly definition: Pick<OutcomeDefinition, 'code' | 'counterpart'>;
  readonly outcome: { readonly startedOn: string | null; readonly completedOn: string };
}

/** Whether an outcome is the enterprise's part of an apprenticeship: the same thing on days in common. */
export function isPartOf(part: Stated, whole: Stated): boolean {
  if (part.definition.code !== whole.definition.counterpart) return false;
  const [from, to] = spanOf(part);
  const [wholeFrom, wholeTo] = spanOf(whole);
  return from <= wholeTo && wholeFrom <= to;
}

/**
 * The outcomes that are to be taken back, and the apprenticeships of the same learner that stand on
 * them and on nothing else: both sides state one, so it falls with either.
 */
export function withWhatNeeds(all: readonly HeldOutcome[], lotIds: readonly string[]): string[] {
  const taken = new Set(lotIds);
  const standing = all.filter(
    ({ outcome, state }) => state !== 'revoked' && !taken.has(outcome.lotId),
  );
  const left = standing.filter(
    (whole) =>
      (whole.definition.counterpart ?? null) !== null &&
      !standing.some((part) => isPartOf(part, whole)),
  );
  return [...lotIds, ...left.map(({ outcome }) => outcome.lotId)];
}

function spanOf({ outcome: { startedOn, completedOn } }: Stated): [string, string] {
  const last = lastDay(completedOn as PartialDate);
  return [startedOn ?? last, last];
}
