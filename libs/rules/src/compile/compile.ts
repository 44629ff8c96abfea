import { compare, multiply, parseDecimal, type Rational, rational } from '#libs/credit';
import { roundToStep } from '#libs/credit';
import { accept, refuse, type Result } from '#libs/problems';
import { agreementCaps, agreementOf, checkAgreements, underAgreement } from './agreements.js';
import { checkCalendar } from '../learner/calendar.js';
import { canonicalJson, sha256Hex } from '../canonical.js';
import { Checker } from './checker.js';
import { windowTest } from '../clauses/completed.js';
import type { ConditionContext } from '../clauses/lot-test.js';
import { compileCondition, compileLot, sumsOf } from './conditions.js';
import { compileGrant } from './grants.js';
import type {
  CompiledCap,
  CompiledNever,
  CompiledRequirement,
  CompiledRule,
  CompiledRulebook,
} from './compiled.js';
import { Desk } from '../match/desk.js';
import type { RulebookDocument } from '../document/document.js';
import { checkExclusions, exclusionCaps } from './exclusions.js';
import { isWithinDepth, LIMITS } from '../limits.js';
import { RuleWindows } from '../match/match.js';
import { Program } from '../match/program.js';
import {
  compilePrerequisites,
  type CompiledPrerequisite,
  withPrerequisites,
} from './prerequisites.js';
import {
  canonicalise,
  type Requirement,
  type Rule,
  type Rulebook,
  type Select,
} from '../document/rulebook.js';
import { Scales } from '../learner/scales.js';
import { Vocabulary } from '../match/vocabulary.js';
import { RuleIndex } from '../match/watch.js';

/**
 * Makes a document ready for evaluation. The document must have the shape of the JSON Schema; what a
 * schema cannot see (unknown names, zero ratios, reversed dates, contradictions) is refused here with
 * the path of each fault. The cost is linear in the document.
 */
export function compileRulebook(document: RulebookDocument): Result<CompiledRulebook> {
  if (!isWithinDepth(document, LIMITS.depth)) {
    return refuse('rulebook-too-deep', { limit: String(LIMITS.depth) });
  }
  return compileCanonical(canonicalise(document));
}

/**
 * Compiles a version that was published before, from its stored canonical JSON. The identity is taken
 * of the stored bytes and not of what today's reader would make of them, so that an old decision can
 * be replayed by a newer engine.
 */
export function compilePublished(canonicalText: string): Result<CompiledRulebook> {
  return compileCanonical(JSON.parse(canonicalText) as Rulebook, canonicalText);
}

/**
 * Compiles a rulebook whose defaults are filled in.
 *
 * @param text its identity is the hash of this text
 */
export function compileCanonical(
  rulebook: Rulebook,
  text: string = canonicalJson(rulebook),
): Result<CompiledRulebook> {
  const check = new Checker();
  const compiled = { ...compileChecked(rulebook, check), hash: sha256Hex(text) };
  if (check.faults.length > 0) return refuse('rulebook-invalid', {}, { faults: check.faults });
  return accept(compiled);
}

function compileChecked(rulebook: Rulebook, check: Checker): Omit<CompiledRulebook, 'hash'> {
  const stepCredits = check.positive('/target/step', rulebook.target.step);
  const step = multiply(stepCredits, rational(1000n));
  const stepMillicredits = step.num / step.den > 0n ? step.num / step.den : 1n;
  checkTarget(rulebook, check);
  checkScales(rulebook, check);
  checkLists(rulebook, check);
  checkCalendar(rulebook, check);
  checkAgreements(rulebook, check);
  checkExclusions(rulebook, check);
  check.window('/inForce', rulebook.inForce);
  const scales = new Scales(rulebook.scales, rulebook.maps);
  const vocabulary = new Vocabulary();
  const { target, parameters } = rulebook;
  const shared = { check, scales, vocabulary, target, parameters };
  const parts = { ...shared, prerequisites: compilePrerequisites(rulebook, shared) };
  const rules = rulebook.rules.map((rule, index) => compileRule(rule, index, rulebook, parts));
  const never = compileNever(rulebook, parts);
  return {
    rulebook,
    scales,
    stepMillicredits,
    rules,
    caps: [
      ...rulebook.caps.map((_, index) => compileCap(index, rulebook, stepMillicredits, check)),
      ...agreementCaps(rulebook, check),
      ...exclusionCaps(rulebook),
    ],
    never,
    requirements: compileRequirements('/requirements', rulebook.requirements, rulebook, check),
    rights: compileRequirements('/rights', rulebook.rights, rulebook, check),
    index: new RuleIndex(rules, vocabulary),
    vocabulary,
    program: new Program(rules.map(({ when }) => when)),
    windows: new RuleWindows(rules),
    desk: new Desk(vocabulary),
  };
}

function checkTarget({ target }: Rulebook, check: Checker): void {
  check.credits('/target/total', target.total);
  for (const [name, credits] of Object.entries(target.categories)) {
    check.credits(`/target/categories/${name}`, credits);
  }
  const categories = Object.keys(target.categories);
  target.courses.forEach((course, index) => {
    check.credits(`/target/courses/${index}/credits`, course.credits);
    check.known(`/target/courses/${index}/category`, course.category, categories);
  });
  target.electives.forEach((elective, index) => {
    check.known(`/target/electives/${index}/category`, elective.category, categories);
  });
  check.unique(
    '/target/courses',
    target.courses.map(({ code }) => code),
    'code',
  );
  check.unique(
    '/target/electives',
    target.electives.map(({ code }) => code),
    'code',
  );
}

function checkScales({ scales, maps, ratios }: Rulebook, check: Checker): void {
  for (const [name, scale] of Object.entries(scales)) {
    check.uniquePlaces(
      scale.values.flatMap((same, rank) =>
        same.map((value) => ({ name: value, pointer: `/scales/${name}/values/${rank}` })),
      ),
    );
  }
  const known = new Scales(scales, []);
  maps.forEach((map, index) => {
    for (const end of ['from', 'to'] as const) {
      check.known(`/maps/${index}/${end}`, map[end], Object.keys(scales));
    }
    for (const [from, to] of Object.entries(map.values)) {
      const pointer = `/maps/${index}/values/${from}`;
      if (!known.rank(map.from, from))
        check.known(pointer, from, scales[map.from]?.values.flat() ?? []);
      if (!known.rank(map.to, to)) check.known(pointer, to, scales[map.to]?.values.flat() ?? []);
    }
  });
  for (const [name, ratio] of Object.entries(ratios)) {
    check.positive(`/ratios/${name}/hours`, ratio.hours);
    check.positive(`/ratios/${name}/credits`, ratio.credits);
    check.positive(`/ratios/${name}/round/to`, ratio.round.to);
    checkAllowed(`/ratios/${name}`, ratio, check);
  }
}

/** A superior rule leaves a range for the hours of a credit, and a scheme has to stay in it (R02). */
function checkAllowed(
  path: string,
  { hours, credits, allowed }: Rulebook['ratios'][string],
  check: Checker,
): void {
  if (!allowed) return;
  const [least, most] = [allowed.from, allowed.to].map((text) => parseDecimal(text));
  const [own, each] = [parseDecimal(hours), parseDecimal(credits)];
  if (!least || !most || !own || !each) return;
  const isWithin =
    compare(own, multiply(least, each)) >= 0 && compare(own, multiply(most, each)) <= 0;
  if (isWithin) return;
  const params = { value: hours, range: `${allowed.from} – ${allowed.to}` };
  check.fault(`${path}/hours`, 'rulebook-number', params);
}

function checkLists(rulebook: Rulebook, check: Checker): void {
  const { rules, requirements, rights, families } = rulebook;
  if (rules.length + requirements.length + rights.length === 0 || rulebook.examples.length === 0) {
    check.fault('', 'rulebook-nothing-to-decide');
  }
  check.atMost('/rules', rules.length, LIMITS.rules);
  check.unique(
    '/rules',
    rules.map(({ id }) => id),
  );
  check.unique(
    '/families',
    families.map(({ id }) => id),
  );
  check.unique(
    '/never',
    rulebook.never.map(({ id }) => id),
  );
  check.unique(
    '/requirements',
    [...requirements, ...rights].map(({ id }) => id),
  );
  // An outcome in two families could be kept by one and dropped by the other.
  check.uniquePlaces(
    families.flatMap(({ outcomes }, index) =>
      outcomes.map((name, at) => ({ name, pointer: `/families/${index}/outcomes/${at}` })),
    ),
  );
}

/** What every part of a document is compiled with. */
interface Parts extends Omit<ConditionContext, 'courses'> {
  readonly prerequisites: readonly CompiledPrerequisite[];
}

function compileRule(rule: Rule, index: number, rulebook: Rulebook, parts: Parts): CompiledRule {
  const path = `/rules/${index}`;
  const { target } = rulebook;
  const { check, scales, prerequisites } = parts;
  check.window(`${path}/inForce`, rule.inForce);
  const grants = rule.grants.map((clause, at) =>
    compileGrant(clause, `${path}/grants/${at}`, rulebook, check),
  );
  check.atMost(
    `${path}/grants`,
    grants.length,
    rule.take === 'any' ? LIMITS.choices : LIMITS.grants,
  );
  const courses = [...new Set(grants.flatMap(({ course }) => (course ? [course.code] : [])))];
  const context = { ...parts, courses };
  const agreement = agreementOf(rulebook, rule);
  const written = compileCondition(rule.when, `${path}/when`, context);
  const when = withPrerequisites(
    underAgreement(written, agreement, context),
    context,
    prerequisites,
  );
  checkGrade(rule, path, rulebook, check);
  checkAmounts(grants, path, { isSum: sumsOf(when).length > 0, check });
  const remainderTo = target.electives.find(({ code }) => code === rule.remainderTo) ?? null;
  if (rule.remainderTo !== null) {
    check.known(
      `${path}/remainderTo`,
      rule.remainderTo,
      target.electives.map(({ code }) => code),
    );
  } else if (rule.remainder === 'elective') {
    check.fault(`${path}/remainder`, 'rulebook-remainder-target');
  }
  const windows = [rulebook.inForce, rule.inForce, agreement?.inForce].flatMap((window) =>
    window?.by === 'completion' ? [windowTest(window)] : [],
  );
  return {
    rule,
    path,
    when,
    windows,
    grants,
    remainderTo,
    ...(isGradeRead(rule) && { scales }),
    ...(agreement && { agreement }),
  };
}

/** A grade that is recorded on another scale needs that scale. */
function checkGrade({ grade }: Rule, path: string, rulebook: Rulebook, check: Checker): void {
  if (typeof grade !== 'object' || !('onScale' in grade)) return;
  check.known(`${path}/grade/onScale`, grade.onScale, Object.keys(rulebook.scales));
}

function isGradeRead({ grade }: Rule): boolean {
  return typeof grade === 'object' && 'onScale' in grade;
}

/**
 * An amount that depends on the lot, or that may be granted in part, is clear only when the rule
 * gives one thing: two grants could not both have the whole lot.
 */
function checkAmounts(
  grants: CompiledRule['grants'],
  path: string,
  { isSum, check }: { isSum: boolean; check: Checker },
): void {
  const isOpen = grants.some(({ amount, isPartial }) => isPartial || amount.kind !== 'fixed');
  if (isOpen || isSum) check.atMost(`${path}/grants`, grants.length, 1);
}

function compileCap(
  index: number,
  rulebook: Rulebook,
  stepMillicredits: bigint,
  check: Checker,
): CompiledCap {
  const cap = rulebook.caps[index];
  const path = `/caps/${index}`;
  if (!cap) throw new RangeError(`no cap ${index}`);
  checkSelect(`${path}/of`, cap.of, rulebook, check);
  if (cap.counts !== 'credits') {
    const isWhole = typeof cap.max === 'string' && /^\d{1,6}$/.test(cap.max);
    if (!isWhole)
      check.fault(`${path}/max`, 'rulebook-number', {
        value: maxText(cap.max),
        range: '0, 1, 2 …',
      });
    return { cap, path, limit: isWhole ? BigInt(cap.max) : 0n };
  }
  if (typeof cap.max === 'string')
    return { cap, path, limit: check.credits(`${path}/max`, cap.max) };
  const { percent, of, round } = cap.max;
  const share = check.percent(`${path}/max/percent`, percent);
  const { total, categories } = rulebook.target;
  check.known(`${path}/max/of`, of, ['total', ...Object.keys(categories)]);
  const whole = of === 'total' ? total : Object.hasOwn(categories, of) ? categories[of] : '0';
  const base: Rational = rational(check.credits(`${path}/max/of`, whole ?? '0'), 100n);
  return { cap, path, limit: roundToStep(multiply(base, share), stepMillicredits, round) };
}

function maxText(max: Rulebook['caps'][number]['max']): string {
  return typeof max === 'string' ? max : `${max.percent} %`;
}

function compileNever(rulebook: Rulebook, parts: Parts): CompiledNever[] {
  const { check } = parts;
  const { courses, categories } = rulebook.target;
  return rulebook.never.map((never, index) => {
    const path = `/never/${index}`;
    const codes = courses.map(({ code }) => code);
    never.course.forEach((code) => check.known(`${path}/course`, code, codes));
    never.category.forEach((code) =>
      check.known(`${path}/category`, code, Object.keys(categories)),
    );
    if (never.course.length + never.category.length === 0) {
      check.fault(path, 'rulebook-grant-target');
    }
    if (!never.for) checkContradiction(rulebook, never, check);
    const context = { ...parts, target: rulebook.target, courses: [] };
    return { never, for: never.for ? compileLot(never.for, `${path}/for`, context) : null };
  });
}

function checkContradiction(
  rulebook: Rulebook,
  never: Rulebook['never'][number],
  check: Checker,
): void {
  rulebook.rules.forEach((rule, index) =>
    rule.grants.forEach((grant, at) => {
      const course = rulebook.target.courses.find(({ code }) => code === grant.course);
      if (!course) return;
      if (never.course.includes(course.code) || never.category.includes(course.category)) {
        const params = { course: course.code, never: never.id };
        check.fault(`/rules/${index}/grants/${at}`, 'rulebook-contradiction', params);
      }
    }),
  );
}

function compileRequirements(
  base: string,
  requirements: readonly Requirement[],
  rulebook: Rulebook,
  check: Checker,
): CompiledRequirement[] {
  return requirements.map((requirement, index) => {
    const path = `${base}/${index}`;
    checkSelect(`${path}/of`, requirement.of, rulebook, check);
    const neededMillicredits = check.credits(`${path}/atLeast`, requirement.atLeast);
    return { requirement, path, neededMillicredits };
  });
}

function checkSelect(path: string, select: Select, rulebook: Rulebook, check: Checker): void {
  const { categories, electives } = rulebook.target;
  const all = (names: readonly string[], known: readonly string[], member: string): void =>
    names.forEach((name) => check.known(`${path}/${member}`, name, known));
  all(select.category, Object.keys(categories), 'category');
  all(
    select.elective,
    electives.map(({ code }) => code),
    'elective',
  );
  all(
    select.rule,
    rulebook.rules.map(({ id }) => id),
    'rule',
  );
  all(
    select.course ?? [],
    rulebook.target.courses.map(({ code }) => code),
    'course',
  );
}
