import {
  type CompiledRulebook,
  type Decision,
  type Grant,
  type LearnerFacts,
  type PriorGrant,
  canonicalJson,
  evaluate,
} from '#libs/rules';

/** A decision with what it was made of: its pinned rules and the facts as they were sealed. */
export interface MadeDecision {
  readonly compiled: CompiledRulebook;
  readonly facts: LearnerFacts;
  readonly decision: Decision;
}

/** What is taken away from under later decisions. */
export interface TakenAway {
  readonly lots: ReadonlySet<string>;
  /** Every decision of each reversed application, newest first. */
  readonly decisions: readonly (readonly Decision[])[];
}

/** Whether something in a decision rests on one of the lots, or waits for a judgement of one. */
export function restsOn(decision: Decision, lots: ReadonlySet<string>): boolean {
  return [...decision.granted, ...decision.pending].some((part) =>
    part.lots.some((lot) => lots.has(lot)),
  );
}

/** Whether a decision gave something for a total: a right, or the completion of its programme. */
export function restsOnTotals(decision: Decision): boolean {
  return decision.award === 'met' || decision.granted.some(isForTotal);
}

/**
 * Whether a booked decision would be granted again. Its own grants are replayed as they were, over
 * what is left of the earlier grants that it saw. Rules ask for what a learner has and never for
 * what is absent, so a grant that names none of the lots cannot fall with them, and earlier grants
 * only ever stood in the way of later ones. What does fall is what was given for a total.
 */
export function stillStands(
  { compiled, facts, decision }: MadeDecision,
  taken: TakenAway,
): boolean {
  if (restsOn(decision, taken.lots)) return false;
  const left = withoutTaken(facts.granted, taken);
  if (!restsOnTotals(decision) || left.length === facts.granted.length) return true;
  const own = decision.granted.filter((grant) => !isForTotal(grant));
  const again = evaluate(
    compiled,
    { ...facts, outcomes: [], granted: [...left, ...own] },
    decision.on,
  );
  const opened = new Set(again.granted.map(({ rule }) => rule));
  const rights = decision.granted.filter(isForTotal);
  return (
    rights.every(({ rule }) => opened.has(rule)) &&
    (decision.award !== 'met' || again.award === 'met')
  );
}

/** Such a right names no outcome: only the sum of what was recognised. */
function isForTotal(grant: Grant): boolean {
  return grant.effect === 'right' && grant.lots.length === 0;
}

/** The earlier grants of some facts without those that are reversed or rest on the lots. */
function withoutTaken(granted: readonly PriorGrant[], taken: TakenAway): PriorGrant[] {
  const names = (grant: PriorGrant): boolean => namedBy(grant).some((lot) => taken.lots.has(lot));
  const left = granted
    .filter((grant) => !names(grant))
    .map((grant) => ({ grant, text: canonicalJson(grant) }));
  for (const decisions of taken.decisions) {
    // An application that was under review is in the facts as it was decided then.
    for (const decision of decisions) {
      const own = decision.granted.filter((grant) => !names(grant));
      const places = placesOf(own, left);
      if (own.length === 0 || places === undefined) continue;
      for (const place of places) left.splice(place, 1);
      break;
    }
  }
  return left.map(({ grant }) => grant);
}

/** Where each grant stands in the list, last place first; undefined when one is not in it. */
function placesOf(
  own: readonly Grant[],
  list: readonly { readonly text: string }[],
): number[] | undefined {
  const free = new Set(list.keys());
  for (const grant of own) {
    const text = canonicalJson(grant);
    const place = [...free].find((each) => list[each]?.text === text);
    if (place === undefined) return undefined;
    free.delete(place);
  }
  return [...list.keys()].filter((place) => !free.has(place)).reverse();
}

/** Stored facts hold whole grants, so what a grant rested on without using it up is known too. */
function namedBy(grant: PriorGrant & Partial<Pick<Grant, 'lots'>>): string[] {
  return [...(grant.lots ?? []), ...grant.uses.map(({ lot }) => lot)];
}
