import {
  type CompiledRulebook,
  compileRulebook,
  type ConditionDocument,
  type HasDocument,
  type LearnerFacts,
  type OutcomeFact,
  type RulebookDocument,
} from '#libs/rules';
import { type Condition, type Leaf, type MadeLearner, type MadeRule, TODAY } from './workload.js';

/** The day of every evaluation, as rules and facts write it. */
export const ON = dayOf(TODAY);

const LEVELS = ['v1', 'v2', 'v3', 'v4', 'v5'];

/** The rules as one document of the service's own format, compiled as a published version is. */
export function compileWorkload(rules: readonly MadeRule[]): CompiledRulebook {
  const compiled = compileRulebook(documentOf(rules));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problem).slice(0, 500));
  return compiled.value;
}

function documentOf(rules: readonly MadeRule[]): RulebookDocument {
  const title = { zh: '测试', en: 'benchmark' };
  return {
    format: 'credit-bank-rulebook/1',
    id: 'benchmark',
    version: 1,
    title,
    basis: [{ text: 'made up' }],
    target: {
      programme: 'BENCHMARK',
      title,
      institution: 'school',
      total: '140',
      step: '0.5',
      review: 'none',
      categories: {},
    },
    inForce: { from: '2000-01-01', to: null, by: 'application' },
    scales: { percent: { numbers: { from: '0', to: '100' } }, level: { values: LEVELS } },
    rules: rules.map(({ id, from, to, when }) => ({
      id: `r${id}`,
      title,
      inForce: { from: dayOf(from), to: to === null ? null : dayOf(to - 1), by: 'application' },
      when: conditionOf(when),
      grants: [{ effect: 'right', value: `r${id}` }],
    })),
    examples: [{ name: 'nothing', on: ON, learner: { outcomes: [] }, expect: { credits: '0' } }],
  };
}

function conditionOf(condition: Condition): ConditionDocument {
  if (condition.op === 'leaf') return hasOf(condition.leaf);
  const of = condition.of.map(conditionOf);
  if (condition.op === 'at-least') return { atLeast: condition.needed, of };
  return condition.op === 'all' ? { all: of } : { any: of };
}

/** The other engines let one outcome serve two clauses, as lots do that only prove something. */
function hasOf({ codes, family, minGrade, minLevel, minDay }: Leaf): HasDocument {
  return {
    has: family === null ? codes : { category: family },
    evidenceOnly: true,
    ...(minGrade !== null && { grade: { scale: 'percent', atLeast: String(minGrade) } }),
    ...(minLevel !== null && { level: { scale: 'level', atLeast: `v${minLevel}` } }),
    ...(minDay !== null && { completed: { onOrAfter: dayOf(minDay) } }),
  };
}

/** What the service would know of a learner: texts, as they are stored. */
export function factsOfLearner(learner: MadeLearner): LearnerFacts {
  return {
    born: null,
    outcomes: learner.map(({ lot, code, family, grade, level, day }): OutcomeFact => ({
      lot,
      outcome: code,
      title: code,
      source: 'course',
      kind: 'course',
      category: family,
      issuer: 'school',
      grade: String(grade),
      gradeScale: 'percent',
      passGrade: '60',
      level: `v${level}`,
      levelScale: 'level',
      credits: '2',
      available: '2',
      hours: null,
      attendancePercent: null,
      completed: dayOf(day),
      deposited: dayOf(day),
      expiresOn: null,
      state: 'available',
      usedFor: [],
    })),
    findings: [],
    granted: [],
    enrolledIn: [],
  };
}

export function dayOf(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
