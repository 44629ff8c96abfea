import { parseCredits } from '#libs/credit';
import { type Decision, canonicalJson } from '#libs/rules';
import type { Compared } from '../reevaluations/index.js';

/** Cases that are kept of each kind: those with the largest differences. */
const MOST_CASES = 10;

/** Counts of learners, and sums in thousandths of a credit as decimal strings. */
export interface Changes {
  readonly learners: number;
  readonly gained: number;
  readonly lost: number;
  readonly millicreditsGained: string;
  readonly millicreditsLost: string;
}

/** One learner whose result differs. */
export interface Case {
  readonly learnerId: string;
  readonly creditsBefore: string;
  readonly creditsAfter: string;
  /** Rules that grant something in one version and not in the other. */
  readonly rulesGained: readonly string[];
  readonly rulesLost: readonly string[];
}

/**
 * What a simulation has seen so far. Its size follows schools and caps, never learners, and it is
 * JSON: after a crash it is read back and added to.
 */
export interface Report extends Changes {
  /** Equal credit by other grants: another course, an exemption, a right. */
  readonly different: number;
  /** Looked at with the same result. */
  readonly same: number;
  /** Allocations without a proof that no other gives more. */
  readonly unproven: number;
  /** By the institutions that posted a learner's outcomes; a learner of two counts in both. */
  readonly schools: Readonly<Record<string, Changes>>;
  /** By id of the cap: learners to whom it refused something, before and after. */
  readonly caps: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
  readonly slowest: {
    readonly learnerId: string;
    readonly elapsedMs: number;
    readonly outcomes: number;
  } | null;
  readonly cases: { readonly gained: readonly Case[]; readonly lost: readonly Case[] };
}

const NO_CHANGES: Changes = {
  learners: 0,
  gained: 0,
  lost: 0,
  millicreditsGained: '0',
  millicreditsLost: '0',
};

export const EMPTY_REPORT: Report = {
  ...NO_CHANGES,
  different: 0,
  same: 0,
  unproven: 0,
  schools: {},
  caps: {},
  slowest: null,
  cases: { gained: [], lost: [] },
};

/** The report with some more learners in it. */
export function withLearners(report: Report, learners: readonly Compared[]): Report {
  return learners.reduce(withLearner, report);
}

function withLearner(report: Report, compared: Compared): Report {
  const { before, after, facts, elapsedMs, learnerId } = compared;
  const difference = amountOf(after) - amountOf(before);
  const isOther = difference === 0n && grantsOf(before) !== grantsOf(after);
  const schools = { ...report.schools };
  for (const school of new Set(facts.outcomes.map(({ issuer }) => issuer))) {
    schools[school] = withDifference(schools[school] ?? NO_CHANGES, difference);
  }
  const isSlowest = report.slowest === null || elapsedMs > report.slowest.elapsedMs;
  return {
    ...report,
    ...withDifference(report, difference),
    different: report.different + (isOther ? 1 : 0),
    same: report.same + (difference === 0n && !isOther ? 1 : 0),
    unproven: report.unproven + (after.proven ? 0 : 1),
    schools,
    caps: withCaps(report.caps, before, after),
    slowest: isSlowest ? { learnerId, elapsedMs, outcomes: facts.outcomes.length } : report.slowest,
    cases: difference === 0n ? report.cases : withCase(report.cases, compared, difference),
  };
}

function withDifference(changes: Changes, difference: bigint): Changes {
  const gained = difference > 0n ? difference : 0n;
  const lost = difference < 0n ? -difference : 0n;
  return {
    learners: changes.learners + 1,
    gained: changes.gained + (gained > 0n ? 1 : 0),
    lost: changes.lost + (lost > 0n ? 1 : 0),
    millicreditsGained: String(BigInt(changes.millicreditsGained) + gained),
    millicreditsLost: String(BigInt(changes.millicreditsLost) + lost),
  };
}

function withCaps(caps: Report['caps'], before: Decision | null, after: Decision): Report['caps'] {
  const [old, young] = [capsHit(before), capsHit(after)];
  if (old.size + young.size === 0) return caps;
  const counted = { ...caps };
  for (const cap of new Set([...old, ...young])) {
    const known = counted[cap] ?? { before: 0, after: 0 };
    counted[cap] = {
      before: known.before + (old.has(cap) ? 1 : 0),
      after: known.after + (young.has(cap) ? 1 : 0),
    };
  }
  return counted;
}

function capsHit(decision: Decision | null): Set<string> {
  const refused = decision?.refused ?? [];
  return new Set(refused.flatMap(({ code, params }) => (code === 'cap' ? (params.cap ?? []) : [])));
}

function withCase(cases: Report['cases'], compared: Compared, difference: bigint): Report['cases'] {
  const { learnerId, before, after } = compared;
  const [old, young] = [rulesOf(before), rulesOf(after)];
  const one: Case = {
    learnerId,
    creditsBefore: before?.credits ?? '0',
    creditsAfter: after.credits,
    rulesGained: [...young].filter((rule) => !old.has(rule)),
    rulesLost: [...old].filter((rule) => !young.has(rule)),
  };
  return difference > 0n
    ? { ...cases, gained: largest([...cases.gained, one]) }
    : { ...cases, lost: largest([...cases.lost, one]) };
}

function largest(cases: readonly Case[]): readonly Case[] {
  if (cases.length <= MOST_CASES) return cases;
  const size = (one: Case): bigint => {
    const difference = parsed(one.creditsAfter) - parsed(one.creditsBefore);
    return difference < 0n ? -difference : difference;
  };
  return [...cases]
    .sort((a, b) => (size(b) > size(a) ? 1 : size(b) < size(a) ? -1 : 0))
    .slice(0, MOST_CASES);
}

function rulesOf(decision: Decision | null): Set<string> {
  return new Set(decision?.granted.map(({ rule }) => rule));
}

/** What is granted, without the words that explain it. */
function grantsOf(decision: Decision | null): string {
  return canonicalJson(
    (decision?.granted ?? []).map(({ rule, effect, course, elective, credits, value }) => [
      rule,
      effect,
      course,
      elective,
      credits,
      value,
    ]),
  );
}

function amountOf(decision: Decision | null): bigint {
  return decision ? parsed(decision.credits) : 0n;
}

function parsed(credits: string): bigint {
  const result = parseCredits(credits);
  if (!result.ok) throw new Error(`a decision speaks of "${credits}" credits`);
  return result.amount;
}
