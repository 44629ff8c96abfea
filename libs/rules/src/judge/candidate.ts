import { byCodeUnit } from '../canonical.js';
import type { Binding } from '../clauses/leaf.js';
import type { CompiledGrant, CompiledRule } from '../compile/compiled.js';
import type { Lot } from '../learner/lots.js';

/** One thing that one choice gives. */
export interface Part {
  readonly grant: CompiledGrant;
  readonly millicredits: bigint;
}

/** What is taken from one lot. An exclusive use leaves nothing of the lot to anybody else. */
export interface Use {
  readonly lot: Lot;
  readonly millicredits: bigint;
  readonly isExclusive: boolean;
}

/** One amount or subset in which a candidate can be granted. */
export interface Choice {
  readonly parts: readonly Part[];
  /** Credit beyond the parts that goes to the rule's elective pool. */
  readonly surplusMillicredits: bigint;
  /** Of a pool: how much weight the lots that are taken must have. */
  readonly neededWeight: bigint;
}

/** One application of a rule to lots of the learner: it competes with others for lots, courses, caps. */
export interface Candidate {
  readonly rule: CompiledRule;
  readonly binding: Binding;
  /** Largest first. */
  readonly choices: readonly Choice[];
  readonly uses: readonly Use[];
  /** Weight of each lot of the pool, in the order of its members. */
  readonly poolWeights: readonly bigint[];
  /** Of candidates with the same group one is granted at most; null when it stands alone. */
  readonly group: string | null;
  /** There are more amounts than the limit; the smallest were left out. */
  readonly isCut: boolean;
}

export function lotsOf({ lots, pool }: Binding): readonly Lot[] {
  return [...lots, ...(pool?.members ?? [])];
}

/** What a choice takes from the lots of a candidate, lot by lot. */
export function takenFrom(candidate: Candidate, choice: Choice): Use[] {
  if (candidate.rule.rule.remainder !== 'keep') return [...candidate.uses];
  let open = totalOf(choice);
  return candidate.uses.map((use) => {
    const millicredits = use.millicredits < open ? use.millicredits : open;
    open -= millicredits;
    return { ...use, millicredits };
  });
}

/** Credit of a choice with its surplus. */
export function totalOf(choice: Choice): bigint {
  return partsOf(choice) + choice.surplusMillicredits;
}

export function partsOf({ parts }: Choice): bigint {
  return sum(parts.map(({ millicredits }) => millicredits));
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

export function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The order in which candidates are tried and ties are broken: most credit first, then least used
 * up, then rule, then lots. It is part of what a decision means, so that no engine may change it.
 */
export function canonicalOrder(a: Candidate, b: Candidate): number {
  const most = (candidate: Candidate): bigint => {
    const [first] = candidate.choices;
    return first ? totalOf(first) : 0n;
  };
  const usedUp = ({ uses }: Candidate): bigint => sum(uses.map(({ millicredits }) => millicredits));
  const lots = ({ binding }: Candidate): string =>
    lotsOf(binding)
      .map(({ id }) => id)
      .join('\u0000');
  return (
    compareBig(most(b), most(a)) ||
    compareBig(usedUp(a), usedUp(b)) ||
    byCodeUnit(a.rule.rule.id, b.rule.rule.id) ||
    byCodeUnit(lots(a), lots(b))
  );
}
