import { formatCredits } from '#libs/credit';
import type { Allocation, AllocationPick } from '../allocate/allocation.js';
import {
  type Candidate,
  type Choice,
  type Part,
  sum,
  takenFrom,
  totalOf,
  type Use,
} from '../judge/candidate.js';
import { byCodeUnit } from '../canonical.js';
import type { Contention } from '../allocate/contend.js';
import type { Lot } from '../learner/lots.js';
import type { Calendar } from '../document/rulebook.js';
import type { Grant, LotUse } from '../types.js';

/** One candidate that was granted, with the lots it takes. */
export interface Granted {
  readonly candidate: Candidate;
  readonly choice: Choice;
  readonly lots: readonly Lot[];
  readonly uses: readonly Use[];
}

/** Reads the allocator's numbers back as lots and choices. */
export function readPicks({ candidates, lots }: Contention, { picks }: Allocation): Granted[] {
  return picks.flatMap((pick: AllocationPick) => {
    const candidate = candidates[pick.candidate];
    const choice = candidate?.choices[pick.choice];
    if (!candidate || !choice) return [];
    const pool = pick.poolLots.flatMap((lot) => lots[lot] ?? []);
    const fixed = takenFrom(candidate, choice);
    const open = totalOf(choice) - sum(fixed.map(({ millicredits }) => millicredits));
    const uses = [...fixed, ...poolUses(candidate, pool, open)];
    return [{ candidate, choice, lots: [...candidate.binding.lots, ...pool], uses }];
  });
}

function poolUses({ rule }: Candidate, pool: readonly Lot[], granted: bigint): Use[] {
  let open = granted > 0n ? granted : 0n;
  return pool.map((lot) => {
    const whole = lot.availableMillicredits;
    const isKept = rule.rule.remainder === 'keep';
    const millicredits = isKept && open < whole ? open : whole;
    open = open > millicredits ? open - millicredits : 0n;
    return { lot, millicredits, isExclusive: true };
  });
}

/** The grants of one application. Its lots are listed at the first, so that no use is told twice. */
export function grantsOf(granted: Granted, calendar?: Calendar): Grant[] {
  const { candidate, choice } = granted;
  const grants = choice.parts.map((part) => grantOf(granted, part));
  const pool = candidate.rule.remainderTo;
  if (choice.surplusMillicredits > 0n && pool) {
    const [first] = choice.parts;
    if (first) {
      grants.push({
        ...grantOf(granted, { ...first, millicredits: choice.surplusMillicredits }),
        effect: 'credit',
        course: null,
        courseTitle: null,
        elective: pool.code,
        category: pool.category,
        grade: null,
      });
    }
  }
  const uses = lotUses(granted);
  const completed = calendar && completedOf(granted);
  return grants.map((grant, index) => ({
    ...grant,
    ...(index === 0 && { uses }),
    ...(completed && { completed }),
  }));
}

function grantOf({ candidate, lots }: Granted, { grant, millicredits }: Part): Grant {
  const { rule } = candidate.rule;
  const restsOn = [...lots, ...candidate.binding.evidence];
  const origin = lots.length > 0 ? lots : candidate.binding.evidence;
  return {
    rule: rule.id,
    ruleTitle: rule.title,
    basis: rule.basis,
    effect: grant.effect,
    course: grant.course?.code ?? null,
    courseTitle: grant.course?.title ?? null,
    elective: grant.elective?.code ?? null,
    category: grant.category,
    credits: formatCredits(millicredits),
    value: grant.value,
    uses: [],
    lots: restsOn.map(({ id }) => id),
    sources: [...new Set(origin.map(({ fact }) => fact.source))].sort(),
    issuers: [...new Set(origin.map(({ fact }) => fact.issuer))].sort(),
    remainder: rule.remainder,
    grade: gradeOf(candidate, origin),
  };
}

/** Days that tell later decisions in which period the credit was earned. */
function completedOf({ candidate, lots }: Granted): string[] {
  const origin = lots.length > 0 ? lots : candidate.binding.evidence;
  return [...new Set(origin.flatMap((lot) => lot.completed ?? []))].sort(byCodeUnit);
}

function gradeOf({ rule: { rule, scales } }: Candidate, lots: readonly Lot[]): string | null {
  if (typeof rule.grade === 'object') {
    if ('fixed' in rule.grade) return rule.grade.fixed;
    const { fact } = lots[0] ?? {};
    return fact ? (scales?.valueOn(rule.grade.onScale, fact.gradeScale, fact.grade) ?? null) : null;
  }
  if (rule.grade === 'of-lot') return lots[0]?.fact.grade ?? null;
  return rule.grade === 'exempt' ? 'exempt' : null;
}

/** What is taken beyond the credit granted is forfeited, counted from the last lot backwards. */
function lotUses({ choice, uses }: Granted): LotUse[] {
  const taken = sum(uses.map(({ millicredits }) => millicredits));
  let surplus = taken - totalOf(choice);
  const forfeited = new Map<Use, bigint>();
  for (const use of [...uses].reverse()) {
    const part = surplus <= 0n ? 0n : surplus < use.millicredits ? surplus : use.millicredits;
    forfeited.set(use, part);
    surplus -= part;
  }
  return uses.map((use) => ({
    lot: use.lot.id,
    amount: formatCredits(use.millicredits),
    forfeited: formatCredits(forfeited.get(use) ?? 0n),
  }));
}
