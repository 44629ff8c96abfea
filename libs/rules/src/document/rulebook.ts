import type { RoundingMode } from '#libs/credit';
import type { Text } from '#libs/problems';
import { has, type Has } from '../clauses/has.js';
import { canonicalLeaf, type LeafCondition } from '../clauses/leaves.js';
import type * as authored from './document.js';
import type { ExampleDocument } from './document-examples.js';
import { list } from '../one-or-many.js';
import type { Effect, RemainderPolicy, Source } from '../types.js';
import { normaliseTexts } from './normal-form.js';

/**
 * The canonical form of a rule document: every default filled in, every list a list, every absent
 * member null. Its canonical JSON is what a version's SHA-256 is taken of. The member names are those
 * of the document, so a JSON pointer such as `/rules/0/when/all/1` means the same place in both.
 */
export interface Rulebook {
  readonly format: 'credit-bank-rulebook/1';
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly basis: readonly { text: string; clause: string | null; url: string | null }[];
  readonly target: Target;
  readonly inForce: Window;
  readonly lots: LotRules;
  // Members below this line are newer than documents that were published without them. They are
  // left out where the document says nothing, so that those documents keep their hash.
  readonly calendar?: Calendar;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly agreements?: readonly Agreement[];
  readonly duplicates?: readonly Duplicate[];
  readonly prerequisites?: readonly Prerequisite[];
  readonly exclusions?: readonly Exclusion[];
  readonly scales: Readonly<Record<string, Scale>>;
  readonly maps: readonly authored.ScaleMapDocument[];
  readonly ratios: Readonly<Record<string, authored.RatioDocument>>;
  readonly caps: readonly Cap[];
  readonly families: readonly Family[];
  readonly never: readonly Never[];
  readonly rules: readonly Rule[];
  readonly requirements: readonly Requirement[];
  readonly rights: readonly Requirement[];
  readonly examples: readonly ExampleDocument[];
}

export interface LotRules {
  readonly reuse: 'never' | 'what-is-left';
  readonly shelfLifeYears: number | null;
  /** Left out for `single-use`: documents are older than this member and keep their hash. */
  readonly scope?: 'per-programme';
}

export interface Calendar {
  readonly yearStarts: string;
  readonly semesters: readonly { readonly id: string; readonly starts: string }[];
  readonly cutOffs: readonly { readonly graduation: string; readonly lastDay: string }[];
}

export interface Parameter {
  readonly title: Text;
  readonly basis: string | null;
  readonly value: 'all' | 'any';
}

export interface Agreement {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly inForce: Window;
  readonly parties: readonly { readonly institution: string; readonly accepts: string }[];
}

export interface Duplicate {
  readonly id: string;
  readonly title: Text | null;
  readonly basis: string | null;
  readonly of: { readonly source: readonly Source[]; readonly kind: readonly string[] };
  readonly names: {
    readonly dropAfterWord: readonly string[];
    readonly same: readonly (readonly string[])[];
    readonly firstIsUnnumbered: boolean;
  };
  readonly keep: 'highest-level' | 'highest-credits';
}

export interface Prerequisite {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly course: readonly string[];
  readonly outcome: readonly string[];
  readonly needs: readonly (Has | { readonly op: 'recognised'; readonly recognised: string })[];
}

export interface Exclusion {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly courses: readonly string[];
  readonly outcomes: readonly string[];
}

export interface Target {
  readonly programme: string;
  readonly title: Text;
  readonly institution: string;
  readonly plan: string | null;
  readonly total: string;
  readonly step: string;
  readonly review: authored.TargetDocument['review'];
  readonly categories: Readonly<Record<string, string>>;
  readonly courses: readonly authored.TargetCourseDocument[];
  readonly electives: readonly authored.ElectiveDocument[];
}

export type Window = authored.WindowDocument;

export interface Scale {
  /** Names from lowest to highest; each with the other names for the same value. Empty for numbers. */
  readonly values: readonly (readonly string[])[];
  readonly numbers: { readonly from: string; readonly to: string } | null;
}

export interface Select {
  readonly source: readonly Source[];
  readonly category: readonly string[];
  readonly issuer: readonly string[];
  readonly elective: readonly string[];
  readonly rule: readonly string[];
  readonly course?: readonly string[];
  readonly outcome?: readonly string[];
}

export interface Cap {
  readonly id: string;
  readonly title: Text | null;
  readonly basis: string | null;
  readonly max: string | Required<authored.PercentDocument>;
  readonly counts: 'credits' | 'applications' | 'lots';
  readonly of: Select;
  readonly per: NonNullable<authored.CapDocument['per']>;
  readonly account?: string;
}

export interface Family {
  readonly id: string;
  readonly title: Text | null;
  readonly basis: string | null;
  readonly outcomes: readonly string[];
  readonly keep: 'highest-level' | 'highest-credits';
}

export interface Never {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly course: readonly string[];
  readonly category: readonly string[];
  readonly for: Has | null;
}

export interface Rule {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly inForce: Window | null;
  readonly under?: string;
  readonly when: Condition;
  readonly grants: readonly GrantClause[];
  readonly take: 'all' | 'any';
  readonly grade: authored.GradeDocument;
  readonly remainder: RemainderPolicy;
  readonly remainderTo: string | null;
  readonly shortfall: 'refuse' | 'allow';
}

export interface GrantClause {
  readonly course: string | null;
  readonly elective: string | null;
  readonly effect: Effect;
  readonly value: string | null;
  readonly credits: string | { readonly ratio: string; readonly max: string | null };
  readonly partial: boolean;
}

export interface Requirement {
  readonly id: string;
  readonly title: Text;
  readonly basis: string | null;
  readonly atLeast: string;
  readonly of: Select;
  readonly per?: 'academic-year' | 'semester';
}

export type Condition =
  | { readonly op: 'all'; readonly all: readonly Condition[] }
  | { readonly op: 'any'; readonly any: readonly Condition[] }
  | { readonly op: 'at-least'; readonly atLeast: number; readonly of: readonly Condition[] }
  | { readonly op: 'joined'; readonly joined: string; readonly of: readonly Condition[] }
  | LeafCondition;

/** Fills every default of a document whose shape is valid. Two spellings of one rule become equal. */
export function canonicalise(document: authored.RulebookDocument): Rulebook {
  const { target } = document;
  return normaliseTexts({
    format: document.format,
    id: document.id,
    version: document.version,
    title: document.title,
    basis: document.basis.map(({ text, clause = null, url = null }) => ({ text, clause, url })),
    target: {
      ...target,
      plan: target.plan ?? null,
      courses: target.courses ?? [],
      electives: target.electives ?? [],
    },
    inForce: document.inForce,
    lots: {
      reuse: document.lots?.reuse ?? 'what-is-left',
      shelfLifeYears: document.lots?.shelfLifeYears ?? null,
      ...(document.lots?.scope === 'per-programme' && { scope: 'per-programme' }),
    },
    ...canonicalExtras(document),
    scales: mapRecord(document.scales ?? {}, canonicalScale),
    maps: document.maps ?? [],
    ratios: document.ratios ?? {},
    caps: (document.caps ?? []).map(canonicalCap),
    families: (document.families ?? []).map((family) => ({ ...named(family), ...family })),
    never: (document.never ?? []).map((never) => ({
      id: never.id,
      title: never.title,
      basis: never.basis ?? null,
      course: list(never.course),
      category: list(never.category),
      for: never.for ? has.canonical(never.for) : null,
    })),
    rules: (document.rules ?? []).map(canonicalRule),
    requirements: (document.requirements ?? []).map(canonicalRequirement),
    rights: (document.rights ?? []).map(canonicalRequirement),
    examples: document.examples,
  });
}

/** Members that older documents do not have; a document that does not use one does not get it. */
function canonicalExtras(document: authored.RulebookDocument): Partial<Rulebook> {
  const { calendar, parameters, agreements, duplicates, prerequisites, exclusions } = document;
  return {
    ...(calendar && { calendar: { semesters: [], cutOffs: [], ...calendar } }),
    ...(parameters && {
      parameters: mapRecord(parameters, (parameter) => ({ basis: null, ...parameter })),
    }),
    ...(agreements && { agreements: agreements.map((each) => ({ basis: null, ...each })) }),
    ...(duplicates && { duplicates: duplicates.map(canonicalDuplicate) }),
    ...(prerequisites && { prerequisites: prerequisites.map(canonicalPrerequisite) }),
    ...(exclusions && {
      exclusions: exclusions.map((each) => ({ basis: null, courses: [], outcomes: [], ...each })),
    }),
  };
}

function canonicalDuplicate(duplicate: authored.DuplicateDocument): Duplicate {
  const { id, of = {}, names, keep } = duplicate;
  return {
    id,
    ...named(duplicate),
    of: { source: list(of.source), kind: list(of.kind) },
    names: { dropAfterWord: [], same: [], firstIsUnnumbered: false, ...names },
    keep,
  };
}

function canonicalPrerequisite(of: authored.PrerequisiteDocument): Prerequisite {
  const needs = Array.isArray(of.needs) ? of.needs : [of.needs];
  return {
    id: of.id,
    title: of.title,
    basis: of.basis ?? null,
    course: list(of.course),
    outcome: list(of.outcome),
    needs: (needs as readonly authored.NeedDocument[]).map((need) =>
      'recognised' in need
        ? { op: 'recognised', recognised: need.recognised }
        : has.canonical({ ...need, evidenceOnly: true }),
    ),
  };
}

function named(of: { title?: Text; basis?: string }): { title: Text | null; basis: string | null } {
  return { title: of.title ?? null, basis: of.basis ?? null };
}

function canonicalScale(scale: authored.ScaleDocument): Scale {
  return 'numbers' in scale
    ? { values: [], numbers: scale.numbers }
    : { values: scale.values.map(list), numbers: null };
}

function canonicalSelect(select: authored.SelectDocument = {}): Select {
  return {
    source: list(select.source),
    category: list(select.category),
    issuer: list(select.issuer),
    elective: list(select.elective),
    rule: list(select.rule),
    ...(select.course !== undefined && { course: list(select.course) }),
    ...(select.outcome !== undefined && { outcome: list(select.outcome) }),
  };
}

function canonicalCap(cap: authored.CapDocument): Cap {
  return {
    id: cap.id,
    ...named(cap),
    max: typeof cap.max === 'string' ? cap.max : { round: 'down', ...cap.max },
    counts: cap.counts ?? 'credits',
    of: canonicalSelect(cap.of),
    per: cap.per ?? 'learner',
    ...(cap.account !== undefined && { account: cap.account }),
  };
}

function canonicalRequirement(requirement: authored.RequirementDocument): Requirement {
  return {
    id: requirement.id,
    title: requirement.title,
    basis: requirement.basis ?? null,
    atLeast: requirement.atLeast,
    of: canonicalSelect(requirement.of),
    ...(requirement.per !== undefined && { per: requirement.per }),
  };
}

function canonicalRule(rule: authored.RuleDocument): Rule {
  return {
    id: rule.id,
    title: rule.title,
    basis: rule.basis ?? null,
    inForce: rule.inForce ?? null,
    ...(rule.under !== undefined && { under: rule.under }),
    when: canonicalCondition(rule.when),
    grants: rule.grants.map(canonicalGrant),
    take: rule.take ?? 'all',
    grade: rule.grade ?? 'none',
    remainder: rule.remainder ?? 'forfeit',
    remainderTo: rule.remainderTo ?? null,
    shortfall: rule.shortfall ?? 'refuse',
  };
}

function canonicalGrant(grant: authored.GrantDocument): GrantClause {
  const effect = grant.effect ?? 'credit';
  const unstated = effect === 'credit' ? (grant.course ? 'of-target' : 'of-lot') : '0';
  const credits = grant.credits ?? unstated;
  return {
    course: grant.course ?? null,
    elective: grant.elective ?? null,
    effect,
    value: grant.value ?? null,
    credits:
      typeof credits === 'string' ? credits : { ratio: credits.ratio, max: credits.max ?? null },
    partial: grant.partial ?? false,
  };
}

function canonicalCondition(condition: authored.ConditionDocument): Condition {
  if ('all' in condition) return { op: 'all', all: condition.all.map(canonicalCondition) };
  if ('any' in condition) return { op: 'any', any: condition.any.map(canonicalCondition) };
  if ('atLeast' in condition) {
    const { atLeast, of } = condition;
    return { op: 'at-least', atLeast, of: of.map(canonicalCondition) };
  }
  if ('joined' in condition) {
    const { joined, of } = condition;
    return { op: 'joined', joined, of: of.map(canonicalCondition) };
  }
  return canonicalLeaf(condition);
}

function mapRecord<A, B>(record: Readonly<Record<string, A>>, map: (a: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** Rounding modes a percentage of a cap may name, as the arithmetic knows them. */
export type CapRounding = Extract<RoundingMode, 'down' | 'up' | 'half-up'>;
