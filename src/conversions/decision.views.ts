import type { Text } from '#libs/problems';
import { type Decision, type DecisionNames, type ReasonNode, narrate, scopeOf } from '#libs/rules';
import type { HeldOutcome } from '../outcomes/index.js';
import type { DecisionDto, ReasonNodeDto } from './decision.dto.js';

/** What a decision calls by the id of a lot, and a person by its title. */
export interface NamedLot {
  readonly outcome: Pick<HeldOutcome['outcome'], 'lotId'>;
  readonly definition: Pick<HeldOutcome['definition'], 'title'>;
}

/** A decision with its reasons in words; the learner's outcomes are called by their titles. */
export function toDecisionDto(
  decision: Decision,
  outcomes: readonly NamedLot[],
  names: DecisionNames,
): DecisionDto {
  const words = narrate(decision, names);
  const named = (texts: readonly Text[], index: number): Text =>
    withTitles(texts[index] as Text, outcomes);
  return {
    ...decision,
    scope: scopeOf(decision),
    granted: decision.granted.map((grant, i) => ({
      ...grant,
      uses: [...grant.uses],
      lots: [...grant.lots],
      sources: [...grant.sources],
      issuers: [...grant.issuers],
      text: named(words.granted, i),
    })),
    refused: decision.refused.map((refused, i) => ({
      ...refused,
      lots: [...refused.lots],
      targets: [...refused.targets],
      text: named(words.refused, i),
    })),
    pending: decision.pending.map((pending, i) => ({
      ...pending,
      lots: [...pending.lots],
      targets: [...pending.targets],
      waitsFor: [...pending.waitsFor],
      text: named(words.pending, i),
    })),
    caps: decision.caps.map((cap) => ({ ...cap, rules: [...cap.rules] })),
    requirements: decision.requirements.map((requirement, i) => ({
      ...requirement,
      text: named(words.requirements, i),
    })),
    reasons: decision.reasons.map(toReasonNodeDto),
    missing: decision.missing.map((missing, i) => ({
      ...missing,
      changes: missing.changes.map((change) => ({ ...change, outcomes: [...change.outcomes] })),
      text: named(words.missing, i),
    })),
  };
}

function toReasonNodeDto(node: ReasonNode): ReasonNodeDto {
  return { ...node, children: node.children.map(toReasonNodeDto) };
}

/** A person knows an outcome by its title, not by the id of its lot. */
function withTitles(text: Text, outcomes: readonly NamedLot[]): Text {
  return outcomes.reduce(
    ({ en, zh }, { outcome, definition }) => ({
      en: en.replaceAll(outcome.lotId, definition.title.en),
      zh: zh.replaceAll(outcome.lotId, definition.title.zh),
    }),
    text,
  );
}
