import { compare } from '#libs/credit';
import { byCodeUnit, canonicalJson } from '../canonical.js';
import type { Has, OutcomeSelect } from '../clauses/has.js';
import type { Rule } from '../document/rulebook.js';
import type { Scales } from '../learner/scales.js';
import { parseShare } from '../share.js';
import { each, type LocalFinding } from './finding.js';

/** Rules of one group that are compared with each other; of more the rest is not. */
const MOST_COMPARED = 300;

interface Placed {
  readonly rule: Rule;
  readonly index: number;
}

/** Rules that another rule makes needless, and rules that speak of the same outcome (CUNY classes). */
export const rivals = each(({ rulebook, scales }) => {
  const placed = rulebook.rules.map((rule, index) => ({ rule, index }));
  return [...shadowed(placed, scales), ...ambiguous(placed)];
});

/** Of rules that give the same on the same terms, those whose condition implies another one's. */
function shadowed(rules: readonly Placed[], scales: Scales): LocalFinding[] {
  const groups = groupBy(
    rules,
    ({ rule: { grants, take, remainder, remainderTo, shortfall, grade, inForce, under } }) =>
      canonicalJson({ grants, take, remainder, remainderTo, shortfall, grade, inForce, under }),
  );
  return groups.flatMap((group) =>
    group.flatMap((one) => {
      const by = group.find((other) => other !== one && isNeedless(one, other, scales));
      if (!by) return [];
      const params = { rule: one.rule.id, by: by.rule.id };
      const path = `/rules/${one.index}`;
      return [{ code: 'lint-shadowed', severity: 'warning', path, params } as const];
    }),
  );
}

/** Of two rules that imply each other the second is the needless one. */
function isNeedless(one: Placed, other: Placed, scales: Scales): boolean {
  const [narrow, wide] = [one.rule.when, other.rule.when];
  if (narrow.op !== 'has' || wide.op !== 'has' || !implies(narrow, wide, scales)) return false;
  return one.index > other.index || !implies(wide, narrow, scales);
}

/** Whether every lot that passes the one clause passes the other. */
function implies(narrow: Has, wide: Has, scales: Scales): boolean {
  const { has: a, evidenceOnly: _a, ...asked } = narrow;
  const { has: b, evidenceOnly: _b, ...wanted } = wide;
  if (narrow.evidenceOnly !== wide.evidenceOnly || !covers(b, a)) return false;
  const own: Readonly<Record<string, unknown>> = asked;
  return Object.entries(wanted).every(([member, limit]) => {
    return isAsStrict(own[member], limit, { member, scales });
  });
}

function covers(wide: OutcomeSelect, narrow: OutcomeSelect): boolean {
  const within = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === 0 || (b.length > 0 && b.every((name) => a.includes(name)));
  // What a code is like is not known here, so a wider kind of selection is only seen in its own terms.
  return (
    within(wide.codes, narrow.codes) &&
    within(wide.source, narrow.source) &&
    within(wide.kind, narrow.kind) &&
    within(wide.category, narrow.category) &&
    (wide.prefix === null || narrow.codes.every((code) => code.startsWith(wide.prefix ?? ''))) &&
    (wide.prefix === null ||
      narrow.codes.length > 0 ||
      narrow.prefix?.startsWith(wide.prefix) === true) &&
    wide.except.every((code) => narrow.except.includes(code))
  );
}

/** Whether one limit of a clause is at least as strict as another; unsure means no. */
function isAsStrict(
  own: unknown,
  limit: unknown,
  context: { readonly member: string; readonly scales: Scales },
): boolean {
  if (isNothing(limit)) return true;
  if (isNothing(own)) return false;
  if (canonicalJson(own) === canonicalJson(limit)) return true;
  if (Array.isArray(own) && Array.isArray(limit)) return own.every((name) => limit.includes(name));
  const [a, b] = [own, limit] as Readonly<Record<string, string | null>>[];
  if (!a || !b) return false;
  const { atLeast: ownLeast, ...ownRest } = a;
  const { atLeast: itsLeast, ...itsRest } = b;
  if (canonicalJson(ownRest) !== canonicalJson(itsRest) || !ownLeast || !itsLeast) return false;
  const read = (text: string): ReturnType<typeof parseShare> =>
    typeof a.scale === 'string' ? context.scales.rank(a.scale, text) : parseShare(text);
  const [mine, its] = [read(ownLeast), read(itsLeast)];
  return mine !== undefined && its !== undefined && compare(mine, its) >= 0;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Rules with one condition: the same thing twice, other credit for one course, or several targets. */
function ambiguous(rules: readonly Placed[]): LocalFinding[] {
  const groups = groupBy(rules, ({ rule: { when, inForce } }) => canonicalJson({ when, inForce }));
  return groups.flatMap((group) =>
    group.slice(1).flatMap((one) => {
      const [first] = group;
      if (!first) return [];
      const kind = kindOf(first.rule, one.rule);
      // The same on the same terms is already told as needless.
      if (kind === 'duplicate') return [];
      const outcome = namesOf(one.rule);
      const params = { rule: one.rule.id, other: first.rule.id, outcome, kind };
      const severity = kind === 'equivalent' ? 'warning' : 'note';
      return [{ code: 'lint-ambiguous', severity, path: `/rules/${one.index}`, params } as const];
    }),
  );
}

function kindOf(a: Rule, b: Rule): string {
  const targets = ({ grants }: Rule): string =>
    canonicalJson(grants.map(({ course, elective, value }) => ({ course, elective, value })));
  if (canonicalJson(a.grants) === canonicalJson(b.grants)) return 'duplicate';
  if (targets(a) === targets(b)) return 'equivalent';
  const isBlanket = ({ grants }: Rule): boolean => grants.some(({ elective }) => elective !== null);
  return isBlanket(a) === isBlanket(b) ? 'several' : 'blanket';
}

function namesOf({ when }: Rule): string {
  if (when.op !== 'has') return when.op;
  const { codes, source, kind, category, prefix } = when.has;
  const names = [
    ...codes,
    ...source,
    ...kind,
    ...category,
    ...(prefix === null ? [] : [`${prefix}*`]),
  ];
  return names.sort(byCodeUnit).slice(0, 5).join(' | ');
}

function groupBy(rules: readonly Placed[], keyOf: (placed: Placed) => string): Placed[][] {
  const groups = new Map<string, Placed[]>();
  for (const placed of rules) {
    const key = keyOf(placed);
    const group = groups.get(key);
    if (!group) groups.set(key, [placed]);
    else if (group.length < MOST_COMPARED) group.push(placed);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
