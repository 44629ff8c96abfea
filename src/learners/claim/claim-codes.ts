import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts } from '../../access/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Keyring } from '../../platform/crypto/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { bucketOf } from '../../platform/ids/index.js';
import { Reads } from '../access/reads.js';
import { institutionOf } from '../counter/counter-sessions.js';
import { Presence, type PresentPerson } from '../counter/presence.js';
import { Keepers } from '../keepers.js';
import { LearnersStore } from '../learners.store.js';
import { claimText, newClaimCode } from './claim-code.js';
import type { ClaimCodeDto } from './claims.dto.js';
import { ClaimsStore } from './claims.store.js';

const CODE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Gives out the codes with which learners claim the accounts that schools opened for them. */
@Injectable()
export class ClaimCodes implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ClaimsStore,
    private readonly learners: LearnersStore,
    private readonly accounts: Accounts,
    private readonly presence: Presence,
    private readonly reads: Reads,
    private readonly keepers: Keepers,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'claimCode',
      export: (tx, learnerId) => this.store.find(tx, learnerId),
    });
  }

  /**
   * A new code, in place of any before. A clerk gives it to whoever shows a document, a school to
   * learners of its own roster. Refuses who can sign in already.
   */
  issue(principal: Principal, person: PresentPerson): Promise<ClaimCodeDto> {
    const institutionId = institutionOf(principal);
    return this.database.transaction(async (tx) => {
      const isClerk = principal.roles.includes('clerk');
      const learnerId = isClerk
        ? await this.presence.meet(tx, person, institutionId)
        : await this.#onRoster(tx, person, institutionId);
      if (await this.accounts.canSignIn(tx, learnerId)) throw refusal('learner-has-account');
      const permit = await this.reads.admitBy(tx, principal, learnerId, {
        purpose: 'claim-code',
        fields: ['name', 'documents'],
        right: { ground: isClerk ? 'counter' : 'roster', reference: null },
      });
      if (!permit) throw refusal('learner-frozen');
      const code = newClaimCode();
      const issuedAt = this.clock.now();
      const expiresAt = new Date(issuedAt.getTime() + CODE_DAYS * DAY_MS);
      const codeHash = this.keyring.blindIndex(claimText(learnerId, code));
      const issuedBy = principal.id;
      await this.store.put(tx, {
        learnerId,
        codeHash,
        issuedBy,
        institutionId,
        issuedAt,
        expiresAt,
      });
      return { learnerId, code, expiresAt: expiresAt.toISOString() };
    });
  }

  async #onRoster(
    tx: EntityManager,
    person: PresentPerson,
    institutionId: string,
  ): Promise<string> {
    const learnerId = await this.presence.find(tx, person, institutionId);
    if (learnerId === null) throw notFound();
    const key = { bucket: bucketOf(learnerId), learnerId };
    const roster = await this.learners.onRoster(tx, [key], institutionId);
    if (!roster.has(learnerId)) throw notFound();
    return learnerId;
  }
}
