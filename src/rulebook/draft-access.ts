import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Institution } from '../institutions/index.js';
import { Institutions } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { refusal } from '../platform/http/index.js';

/** Whose rules somebody may see and move: everybody's, or those of one institution. */
export type Reach = { readonly isOverseer: true } | { readonly institutionId: string | null };

/**
 * Rules belong to the institution that owns the programme. Staff of an authority reach all of them;
 * what they may do there is said by their roles.
 */
@Injectable()
export class DraftAccess {
  constructor(private readonly institutions: Institutions) {}

  async reachOf(tx: EntityManager, { institutionId }: Principal): Promise<Reach> {
    if (institutionId === null) return { institutionId };
    const { kind } = await this.institutions.getById(tx, institutionId);
    return kind === 'authority' ? { isOverseer: true } : { institutionId };
  }

  /** Whether rules of an institution's programmes are the principal's business. */
  async reaches(tx: EntityManager, principal: Principal, institutionId: string): Promise<boolean> {
    const reach = await this.reachOf(tx, principal);
    return 'isOverseer' in reach || reach.institutionId === institutionId;
  }

  /** Refuses with `rule-of-another-institution` who may not write rules for the owner. */
  async assertMayWriteFor(
    tx: EntityManager,
    principal: Principal,
    owner: Institution,
  ): Promise<void> {
    if (await this.reaches(tx, principal, owner.id)) return;
    throw refusal('rule-of-another-institution', { institution: owner.code });
  }
}

/** The principal as it is written into the history of a rule. */
export function ruleActorOf({ id, institutionId }: Principal): {
  id: string;
  institutionId: string | null;
} {
  return { id, institutionId };
}
