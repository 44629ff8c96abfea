import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import type { Principal } from '../platform/auth/index.js';
import { ruleActorOf } from './draft-access.js';
import { DraftsStore } from './drafts.store.js';
import type { NewRuleEvent } from './rule-draft.js';

/** Writes each step of a rule twice: into the life of the rule and on its owner's history tab. */
@Injectable()
export class RuleHistory {
  constructor(
    private readonly store: DraftsStore,
    private readonly history: History,
  ) {}

  /** @param ownerId the institution that owns the programme */
  async add(
    tx: EntityManager,
    principal: Principal,
    ownerId: string,
    event: Omit<NewRuleEvent, 'actor'>,
  ): Promise<void> {
    await this.store.addEvent(tx, { ...event, actor: ruleActorOf(principal) });
    const { regulationId, version, action, stateBefore, hashBefore, note } = event;
    const { stateAfter: state, hashAfter: hash, effectiveOn } = event;
    await this.history.record(tx, principal, {
      institutionId: ownerId,
      subject: { kind: 'rule', id: `${regulationId}/${version}` },
      action,
      before: stateBefore === null ? null : { state: stateBefore, hash: hashBefore },
      after: { state, hash, ...(effectiveOn !== null && { effectiveOn }) },
      note,
    });
  }
}
