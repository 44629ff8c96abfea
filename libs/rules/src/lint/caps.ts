import { canonicalJson } from '../canonical.js';
import type {
  CompiledCap,
  CompiledGrant,
  CompiledRule,
  CompiledRulebook,
} from '../compile/compiled.js';
import { isCounted } from '../allocate/counting.js';
import { formatLimit } from '../format.js';
import type { Source } from '../types.js';
import { each, type LocalFinding } from './finding.js';

const SOURCES: readonly Source[] = [
  'course',
  'online-course',
  'certificate',
  'training',
  'outreach',
];

/** Caps that nothing can reach, and rules that never fit under one. */
export const caps = each((compiled) =>
  compiled.caps.flatMap((cap) => [...neverBinds(cap, compiled), ...belowGrants(cap, compiled)]),
);

function neverBinds(cap: CompiledCap, compiled: CompiledRulebook): LocalFinding[] {
  const found = (most: bigint, because: string): LocalFinding[] => {
    const { counts, id } = cap.cap;
    const params = {
      cap: id,
      limit: formatLimit(counts, cap.limit),
      most: formatLimit(counts, most),
      because,
    };
    return [{ code: 'lint-cap-never-binds', severity: 'warning', path: cap.path, params }];
  };
  // What other programmes count under the same account is not known here.
  if (cap.cap.account !== undefined) return [];
  const stricter = compiled.caps.find((other) => other !== cap && isStricter(other, cap));
  if (stricter) return found(stricter.limit, stricter.cap.id);
  const most = mostCredits(cap, compiled);
  return most !== null && most <= cap.limit ? found(most, '/rules') : [];
}

/** A cap on at least as much that allows no more; of equal ones the first is kept. */
function isStricter(other: CompiledCap, cap: CompiledCap): boolean {
  const { of, per, counts } = other.cap;
  const isWider = Object.values(of).every((names) => (names as readonly string[]).length === 0);
  const isEqual = canonicalJson(of) === canonicalJson(cap.cap.of);
  if (counts !== cap.cap.counts || !(isWider || isEqual)) return false;
  if (per !== 'learner' && per !== cap.cap.per) return false;
  if (other.limit !== cap.limit) return other.limit < cap.limit;
  return !(isEqual && per === cap.cap.per) || other.path < cap.path;
}

/** Credit of all courses that can count together; null when pools take any amount. */
function mostCredits({ cap }: CompiledCap, { rules }: CompiledRulebook): bigint | null {
  if (cap.counts !== 'credits') return null;
  const courses = new Map<string, bigint>();
  for (const rule of rules) {
    for (const grant of rule.grants.filter((each) => mayCount(cap, rule, each))) {
      if (!grant.course || grant.amount.kind !== 'fixed') return null;
      const known = courses.get(grant.course.code) ?? 0n;
      const { millicredits } = grant.amount;
      courses.set(grant.course.code, known > millicredits ? known : millicredits);
    }
    if (rule.remainderTo && rule.rule.remainder === 'elective') return null;
  }
  return [...courses.values()].reduce((sum, credits) => sum + credits, 0n);
}

function belowGrants(cap: CompiledCap, { rules }: CompiledRulebook): LocalFinding[] {
  return rules.flatMap((rule) => {
    const least = leastOf(cap, rule);
    if (least === null || least <= cap.limit) return [];
    const { counts, id } = cap.cap;
    const params = {
      rule: rule.rule.id,
      cap: id,
      least: formatLimit(counts, least),
      limit: formatLimit(counts, cap.limit),
    };
    return [{ code: 'lint-cap-below-grant', severity: 'error', path: cap.path, params }];
  });
}

/** The least that one application of a rule takes of a cap; null when that can be nothing. */
function leastOf({ cap }: CompiledCap, rule: CompiledRule): bigint | null {
  const counted = rule.grants.filter((grant) => isAlwaysCounted(cap, rule, grant));
  if (counted.length === 0 || (rule.rule.take === 'any' && counted.length < rule.grants.length)) {
    return null;
  }
  if (cap.counts !== 'credits') return 1n;
  const amounts = counted.map(({ amount, isPartial }): bigint =>
    amount.kind === 'fixed' && !isPartial ? amount.millicredits : 0n,
  );
  return rule.rule.take === 'any'
    ? amounts.reduce((least, each) => (each < least ? each : least))
    : amounts.reduce((sum, each) => sum + each, 0n);
}

function mayCount({ of }: CompiledCap['cap'], rule: CompiledRule, grant: CompiledGrant): boolean {
  return isCounted({ ...of, issuer: [], outcome: [] }, { ...about(rule, grant), sources: SOURCES });
}

/** Whether the cap counts the grant whatever lots it rests on. */
function isAlwaysCounted(
  { of }: CompiledCap['cap'],
  rule: CompiledRule,
  grant: CompiledGrant,
): boolean {
  return isCounted(of, { ...about(rule, grant), sources: sourcesAsked(rule) });
}

/** The source that every lot of a rule has; none when its clauses leave it open. */
function sourcesAsked({ when }: CompiledRule): readonly Source[] {
  if ('children' in when || when.op !== 'has') return [];
  return when.select.source.length === 1 ? when.select.source : [];
}

function about(
  { rule }: CompiledRule,
  grant: CompiledGrant,
): Omit<Parameters<typeof isCounted>[1], 'sources'> {
  return {
    rule: rule.id,
    category: grant.category,
    elective: grant.elective?.code ?? null,
    course: grant.course?.code ?? null,
    issuers: [],
    outcomes: [],
  };
}
