import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Persons } from '../access/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { DraftAccess } from './draft-access.js';
import { DraftsStore } from './drafts.store.js';
import type {
  RetirementDto,
  RuleRetirementApprovalDto,
  RuleRetirementDto,
} from './retirements.dto.js';
import type { RetirementAction, RuleEvent } from './rule-draft.js';
import { RuleHistory } from './rule-history.js';
import type { RuleVersion } from './rule-version.js';
import type { RuleVersionDto } from './rulebook.dto.js';
import { RulebookStore } from './rulebook.store.js';
import { toVersionDto } from './rulebook.views.js';

/** A published version as a path names it. */
export interface VersionKey {
  readonly id: string;
  readonly version: string;
}

/**
 * The end of a published version: one person proposes a last day, another agrees. It is never in the
 * past, so every application that exists keeps the version that governs its day, and nothing that is
 * decided or in review has to be decided again.
 */
@Injectable()
export class RuleRetirements {
  constructor(
    private readonly database: Database,
    private readonly events: DraftsStore,
    private readonly store: RulebookStore,
    private readonly access: DraftAccess,
    private readonly clock: Clock,
    private readonly persons: Persons,
    private readonly steps: RuleHistory,
  ) {}

  /** Proposes the last day of a version; a newer proposal takes the place of an older one. */
  propose(
    principal: Principal,
    key: VersionKey,
    { endsOn, reason }: RuleRetirementDto,
  ): Promise<RetirementDto> {
    return this.database.transaction(async (tx) => {
      const version = await this.#locked(tx, principal, key);
      this.#assertCanEnd(version, endsOn);
      await this.#write(tx, principal, version, {
        action: 'propose-retirement',
        effectiveOn: endsOn,
        note: reason,
      });
      return this.#show(tx, version);
    });
  }

  /** What was last said about the end of a version; `not-found` when nobody proposed any. */
  show(principal: Principal, key: VersionKey): Promise<RetirementDto> {
    return this.database.read(async (tx) =>
      this.#show(tx, await this.#reachable(tx, principal, key)),
    );
  }

  /** A second person agrees; the version governs its last day and no day after. */
  approve(
    principal: Principal,
    key: VersionKey,
    approval: RuleRetirementApprovalDto,
  ): Promise<RuleVersionDto> {
    return this.database.transaction(async (tx) => {
      const version = await this.#locked(tx, principal, key);
      const proposal = await this.#open(tx, version);
      const { effectiveOn: endsOn, note: reason } = proposal;
      if (approval.endsOn !== undefined && approval.endsOn !== endsOn) {
        throw refusal('rule-retirement-differs', { on: endsOn });
      }
      if (await this.persons.isAmong(tx, principal, [proposal.actor.id])) {
        throw refusal('approver-is-proposer', { name: principal.name });
      }
      this.#assertCanEnd(version, endsOn);
      await this.store.insertRetirement(tx, {
        regulationId: version.regulationId,
        version: version.version,
        endsOn,
        replacedBy: null,
        actor: principal.id,
        reason,
      });
      const note = approval.note ?? reason;
      await this.#write(tx, principal, version, { action: 'retire', effectiveOn: endsOn, note });
      return toVersionDto({ ...version, inForceTo: endsOn });
    });
  }

  /** Drops a proposal: another person who disagrees, or whoever made it. */
  reject(principal: Principal, key: VersionKey, reason: string): Promise<RetirementDto> {
    return this.database.transaction(async (tx) => {
      const version = await this.#locked(tx, principal, key);
      await this.#open(tx, version);
      await this.#write(tx, principal, version, {
        action: 'reject-retirement',
        effectiveOn: null,
        note: reason,
      });
      return this.#show(tx, version);
    });
  }

  #assertCanEnd({ inForceTo }: RuleVersion, endsOn: string): void {
    const today = this.clock.today();
    if (endsOn < today) throw refusal('rule-end-past', { on: endsOn, today });
    if (inForceTo !== null && inForceTo <= endsOn) {
      throw refusal('rule-ended', { on: inForceTo, today });
    }
  }

  async #open(tx: EntityManager, version: RuleVersion): Promise<Proposal> {
    const last = await this.events.findRetirement(tx, version);
    if (last?.action !== 'propose-retirement') throw refusal('rule-retirement-not-proposed');
    return last as Proposal;
  }

  async #show(tx: EntityManager, version: RuleVersion): Promise<RetirementDto> {
    const last = await this.events.findRetirement(tx, version);
    if (!last) throw notFound();
    return {
      rule: version.regulationId,
      version: version.version,
      state: STATES[last.action as RetirementAction],
      endsOn: last.effectiveOn,
      reason: last.note ?? '',
      by: last.actor.id,
      at: last.recordedAt.toISOString(),
    };
  }

  async #write(
    tx: EntityManager,
    principal: Principal,
    { regulationId, version, hash }: RuleVersion,
    step: { action: RetirementAction; effectiveOn: string | null; note: string },
  ): Promise<void> {
    const owner = (await this.store.findRegulationOwner(tx, regulationId)) as string;
    await this.steps.add(tx, principal, owner, {
      ...step,
      draftId: null,
      regulationId,
      version,
      stateBefore: 'published',
      stateAfter: step.action === 'retire' ? 'retired' : 'published',
      hashBefore: hash,
      hashAfter: hash,
      source: null,
    });
  }

  /** Read again under the lock: somebody else may just have ended it. */
  async #locked(tx: EntityManager, principal: Principal, key: VersionKey): Promise<RuleVersion> {
    const { programme } = await this.#reachable(tx, principal, key);
    await this.store.lockProgramme(tx, programme);
    return this.#reachable(tx, principal, key);
  }

  async #reachable(
    tx: EntityManager,
    principal: Principal,
    { id, version }: VersionKey,
  ): Promise<RuleVersion> {
    const versions = await this.store.versionsOf(tx, id);
    const found = versions.find((each) => String(each.version) === version);
    const owner = found && (await this.store.findRegulationOwner(tx, id));
    if (!owner || !(await this.access.reaches(tx, principal, owner))) throw notFound();
    return found;
  }
}

/** A proposal has both its day and its reason. */
type Proposal = RuleEvent & { readonly effectiveOn: string; readonly note: string };

const STATES = {
  'propose-retirement': 'proposed',
  'reject-retirement': 'rejected',
  retire: 'retired',
} as const satisfies Record<RetirementAction, RetirementDto['state']>;
