import {
  type CompiledRulebook,
  compileRulebook,
  evaluate,
  type Decision,
  type ExampleDocument,
  type ExampleLearnerDocument,
  type ExampleOutcomeDocument,
  factsOf,
  type LearnerFacts,
  type RulebookDocument,
} from '../src/index.js';

const text = (name: string): { zh: string; en: string } => ({ zh: name, en: name });

const EXAMPLE: ExampleDocument = {
  name: 'nothing gives nothing',
  on: '2026-10-01',
  learner: { outcomes: [] },
  expect: { credits: '0' },
};

/** A small programme of 40 credits: three courses, one pool, and whatever a test adds. */
export function sample(change: Partial<RulebookDocument> = {}): RulebookDocument {
  return {
    format: 'credit-bank-rulebook/1',
    id: 'sample',
    version: 1,
    title: text('sample'),
    basis: [{ text: 'test' }],
    target: {
      programme: 'SAMPLE',
      title: text('sample'),
      institution: 'school',
      total: '40',
      step: '0.5',
      review: 'none',
      categories: { basic: '10', core: '20', free: '10' },
      courses: [
        { code: 'B2', title: text('basic 2'), credits: '2', category: 'basic' },
        { code: 'C3', title: text('core 3'), credits: '3', category: 'core' },
        { code: 'C4', title: text('core 4'), credits: '4', category: 'core' },
      ],
      electives: [{ code: 'pool', title: text('pool'), category: 'free' }],
    },
    inForce: { from: '2026-01-01', to: null, by: 'application' },
    scales: {
      percent: { numbers: { from: '0', to: '100' } },
      german: { numbers: { from: '5', to: '1' } },
      five: { values: ['F', ['P', 'pass'], 'M', 'G', 'E'] },
      level: { values: ['low', 'mid', 'high'] },
    },
    maps: [
      { from: 'five', to: 'percent', values: { F: '55', P: '65', M: '75', G: '85', E: '95' } },
    ],
    ratios: {
      sum: { hours: '16', credits: '1', round: { to: '0.5', mode: 'down', at: 'sum' } },
      lot: { hours: '16', credits: '1', round: { to: '0.5', mode: 'down', at: 'each-lot' } },
    },
    rules: [rule('b2', { has: 'X' }, [{ course: 'B2' }])],
    examples: [EXAMPLE],
    ...change,
  };
}

type RuleDocument = NonNullable<RulebookDocument['rules']>[number];

export function rule(
  id: string,
  when: RuleDocument['when'],
  grants: RuleDocument['grants'],
  rest: Partial<RuleDocument> = {},
): RuleDocument {
  return { id, title: text(id), when, grants, ...rest };
}

/** Compiles a document that is meant to be right. */
export function compiled(document: RulebookDocument): CompiledRulebook {
  const result = compileRulebook(document);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

export function learner(
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Partial<ExampleLearnerDocument> = {},
): LearnerFacts {
  return factsOf({ ...EXAMPLE, learner: { outcomes, ...rest } });
}

export function decide(
  document: RulebookDocument,
  facts: LearnerFacts,
  on = '2026-10-01',
): Decision {
  return evaluate(compiled(document), facts, on);
}

/** A decision in one line: what was granted for how much, then what was refused or waits and why. */
export function line(decision: Decision): string {
  const granted = decision.granted.map(
    ({ rule, course, elective, credits, value }) =>
      `${rule}:${course ?? elective ?? value ?? '-'}=${credits}`,
  );
  const refused = decision.refused.map(
    ({ rule, lots, code }) => `${rule}(${lots.join(' ')}) ${code}`,
  );
  const pending = decision.pending.map(
    ({ rule, lots, waitsFor }) =>
      `${rule}(${lots.join(' ')}) waits ${waitsFor.map(({ what }) => what).join(' ')}`,
  );
  return [...granted, ...refused, ...pending].join(', ');
}

/** Reads a text table: columns split by two or more spaces, the first line names them. */
export function table(source: string): Record<string, string>[] {
  const [head = '', ...rows] = source
    .split('\n')
    .map((row) => row.trim())
    .filter((row) => row !== '');
  const names = head.split(/\s{2,}/);
  return rows.map((row) => {
    const cells = row.split(/\s{2,}/);
    const entries = names.map((name, index) => [name, cells[index] ?? ''] as const);
    return Object.fromEntries(entries.filter(([, cell]) => cell !== '' && cell !== '-'));
  });
}

/** The faults of a document that does not compile: code, place and, of circles, who is in it. */
export function faults(change: Partial<RulebookDocument>): string[] {
  const result = compileRulebook(sample(change));
  if (result.ok) return [];
  return (result.problem.faults ?? []).map(({ code, pointer, params = {} }) => {
    const { circle } = params;
    return `${code} ${pointer}${circle === undefined ? '' : ` ${circle}`}`;
  });
}

/** What the sample programme decides, in a line. */
export function said(
  change: Partial<RulebookDocument>,
  outcomes: readonly ExampleOutcomeDocument[],
  rest: Partial<ExampleLearnerDocument> = {},
): string {
  return line(decide(sample(change), learner(outcomes, rest)));
}

/** An outcome of four credits whose lot is its code in small letters. */
export function lot(
  outcome: string,
  rest: Partial<ExampleOutcomeDocument> = {},
): ExampleOutcomeDocument {
  return { lot: outcome.toLowerCase(), outcome, credits: '4', ...rest };
}
