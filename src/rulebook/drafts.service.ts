import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CompiledRulebook } from '#libs/rules';
import type { Institution } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import {
  encodeCursor,
  idCursor,
  notFound,
  orThrow,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { DraftLint } from './draft-lint.js';
import { DraftAccess } from './draft-access.js';
import type { RuleDraftDto, RuleDraftPageDto, RuleDraftsQuery, RuleLintDto } from './drafts.dto.js';
import { DraftsStore } from './drafts.store.js';
import { DraftViews } from './drafts.views.js';
import { DocumentReader } from './read-document.js';
import { type DraftAction, type RuleDraft, nextDraftState } from './rule-draft.js';
import { RuleHistory } from './rule-history.js';
import { assertExamplesHold, RulePublisher } from './rule-publisher.js';

/** What a step did besides leading to the next state. */
export interface StepDetail {
  readonly hashBefore?: string;
  readonly source?: string;
  readonly effectiveOn?: string;
  readonly note?: string | null;
}

/** Rule documents before their publication: written, read, checked and handed on. */
@Injectable()
export class RuleDrafts {
  constructor(
    private readonly database: Database,
    private readonly store: DraftsStore,
    private readonly access: DraftAccess,
    private readonly reader: DocumentReader,
    private readonly publisher: RulePublisher,
    private readonly views: DraftViews,
    private readonly lints: DraftLint,
    private readonly steps: RuleHistory,
  ) {}

  /** Refuses a document with faults, and one for a programme that is not the principal's business. */
  create(principal: Principal, text: string): Promise<RuleDraftDto> {
    const compiled = orThrow(this.reader.read(text));
    return this.database.transaction(async (tx) => {
      const owner = await this.#ownerFor(tx, principal, compiled);
      const draft = await this.store.insert(tx, {
        id: newId(),
        institutionId: owner.id,
        ...textOf(compiled, text),
      });
      await this.steps.add(tx, principal, draft.institutionId, {
        draftId: draft.id,
        regulationId: draft.regulationId,
        version: draft.version,
        action: 'create',
        stateBefore: null,
        stateAfter: draft.state,
        hashBefore: null,
        hashAfter: draft.hash,
        source: text,
        effectiveOn: null,
        note: null,
      });
      return this.views.detail(tx, principal, draft, compiled);
    });
  }

  /** Writes another text into a draft, or into one that was rejected. */
  replace(principal: Principal, id: string, text: string): Promise<RuleDraftDto> {
    const compiled = orThrow(this.reader.read(text));
    return this.database.transaction(async (tx) => {
      const draft = await this.locked(tx, principal, id);
      const owner = await this.#ownerFor(tx, principal, compiled);
      const next = textOf(compiled, text);
      if (next.regulationId !== draft.regulationId || owner.id !== draft.institutionId) {
        throw refusal('rule-draft-id-changed', { rule: draft.regulationId });
      }
      const after = { ...draft, ...next };
      await this.store.replace(tx, id, next);
      await this.step(tx, after, 'replace', principal, { hashBefore: draft.hash, source: text });
      return this.show(principal, id, tx);
    });
  }

  show(principal: Principal, id: string, tx?: EntityManager): Promise<RuleDraftDto> {
    const read = async (reading: EntityManager): Promise<RuleDraftDto> => {
      const draft = await this.readable(reading, principal, id);
      return this.views.detail(reading, principal, draft, this.compile(draft));
    };
    return tx ? read(tx) : this.database.read(read);
  }

  /** Drafts of the principal's institution, or for an authority all of them; newest first. */
  list(principal: Principal, query: RuleDraftsQuery): Promise<RuleDraftPageDto> {
    const after = idCursor(query.after);
    return this.database.read(async (tx) => {
      const reach = await this.access.reachOf(tx, principal);
      if (!('isOverseer' in reach) && reach.institutionId === null) throw notFound();
      const rows = await this.store.list(tx, {
        institutionId: 'isOverseer' in reach ? null : reach.institutionId,
        state: query.state ?? null,
        after,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.id));
      return { items: await this.views.summaries(tx, page.items), next: page.next };
    });
  }

  /** What is wrong or doubtful about a draft. */
  lint(principal: Principal, id: string): Promise<RuleLintDto> {
    return this.database.read(async (tx) => {
      const draft = await this.readable(tx, principal, id);
      return this.views.lint(tx, draft, this.compile(draft));
    });
  }

  /** Hands a draft to a second person. Refuses one whose worked examples come out differently. */
  submit(principal: Principal, id: string): Promise<RuleDraftDto> {
    return this.database.transaction(async (tx) => {
      const draft = await this.locked(tx, principal, id);
      assertMay(draft, 'submit');
      const compiled = this.compile(draft);
      assertExamplesHold(compiled);
      await this.lints.assertPublishable(tx, compiled, draft.source);
      await this.step(tx, draft, 'submit', principal);
      return this.show(principal, id, tx);
    });
  }

  /** The draft, when the principal may know of it; otherwise as if there were none. */
  async readable(tx: EntityManager, principal: Principal, id: string): Promise<RuleDraft> {
    return this.#reachable(tx, principal, isUuid(id) ? await this.store.find(tx, id) : undefined);
  }

  /** As {@link readable}, locked until the transaction ends. */
  async locked(tx: EntityManager, principal: Principal, id: string): Promise<RuleDraft> {
    const draft = isUuid(id) ? await this.store.findLocked(tx, id) : undefined;
    return this.#reachable(tx, principal, draft);
  }

  /** The document of a draft, made ready. Refuses when this software reads it differently. */
  compile({ source, hash }: Pick<RuleDraft, 'source' | 'hash'>): CompiledRulebook {
    const compiled = orThrow(this.reader.read(source));
    if (compiled.hash !== hash) throw refusal('rule-draft-outdated', { hash: compiled.hash });
    return compiled;
  }

  /** Moves a locked draft along and writes who did it; refuses what its state forbids. */
  async step(
    tx: EntityManager,
    draft: RuleDraft,
    action: DraftAction,
    principal: Principal,
    detail: StepDetail = {},
  ): Promise<void> {
    const stateAfter = assertMay(draft, action);
    await this.store.setState(tx, draft.id, stateAfter);
    await this.steps.add(tx, principal, draft.institutionId, {
      draftId: draft.id,
      regulationId: draft.regulationId,
      version: draft.version,
      action,
      stateBefore: draft.state,
      stateAfter,
      hashBefore: detail.hashBefore ?? draft.hash,
      hashAfter: draft.hash,
      source: detail.source ?? null,
      effectiveOn: detail.effectiveOn ?? null,
      note: detail.note ?? null,
    });
  }

  async #reachable(
    tx: EntityManager,
    principal: Principal,
    draft: RuleDraft | undefined,
  ): Promise<RuleDraft> {
    if (draft && (await this.access.reaches(tx, principal, draft.institutionId))) return draft;
    throw notFound();
  }

  async #ownerFor(
    tx: EntityManager,
    principal: Principal,
    compiled: CompiledRulebook,
  ): Promise<Institution> {
    const owner = await this.publisher.ownerOf(tx, compiled);
    await this.access.assertMayWriteFor(tx, principal, owner);
    await this.publisher.assertOwns(tx, compiled, owner);
    return owner;
  }
}

/** The state an action leads to; refuses with `rule-draft-state` what the state forbids. */
export function assertMay({ state }: RuleDraft, action: DraftAction): RuleDraft['state'] {
  const next = nextDraftState(state, action);
  if (!next) throw refusal('rule-draft-state', { state });
  return next;
}

function textOf(
  { rulebook, hash }: CompiledRulebook,
  source: string,
): Omit<RuleDraft, 'id' | 'institutionId' | 'state' | 'createdAt' | 'changedAt'> {
  return {
    regulationId: rulebook.id,
    version: rulebook.version,
    programme: rulebook.target.programme,
    title: rulebook.title,
    inForceFrom: rulebook.inForce.from,
    inForceTo: rulebook.inForce.to,
    hash,
    source,
  };
}
