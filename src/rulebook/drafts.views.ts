import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, canonicalJson, describeFinding, isPublishable } from '#libs/rules';
import { Institutions } from '../institutions/index.js';
import type {
  RuleDraftDto,
  RuleDraftSummaryDto,
  RuleEventDto,
  RuleFindingDto,
  RuleLintDto,
} from './drafts.dto.js';
import { DraftsStore } from './drafts.store.js';
import { DraftLint, type DraftFinding } from './draft-lint.js';
import type { RuleDraft, RuleEvent } from './rule-draft.js';
import { exampleFaults } from './rule-publisher.js';

/** Drafts as the API shows them. Callers have checked access. */
@Injectable()
export class DraftViews {
  constructor(
    private readonly store: DraftsStore,
    private readonly lints: DraftLint,
    private readonly institutions: Institutions,
  ) {}

  async summaries(tx: EntityManager, drafts: readonly RuleDraft[]): Promise<RuleDraftSummaryDto[]> {
    const institutions = await this.institutions.list(tx);
    const codes = new Map(institutions.map(({ id, code }) => [id, code]));
    return drafts.map((draft) => toSummary(draft, codes.get(draft.institutionId) ?? ''));
  }

  async detail(
    tx: EntityManager,
    draft: RuleDraft,
    compiled: CompiledRulebook,
  ): Promise<RuleDraftDto> {
    const [summary] = await this.summaries(tx, [draft]);
    const failing = new Set(exampleFaults(compiled).map(({ pointer }) => pointer));
    const { examples } = compiled.rulebook;
    return {
      ...(summary as RuleDraftSummaryDto),
      source: draft.source,
      document: JSON.parse(canonicalJson(compiled.rulebook)) as object,
      examples: examples.map(({ name }, index) => ({
        name,
        holds: !failing.has(`/examples/${index}`),
      })),
      history: (await this.store.listEvents(tx, draft)).map(toEventDto),
    };
  }

  async lint(
    tx: EntityManager,
    draft: RuleDraft,
    compiled: CompiledRulebook,
  ): Promise<RuleLintDto> {
    const findings = await this.lints.findings(tx, compiled, draft.source);
    return {
      hash: draft.hash,
      isPublishable: isPublishable(findings),
      findings: findings.map(toFindingDto),
    };
  }
}

function toSummary(draft: RuleDraft, institution: string): RuleDraftSummaryDto {
  return {
    id: draft.id,
    rule: draft.regulationId,
    version: draft.version,
    title: draft.title,
    programme: draft.programme,
    institution,
    state: draft.state,
    hash: draft.hash,
    inForceFrom: draft.inForceFrom,
    inForceTo: draft.inForceTo,
    createdAt: draft.createdAt.toISOString(),
    changedAt: draft.changedAt.toISOString(),
  };
}

function toEventDto(event: RuleEvent): RuleEventDto {
  return {
    action: event.action,
    stateBefore: event.stateBefore,
    stateAfter: event.stateAfter,
    hashBefore: event.hashBefore,
    hashAfter: event.hashAfter,
    effectiveOn: event.effectiveOn,
    by: event.actor.id,
    byInstitution: event.actor.institutionId,
    note: event.note,
    at: event.recordedAt.toISOString(),
  };
}

function toFindingDto({ code, params, severity, path, line }: DraftFinding): RuleFindingDto {
  const [zh, en] = (['zh', 'en'] as const).map((language) =>
    describeFinding({ code, params }, language),
  ) as [ReturnType<typeof describeFinding>, ReturnType<typeof describeFinding>];
  return {
    severity,
    code,
    pointer: path,
    line,
    title: { zh: zh.title, en: en.title },
    change: { zh: zh.change, en: en.change },
  };
}
