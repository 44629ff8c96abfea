import { oneLevelOfATree } from './kinds/one-level-of-a-tree.js';
import { pointsAndThresholds } from './kinds/points-and-thresholds.js';
import { reviewPanel } from './kinds/review-panel.js';
import { stagedPathway } from './kinds/staged-pathway.js';
import { scoreParts } from './kinds/score-parts.js';
import { statusTransitions } from './kinds/status-transitions.js';
import { validityAndBatch } from './kinds/validity-and-batch.js';
import { weightedCount } from './kinds/weighted-count.js';
import type { JsonSchema, SchemeKind } from './scheme.js';

/** Every kind of scheme. A new one is one file in `kinds/` and one line here. */
export const SCHEME_KINDS: readonly SchemeKind[] = [
  oneLevelOfATree,
  pointsAndThresholds,
  reviewPanel,
  stagedPathway,
  scoreParts,
  statusTransitions,
  validityAndBatch,
  weightedCount,
];

export function kindOf(name: string): SchemeKind | undefined {
  return SCHEME_KINDS.find(({ kind }) => kind === name);
}

/** The JSON Schema of all kinds, as it is published in `rulebooks/schema/scheme-1.schema.json`. */
export function schemeSchema(): JsonSchema {
  const unknown: JsonSchema = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: SCHEME_KINDS.map(({ kind }) => kind) } },
  };
  const chain = SCHEME_KINDS.reduceRight<JsonSchema>(
    (rest, { kind }) => ({
      if: { type: 'object', required: ['kind'], properties: { kind: { const: kind } } },
      // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema, never awaited
      then: { $ref: `#/$defs/${kind}` },
      else: rest,
    }),
    unknown,
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://skills-credit-bank.example/schema/scheme-1.schema.json',
    title: 'Scheme of a skills credit bank, format credit-bank-scheme/1',
    description: 'Rules that convert nothing: see rulebooks/README.md.',
    type: 'object',
    ...chain,
    $defs: Object.fromEntries(SCHEME_KINDS.map(({ kind, schema }) => [kind, schema])),
  };
}
