import { lastDay, type Millicredits, millicredits } from '#libs/credit';
import type { Text } from '#libs/problems';
import type { PathwayCarry } from '#libs/schemes';
import { amountOf } from './gate.js';
import { inOrder, type Pathway, type PathwayOutcome } from './pathway.js';

/** An outcome that counts on in a later stage: a reference to its lot, never a second booking. */
export interface CarriedLot {
  readonly lotId: string;
  readonly code: string;
  /** Thousandths of a credit that count of it: less than it is worth where a limit is reached. */
  readonly credits: Millicredits;
}

export interface Carried {
  readonly id: string;
  readonly title: Text;
  readonly clause: string | null;
  /** Thousandths of a credit; null: no limit. */
  readonly atMost: Millicredits | null;
  readonly total: Millicredits;
  readonly lots: readonly CarriedLot[];
}

/**
 * What carries over into a stage, by clause. An outcome is carried by the first clause that takes it,
 * the older before the newer; what is over the limit of one clause is not offered to another.
 *
 * @param until the day on which the stage begins; what is completed later is earned in it
 */
export function carriedInto(
  { document }: Pathway,
  state: string,
  { outcomes, until }: { outcomes: readonly PathwayOutcome[]; until: string },
): Carried[] {
  const left = outcomes
    .filter(({ passed, credits, completedOn }) => {
      return passed !== false && credits > 0n && lastDay(completedOn) <= until;
    })
    .toSorted(inOrder);
  const carried: Carried[] = [];
  const taken = new Set<string>();
  for (const carry of (document.carries ?? []).filter(({ into }) => into === state)) {
    const fitting = left.filter((outcome) => !taken.has(outcome.lotId) && fits(carry, outcome));
    for (const { lotId } of fitting) taken.add(lotId);
    carried.push(carriedBy(carry, fitting));
  }
  return carried;
}

function carriedBy(carry: PathwayCarry, fitting: readonly PathwayOutcome[]): Carried {
  const { id, title, clause = null } = carry;
  const atMost = carry.atMost === undefined ? null : amountOf(carry.atMost);
  let total = 0n;
  const lots: CarriedLot[] = [];
  for (const { lotId, code, credits } of fitting) {
    const room = atMost === null ? credits : atMost - total;
    const counts = credits < room ? credits : room;
    if (counts <= 0n) break;
    total += counts;
    lots.push({ lotId, code, credits: millicredits(counts) });
  }
  return { id, title, clause, atMost, total: millicredits(total), lots };
}

function fits(carry: PathwayCarry, { code, category, institution }: PathwayOutcome): boolean {
  const { categories, of, except = [], from } = carry;
  if (except.includes(code)) return false;
  if (from !== undefined && from !== institution) return false;
  if (of !== undefined && !of.includes(code)) return false;
  return categories === undefined || categories.includes(category);
}
