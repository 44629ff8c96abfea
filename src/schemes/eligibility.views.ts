import type { DecisionNames } from '#libs/rules';
import type { DecisionDto } from '../conversions/index.js';
import { toDecisionDto } from '../conversions/index.js';
import { type CheckedLot, entryId } from '../ledger/index.js';
import type { HeldOutcome } from '../outcomes/index.js';
import { type Exclusion, STATUS_TEXTS, isEntitling } from './eligibility.js';
import type {
  CandidacyDto,
  EligibilityClauseDto,
  EligibilityDto,
  EvidenceDto,
  ExcludedDto,
  ScoreDto,
} from './eligibility.dto.js';
import { type Judged, lotsBehind } from './judge.js';
import type { Candidacy, Place, Scheme } from './scheme.js';
import type { Score } from './score.js';
import { type Institutions, toInstitutionDto, toPlaceDto } from './schemes.views.js';

/** What is known of the entries behind an outcome. */
export interface Footing {
  readonly lot: CheckedLot;
  readonly log: 'in-log' | 'log-waiting' | 'not-in-log';
}

export interface EligibilityParts {
  readonly scheme: Scheme;
  readonly learnerId: string;
  readonly judged: Judged;
  readonly on: string;
  /** By id of the lot; outcomes that were registered without credit have none. */
  readonly footings: ReadonlyMap<string, Footing>;
  readonly institutions: Institutions;
  readonly candidacy: CandidacyDto | null;
  /** What a decision names by code. */
  readonly names: DecisionNames;
}

const EXCLUSION_TEXTS: Readonly<Record<Exclusion, EligibilityDto['text']>> = {
  'after-cut-off': {
    zh: '完成日期在成果截止日期之后，不作依据',
    en: 'Completed after the last day of evidence, so it does not count',
  },
  'date-too-vague': {
    zh: '只知道年或年月，不能确定在成果截止日期之前，请登记机构补充日期',
    en: 'Known to the month or year only, so it may lie after the last day of evidence; ask its school for the day',
  },
};

export function toEligibilityDto(parts: EligibilityParts): EligibilityDto {
  const { scheme, judged, learnerId, on, candidacy } = parts;
  const { decision, outcomes } = judged;
  const described = toDecisionDto(decision, outcomes, parts.names);
  return {
    scheme: scheme.code,
    schemeTitle: scheme.title,
    learnerId,
    status: judged.status,
    text: STATUS_TEXTS[judged.status],
    on,
    evidenceUntil: scheme.evidenceUntil,
    rulebook: { ...decision.rulebook },
    engine: decision.engine,
    decisionHash: judged.decisionHash,
    clauses: clausesOf(described, scheme.rules),
    evidence: lotsBehind(judged).flatMap((lot) => evidence(lot, parts)),
    excluded: excludedOf(judged),
    score: judged.parts && toScoreDto(judged.parts),
    missing: described.missing.filter(({ rule }) => rule !== null),
    candidacy,
  };
}

function clausesOf(decision: DecisionDto, rules: readonly string[]): EligibilityClauseDto[] {
  const parts = [
    ...decision.granted.map((one) => ({
      ...one,
      verdict: 'granted' as const,
      code: one.effect as string,
    })),
    ...decision.refused.map((one) => ({ ...one, verdict: 'refused' as const, value: null })),
    ...decision.pending.map((one) => ({
      ...one,
      verdict: 'pending' as const,
      code: one.waitsFor[0]?.what ?? 'finding',
      value: null,
    })),
  ];
  return parts.map(({ verdict, rule, ruleTitle, basis, code, value, lots, text }) => ({
    verdict,
    rule,
    title: ruleTitle,
    basis,
    code,
    value,
    isEntitling: isEntitling(rules, rule),
    evidence: [...lots],
    text,
  }));
}

function evidence(
  lot: string,
  { judged, footings, institutions }: EligibilityParts,
): EvidenceDto[] {
  const held = judged.outcomes.find(({ outcome }) => outcome.lotId === lot);
  if (!held) return [];
  const { outcome, definition } = held;
  const footing = footings.get(lot);
  const entries = (footing?.lot.entries ?? []).map(entryId);
  const [first] = entries;
  return [
    {
      id: lot,
      code: definition.code,
      title: definition.title,
      institution: toInstitutionDto(outcome.institutionId, institutions),
      completedOn: outcome.completedOn,
      grade: outcome.grade,
      level: outcome.level,
      entries,
      log: footing?.log ?? 'no-entry',
      proof: first === undefined ? null : `/v1/entries/${first}/proof`,
      receipt: first === undefined ? null : `/v1/entries/${first}/receipt`,
    },
  ];
}

function excludedOf({ excluded, outcomes }: Judged): ExcludedDto[] {
  const byLot = new Map(outcomes.map((held): [string, HeldOutcome] => [held.outcome.lotId, held]));
  return excluded.flatMap(({ lot, why }) => {
    const held = byLot.get(lot);
    if (!held || held.state === 'revoked') return [];
    const { definition, outcome } = held;
    const { completedOn } = outcome;
    return [
      { id: lot, title: definition.title, completedOn, code: why, text: EXCLUSION_TEXTS[why] },
    ];
  });
}

function toScoreDto({ parts, total }: Score): ScoreDto {
  return {
    parts: parts.map(({ part, score, rule, lot }) => ({
      part: part.id,
      title: part.title,
      score,
      max: part.max,
      rule,
      outcome: lot,
    })),
    total,
  };
}

export function toCandidacyDto(
  candidacy: Candidacy,
  { scheme, place, institutions }: { scheme: Scheme; place: Place; institutions: Institutions },
): CandidacyDto {
  return {
    id: candidacy.id,
    scheme: scheme.code,
    place: toPlaceDto(place, institutions),
    state: candidacy.state,
    reason: candidacy.reason,
    appliedAt: candidacy.createdAt.toISOString(),
    changedAt: candidacy.changedAt.toISOString(),
    rulesThen: [...candidacy.rules],
  };
}
