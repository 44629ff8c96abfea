import type { Round, Verdict, Vote } from './application.js';

/** Who has to look at what is not in the catalogue, and at every appeal: at least so many (R57). */
export const SMALLEST_PANEL = 3;

/** How a rule document says who reviews; see `target.review` of a rulebook. */
export type ReviewRule =
  'required' | 'none' | { readonly panel: number; readonly catalogued?: number };

/**
 * How many people decide, each with one vote (R57). What the catalogue knows needs one, or as many as
 * the document says; an outcome whose worth it does not state needs a panel of at least three.
 *
 * @param isCatalogued whether the catalogue states the worth of every outcome the decision rests on
 */
export function panelSize(review: Exclude<ReviewRule, 'none'>, isCatalogued: boolean): number {
  if (review === 'required') return isCatalogued ? 1 : SMALLEST_PANEL;
  if (isCatalogued) return review.catalogued ?? review.panel;
  return Math.max(review.panel, SMALLEST_PANEL);
}

/** An appeal is heard by a panel that is no smaller than the first. */
export function appealPanelSize(first: number): number {
  return Math.max(first, SMALLEST_PANEL);
}

/**
 * What the votes of one panel come to; null while it is open. More than half of the panel decides.
 * When everybody has voted and no verdict has that, nothing is approved: it is returned unless more
 * reject it, and an appeal, which cannot be returned, is rejected.
 */
export function outcomeOf(
  votes: readonly Pick<Vote, 'verdict'>[],
  size: number,
  round: Round,
): Verdict | null {
  const count = (verdict: Verdict): number =>
    votes.filter((vote) => vote.verdict === verdict).length;
  const verdicts: readonly Verdict[] = ['approve', 'reject', 'return'];
  const decided = verdicts.find((verdict) => count(verdict) * 2 > size);
  if (decided) return decided;
  if (votes.length < size) return null;
  return round === 2 || count('reject') > count('return') ? 'reject' : 'return';
}
