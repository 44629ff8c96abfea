import assert from 'node:assert';
import { byCodeUnit } from '../canonical.js';
import { compileCanonical } from '../compile/compile.js';
import type { CompiledRulebook } from '../compile/compiled.js';
import type {
  ExampleDocument,
  ExampleOutcomeDocument,
  ExamplePriorDocument,
} from './document-examples.js';
import { evaluate } from '../evaluate.js';
import type { Decision, LearnerFacts, OutcomeFact, PriorGrant } from '../types.js';

/** One thing in which a decision differs from what the example expects. */
export interface ExampleDifference {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export interface ExampleResult {
  readonly index: number;
  readonly name: string;
  readonly decision: Decision;
  /** Empty when the example comes out as written. */
  readonly differences: readonly ExampleDifference[];
}

/** Runs every worked example of a rulebook. */
export function runExamples(rulebook: CompiledRulebook): ExampleResult[] {
  return rulebook.rulebook.examples.map((example, index) => {
    const decision = evaluate(readingFor(rulebook, example), factsOf(example), example.on);
    return { index, name: example.name, decision, differences: compare(example, decision) };
  });
}

/** The rulebook under the readings of its parameters that an example, or a question, chooses. */
export function readingFor(
  rulebook: CompiledRulebook,
  { parameters: chosen }: Pick<ExampleDocument, 'parameters'>,
): CompiledRulebook {
  if (!chosen) return rulebook;
  const { parameters = {} } = rulebook.rulebook;
  const changed = Object.entries(parameters).map(([name, parameter]) => [
    name,
    { ...parameter, value: chosen[name] ?? parameter.value },
  ]);
  const compiled = compileCanonical({
    ...rulebook.rulebook,
    parameters: Object.fromEntries(changed) as typeof parameters,
  });
  assert(compiled.ok, 'a rulebook that compiled does so under every reading of its parameters');
  return compiled.value;
}

/** The facts an example describes. What it leaves out is unknown. */
export function factsOf({ learner }: ExampleDocument): LearnerFacts {
  return {
    born: learner.born ?? null,
    enrolledIn: learner.enrolledIn ?? [],
    outcomes: learner.outcomes.map(outcomeOf),
    findings: (learner.findings ?? []).map((finding) => ({ course: null, ...finding })),
    granted: (learner.granted ?? []).map(priorOf),
    ...(learner.graduates !== undefined && { graduates: learner.graduates }),
    ...(learner.accounts && { accounts: learner.accounts }),
  };
}

function outcomeOf(outcome: ExampleOutcomeDocument): OutcomeFact {
  const state = outcome.state ?? (outcome.credits === undefined ? 'registered' : 'available');
  return {
    title: outcome.outcome,
    source: 'course',
    kind: 'unstated',
    category: 'unstated',
    issuer: 'unstated',
    grade: null,
    gradeScale: null,
    passGrade: null,
    level: null,
    levelScale: null,
    credits: null,
    available: outcome.credits ?? '0',
    hours: null,
    attendancePercent: null,
    completed: '',
    deposited: null,
    expiresOn: null,
    ...outcome,
    state,
    usedFor: (outcome.usedFor ?? []).map((use) => ({ course: null, ...use })),
  };
}

function priorOf(prior: ExamplePriorDocument): PriorGrant {
  return {
    rule: prior.rule,
    course: prior.course ?? null,
    elective: prior.elective ?? null,
    category: prior.category ?? null,
    credits: prior.credits,
    sources: prior.source ? [prior.source] : [],
    issuers: prior.issuer ? [prior.issuer] : [],
    uses: (prior.lots ?? []).map((lot) => ({ lot })),
    ...(prior.completed && { completed: prior.completed }),
  };
}

function compare({ expect }: ExampleDocument, decision: Decision): ExampleDifference[] {
  const differences: ExampleDifference[] = [];
  const check = (what: string, expected: string | undefined, actual: string): void => {
    if (expected !== undefined && expected !== actual) differences.push({ what, expected, actual });
  };
  const { granted } = decision;
  check('credits', expect.credits, decision.credits);
  check('granted', expect.granted && set(expect.granted), set(granted.map(({ rule }) => rule)));
  const courses = granted.flatMap(({ course }) => course ?? []);
  check('courses', expect.courses && set(expect.courses), set(courses));
  const values = granted.flatMap(({ value }) => value ?? []);
  check('values', expect.values && set(expect.values), set(values));
  check('pending', expect.pending && set(expect.pending), set(decision.pending.map((p) => p.rule)));
  check('award', expect.award, decision.award);
  for (const [rule, code] of Object.entries(expect.refused ?? {})) {
    const codes = reasonsFor(decision, rule);
    if (!codes.includes(code)) check(`refused ${rule}`, code, set(codes));
  }
  for (const [rule, grade] of Object.entries(expect.grades ?? {})) {
    const grades = granted.filter((grant) => grant.rule === rule).map((grant) => grant.grade);
    check(`grade ${rule}`, grade, set(grades.map((given) => given ?? 'none')));
  }
  for (const [id, short] of Object.entries(expect.requirements ?? {})) {
    const state = decision.requirements.find(({ requirement }) => requirement === id);
    check(`requirement ${id}`, short, state?.short ?? 'no such requirement');
  }
  for (const [id, wanted] of Object.entries(expect.missing ?? {})) {
    const missing = decision.missing.find(({ rule, requirement }) => (rule ?? requirement) === id);
    const actual = missing?.changes.map((change) => `${change.kind} ${change.wanted}`).join('; ');
    check(`missing ${id}`, wanted, actual ?? 'nothing');
  }
  return differences;
}

/** Reasons a rule was refused for. A rule that no outcome touches is refused as its condition is. */
function reasonsFor(decision: Decision, rule: string): string[] {
  const codes = decision.refused.filter((refused) => refused.rule === rule).map(({ code }) => code);
  const isTouched =
    codes.length > 0 ||
    [...decision.granted, ...decision.pending].some((other) => other.rule === rule);
  return isTouched ? codes : ['condition-false'];
}

function set(values: readonly string[]): string {
  return [...new Set(values)].sort(byCodeUnit).join(', ') || 'nothing';
}
