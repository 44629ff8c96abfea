import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { say } from '../support/progress.js';
import {
  type Condition,
  isLive,
  type Leaf,
  type MadeLearner,
  type MadeOutcome,
} from './workload.js';
import type { Workload } from './workload.js';

/** Engines this product does not use; they are installed only to be measured against. */
const PACKAGES = { 'json-rules-engine': '7.3.1', '@gorules/zen-engine': '0.54.0' } as const;

/** Ids of the rules that a learner matches, ascending. Learners are numbers from 0. */
export type Matcher = (learner: number) => Promise<number[]>;

/** Engines that were given the rules, and learners whose outcomes are indexed already. */
export interface Neighbours {
  readonly jsonRulesEngine: (workload: Workload) => Matcher;
  readonly zen: (workload: Workload) => Matcher;
}

/** Installs the neighbours at their versions, once; undefined when that fails (no network). */
export async function openNeighbours(): Promise<Neighbours | undefined> {
  const folder = join(process.cwd(), 'node_modules', '.cache', 'creditbank-bench', 'rules');
  try {
    const load = await install(folder);
    return {
      jsonRulesEngine: (workload) => jsonRulesEngine(load('json-rules-engine'), workload),
      zen: (workload) => zen(load('@gorules/zen-engine'), workload),
    };
  } catch (error) {
    say(`the other rule engines could not be installed: ${String(error).slice(0, 200)}`);
    return undefined;
  }
}

async function install(folder: string): Promise<(name: string) => unknown> {
  const require = createRequire(join(folder, 'package.json'));
  const wanted = Object.entries(PACKAGES);
  const isThere = wanted.every(([name]) => existsSync(join(folder, 'node_modules', name)));
  if (!isThere) {
    say(`installing ${Object.keys(PACKAGES).join(' and ')} into ${folder}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const names = wanted.map(([name, version]) => `${name}@${version}`);
    const flags = ['--no-audit', '--no-fund', '--save-exact', '--ignore-scripts'];
    await promisify(execFile)('npm', ['install', '--prefix', folder, ...flags, ...names], {
      timeout: 180_000,
    });
  }
  for (const [name] of wanted) require(name);
  return require;
}

/** Outcomes by code and by family: the encoding that is kindest to both engines. */
function heldBy(learner: MadeLearner): Map<string, MadeOutcome[]> {
  const held = new Map<string, MadeOutcome[]>();
  for (const outcome of learner) {
    for (const key of [outcome.code, outcome.family]) {
      const known = held.get(key);
      if (known) known.push(outcome);
      else held.set(key, [outcome]);
    }
  }
  return held;
}

function keysOf({ codes, family }: Leaf): readonly string[] {
  return family === null ? codes : [family];
}

function isHeld(held: ReadonlyMap<string, MadeOutcome[]>, leaf: Leaf): boolean {
  for (const key of keysOf(leaf)) {
    for (const { grade, level, day } of held.get(key) ?? []) {
      const isEnough =
        grade >= (leaf.minGrade ?? 0) && level >= (leaf.minLevel ?? 0) && day >= (leaf.minDay ?? 0);
      if (isEnough) return true;
    }
  }
  return false;
}

interface JsonRulesModule {
  readonly Engine: new (rules: [], options: object) => JsonRulesEngine;
}

interface JsonRulesEngine {
  addOperator(
    name: string,
    test: (held: ReadonlyMap<string, MadeOutcome[]>, wanted: never) => boolean,
  ): void;
  addRule(rule: object): void;
  run(facts: object): Promise<{ events: { params: { id: number } }[] }>;
}

/** One operator of its own for each leaf, over outcomes that are indexed already. */
function jsonRulesEngine(module: unknown, { rules, learners }: Workload): Matcher {
  const engine = new (module as JsonRulesModule).Engine([], { allowUndefinedFacts: true });
  engine.addOperator('held', (held, leaf: Leaf) => isHeld(held, leaf));
  engine.addOperator('heldAtLeast', (held, { needed, of }: { needed: number; of: Leaf[] }) => {
    let count = 0;
    return of.some((leaf) => isHeld(held, leaf) && (count += 1) === needed);
  });
  for (const rule of rules.filter(isLive)) {
    const conditions = jsonCondition(rule.when);
    const isGroup = 'all' in conditions || 'any' in conditions;
    engine.addRule({
      conditions: isGroup ? conditions : { all: [conditions] },
      event: { type: 'matched', params: { id: rule.id } },
    });
  }
  const facts = learners.map((learner) => ({ held: heldBy(learner) }));
  return async (learner) => {
    const { events } = await engine.run(facts[learner] ?? {});
    return events.map(({ params }) => params.id).sort((a, b) => a - b);
  };
}

function jsonCondition(condition: Condition): object {
  switch (condition.op) {
    case 'leaf':
      return { fact: 'held', operator: 'held', value: condition.leaf };
    case 'all':
      return { all: condition.of.map(jsonCondition) };
    case 'any':
      return { any: condition.of.map(jsonCondition) };
    case 'at-least': {
      // It has no "n of m". The workload has only leaves below one.
      const of = condition.of.flatMap((child) => (child.op === 'leaf' ? [child.leaf] : []));
      return { fact: 'held', operator: 'heldAtLeast', value: { needed: condition.needed, of } };
    }
  }
}

interface ZenModule {
  readonly ZenEngine: new () => {
    createDecision(content: object): { evaluate(context: object): Promise<{ result: unknown }> };
  };
}

/** One decision table that collects, one row a rule. */
function zen(module: unknown, { rules, learners }: Workload): Matcher {
  const place = { position: { x: 0, y: 0 } };
  const table = {
    hitPolicy: 'collect',
    inputs: [{ id: 'c', name: 'c', field: '' }],
    outputs: [{ id: 'o', name: 'o', field: 'id' }],
    rules: rules.filter(isLive).map(({ id, when }) => ({
      _id: `r${id}`,
      c: zenExpression(when),
      o: String(id),
    })),
  };
  const decision = new (module as ZenModule).ZenEngine().createDecision({
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', ...place },
      { id: 't', type: 'decisionTableNode', name: 't', ...place, content: table },
      { id: 'out', type: 'outputNode', name: 'out', ...place },
    ],
    edges: [
      { id: 'e1', sourceId: 'in', targetId: 't', type: 'edge' },
      { id: 'e2', sourceId: 't', targetId: 'out', type: 'edge' },
    ],
  });
  const contexts = learners.map((learner) => ({ held: Object.fromEntries(heldBy(learner)) }));
  return async (learner) => {
    const { result } = await decision.evaluate(contexts[learner] ?? {});
    const rows = Array.isArray(result) ? (result as { id: number }[]) : [];
    return rows.map(({ id }) => id).sort((a, b) => a - b);
  };
}

function zenExpression(condition: Condition): string {
  switch (condition.op) {
    case 'leaf':
      return zenLeaf(condition.leaf);
    case 'all':
      return `(${condition.of.map(zenExpression).join(' and ')})`;
    case 'any':
      return `(${condition.of.map(zenExpression).join(' or ')})`;
    case 'at-least': {
      const list = condition.of.map(zenExpression).join(', ');
      return `(count([${list}], # == true) >= ${condition.needed})`;
    }
  }
}

function zenLeaf(leaf: Leaf): string {
  const tests = [
    ...(leaf.minGrade === null ? [] : [`#.grade >= ${leaf.minGrade}`]),
    ...(leaf.minLevel === null ? [] : [`#.level >= ${leaf.minLevel}`]),
    ...(leaf.minDay === null ? [] : [`#.day >= ${leaf.minDay}`]),
  ];
  const test = tests.join(' and ') || 'true';
  const some = keysOf(leaf).map((key) => `some(held.${key} ?? [], ${test})`);
  return `(${some.join(' or ')})`;
}
