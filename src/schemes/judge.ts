import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type CompiledRulebook,
  type Decision,
  type LearnerFacts,
  canonicalJson,
  evaluate,
  sha256Hex,
} from '#libs/rules';
import { FactsReader, type KnownFacts } from '../conversions/index.js';
import type { HeldOutcome } from '../outcomes/index.js';
import { Rulebook } from '../rulebook/index.js';
import {
  type EligibilityStatus,
  type Excluded,
  evidenceOf,
  factsUntil,
  statusOf,
} from './eligibility.js';
import type { Scheme } from './scheme.js';
import { type Score, bestScore, scoreOf } from './score.js';

/** What the rules of a scheme say of one learner. */
export interface Judged {
  /** Without what is no evidence under the scheme. */
  readonly facts: LearnerFacts;
  readonly excluded: readonly Excluded[];
  readonly outcomes: readonly HeldOutcome[];
  readonly decision: Decision;
  readonly decisionHash: string;
  readonly status: EligibilityStatus;
  /** Part by part; null where the scheme adds up no parts. */
  readonly parts: Score | null;
  /** A decimal by which candidates can be compared; null where nothing gives one. */
  readonly score: string | null;
}

/** Judges learners by the version of the rules that a scheme has pinned. Reads only. */
@Injectable()
export class Judge {
  constructor(
    private readonly reader: FactsReader,
    private readonly rulebook: Rulebook,
  ) {}

  rulesOf(tx: EntityManager, scheme: Scheme): Promise<CompiledRulebook> {
    return this.rulebook.compiledByHash(tx, scheme.ruleHash);
  }

  /** @param on the day for which the rules are read, `yyyy-mm-dd` */
  async one(tx: EntityManager, scheme: Scheme, learnerId: string, on: string): Promise<Judged> {
    return (await this.many(tx, scheme, [learnerId], { on })).get(learnerId) as Judged;
  }

  /**
   * @param how.compiled other rules than the scheme's own, to compare with
   * @returns everybody who is asked for
   */
  async many(
    tx: EntityManager,
    scheme: Scheme,
    learnerIds: readonly string[],
    { on, compiled }: { on: string; compiled?: CompiledRulebook },
  ): Promise<Map<string, Judged>> {
    if (learnerIds.length === 0) return new Map();
    const rules = compiled ?? (await this.rulesOf(tx, scheme));
    const question = { learnerIds, compiled: rules, applicationId: null, on };
    const known = await this.reader.read(tx, question);
    return new Map(
      learnerIds.map((id) => [id, judged(scheme, rules, known.get(id) as KnownFacts, on)]),
    );
  }
}

/** Every lot that what the rules grant, or a part of the score, rests on, each once. */
export function lotsBehind({ decision, parts }: Pick<Judged, 'decision' | 'parts'>): string[] {
  const scored = (parts?.parts ?? []).flatMap(({ lot }) => lot ?? []);
  return [...new Set([...evidenceOf(decision), ...scored])];
}

function judged(scheme: Scheme, rules: CompiledRulebook, known: KnownFacts, on: string): Judged {
  const { facts, excluded } = factsUntil(known.facts, scheme.evidenceUntil);
  const decision = evaluate(rules, facts, on);
  const parts = scheme.scoring && scoreOf(scheme.scoring, decision, facts);
  return {
    facts,
    excluded,
    outcomes: known.outcomes,
    decision,
    decisionHash: sha256Hex(canonicalJson(decision)),
    status: statusOf(decision, scheme.rules),
    parts,
    score: parts ? parts.total : bestScore(decision),
  };
}
