import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type CompiledRulebook, canonicalJson, isPublishable } from '#libs/rules';
import { Accounts, Persons } from '../access/index.js';
import { Institutions } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import type { RuleDraftDto, RuleDraftSummaryDto, RuleEventDto, RuleLintDto } from './drafts.dto.js';
import { DraftsStore } from './drafts.store.js';
import { DraftLint } from './draft-lint.js';
import { toFindingDto } from './readings.views.js';
import type { RuleDraft, RuleEvent } from './rule-draft.js';
import { exampleFaults } from './rule-publisher.js';

/** Drafts as the API shows them. Callers have checked access. */
@Injectable()
export class DraftViews {
  constructor(
    private readonly store: DraftsStore,
    private readonly lints: DraftLint,
    private readonly institutions: Institutions,
    private readonly persons: Persons,
    private readonly accounts: Accounts,
  ) {}

  async summaries(tx: EntityManager, drafts: readonly RuleDraft[]): Promise<RuleDraftSummaryDto[]> {
    const institutions = await this.institutions.list(tx);
    const codes = new Map(institutions.map(({ id, code }) => [id, code]));
    return drafts.map((draft) => toSummary(draft, codes.get(draft.institutionId) ?? ''));
  }

  async detail(
    tx: EntityManager,
    principal: Principal,
    draft: RuleDraft,
    compiled: CompiledRulebook,
  ): Promise<RuleDraftDto> {
    const [summary] = await this.summaries(tx, [draft]);
    const failing = new Set(exampleFaults(compiled).map(({ pointer }) => pointer));
    const { examples } = compiled.rulebook;
    const authors = await this.store.authorsOf(tx, draft.id);
    const events = await this.store.listEvents(tx, draft);
    const names = await this.accounts.namesOf(
      tx,
      events.map(({ actor }) => actor.id),
    );
    return {
      ...(summary as RuleDraftSummaryDto),
      source: draft.source,
      document: JSON.parse(canonicalJson(compiled.rulebook)) as object,
      examples: examples.map(({ name }, index) => ({
        name,
        holds: !failing.has(`/examples/${index}`),
      })),
      isAuthor: await this.persons.isAmong(tx, principal, authors),
      history: events.map((event) => toEventDto(event, names.get(event.actor.id) ?? null)),
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

function toEventDto(event: RuleEvent, byName: string | null): RuleEventDto {
  return {
    action: event.action,
    stateBefore: event.stateBefore,
    stateAfter: event.stateAfter,
    hashBefore: event.hashBefore,
    hashAfter: event.hashAfter,
    effectiveOn: event.effectiveOn,
    by: event.actor.id,
    byName,
    byInstitution: event.actor.institutionId,
    note: event.note,
    at: event.recordedAt.toISOString(),
  };
}
