import { byCodeUnit } from '../canonical.js';
import type { Binding } from '../clauses/leaf.js';
import { weightOf } from '../clauses/sum.js';
import type { CompiledCap, CompiledRule, CompiledRulebook } from '../compile/compiled.js';
import { isPeriod, periodOf } from '../learner/calendar.js';
import { isCounted } from '../allocate/counting.js';
import { LIMITS } from '../limits.js';
import type { Calendar } from '../document/rulebook.js';
import type { Lot } from '../learner/lots.js';

export interface SplitBindings {
  readonly bindings: readonly Binding[];
  /** There are more kinds of lots than are told apart: the whole sum counts for every cap. */
  readonly isCut: boolean;
}

/**
 * A sum may be taken from lots of several issuers or sources, and a cap may speak of some of them
 * only. Then it matters which lots are taken, so the sum is offered once for each set of kinds.
 * Only one of these offers can be granted.
 */
export function splitPool(
  rule: CompiledRule,
  binding: Binding,
  { caps, rulebook: { calendar } }: Pick<CompiledRulebook, 'caps' | 'rulebook'>,
): SplitBindings {
  const { pool } = binding;
  if (!pool || binding.waitsFor.length > 0) return { bindings: [binding], isCut: false };
  const relevant = caps.filter(
    (cap) =>
      isAboutLots(cap) && mayCount(cap, rule) && pool.members.some((lot) => isAboutLot(cap, lot)),
  );
  const kinds = new Map<string, Lot[]>();
  for (const lot of pool.members) {
    const kind = JSON.stringify(relevant.map((cap) => kindOf(cap, lot, calendar)));
    kinds.set(kind, [...(kinds.get(kind) ?? []), lot]);
  }
  const countsLots = relevant.some(({ cap }) => cap.counts === 'lots');
  if (kinds.size < 2) return { bindings: [binding], isCut: countsLots && pool.members.length > 1 };
  if (kinds.size > LIMITS.kinds) return { bindings: [binding], isCut: true };
  const groups = [...kinds].sort(([a], [b]) => byCodeUnit(a, b)).map(([, lots]) => lots);
  const bindings = subsets(groups)
    .map((lots) => {
      const members = pool.members.filter((lot) => lots.includes(lot));
      return { ...binding, pool: { ...pool, members } };
    })
    .filter(({ pool: { sum, members } }) => {
      const weights = members.map((lot) => weightOf(sum.what, lot) ?? 0n);
      return weights.reduce((total, weight) => total + weight, 0n) >= sum.atLeast;
    });
  return { bindings, isCut: countsLots };
}

/** A cap per lot speaks of single lots and not of sums. */
function isAboutLots({ cap }: CompiledCap): boolean {
  if (cap.per === 'lot') return false;
  const { source, issuer, outcome = [] } = cap.of;
  const isByLot = cap.per === 'issuer' || isPeriod(cap.per) || cap.counts === 'lots';
  return isByLot || source.length + issuer.length + outcome.length > 0;
}

function mayCount({ cap }: CompiledCap, { rule, grants }: CompiledRule): boolean {
  const anyLot = { ...cap.of, source: [], issuer: [], outcome: [] };
  return grants.some(({ category, elective, course }) =>
    isCounted(anyLot, {
      rule: rule.id,
      category,
      elective: elective?.code ?? null,
      sources: [],
      issuers: [],
      course: course?.code ?? null,
      outcomes: [],
    }),
  );
}

function kindOf(
  { cap }: CompiledCap,
  lot: Lot,
  calendar: Calendar | undefined,
): string | boolean | null {
  const isOf = isAboutLot({ cap }, lot);
  if (isOf && isPeriod(cap.per)) return periodOf(calendar, cap.per, lot.completed);
  return isOf && cap.per === 'issuer' ? lot.fact.issuer : isOf;
}

/** Whether a cap could count this lot. Of a sum whose lots it never counts it says nothing. */
function isAboutLot({ cap: { of } }: Pick<CompiledCap, 'cap'>, { fact }: Lot): boolean {
  const { source, issuer, outcome = [] } = of;
  return (
    (source.length === 0 || source.includes(fact.source)) &&
    (issuer.length === 0 || issuer.includes(fact.issuer)) &&
    (outcome.length === 0 || outcome.includes(fact.outcome))
  );
}

function subsets(groups: readonly Lot[][]): Lot[][] {
  return groups
    .reduce<Lot[][]>((sets, group) => sets.flatMap((set) => [[...set, ...group], set]), [[]])
    .filter((set) => set.length > 0);
}
