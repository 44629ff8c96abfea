import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts, Persons, SecondFactors, type StoredAccount } from '../access/index.js';
import { type Principal, requireFreshSession } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { type Confirmed, Proposables, type ProposalDto, Proposals } from '../proposals/index.js';
import type { SecondFactorResetDto } from './recovery.dto.js';

const KIND = 'second-factor-reset';

interface Content {
  readonly accountId: string;
}

/** Lets somebody in again who has lost telephone, passkey and recovery codes. */
@Injectable()
export class Recovery implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly factors: SecondFactors,
    private readonly persons: Persons,
    private readonly proposals: Proposals,
    private readonly proposables: Proposables,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.proposables.register<Content>({
      kind: KIND,
      roles: ['operator', 'authority'],
      isBankWide: true,
      carryOut: (tx, confirmed) => this.#reset(tx, confirmed),
    });
  }

  /** Refuses one's own account (`reset-of-oneself`) and one without any (`second-factor-absent`). */
  propose(
    principal: Principal,
    { signInName, reason }: SecondFactorResetDto,
  ): Promise<ProposalDto> {
    requireFreshSession(principal, this.clock.now());
    return this.database.transaction(async (tx) => {
      const account = await this.#requireOther(tx, principal, { signInName });
      const { digest, isThere, ...summary } = await this.#stateOf(account);
      if (!isThere) throw refusal('second-factor-absent');
      return this.proposals.propose(tx, principal, {
        institutionId: null,
        kind: KIND,
        subjectId: account.id,
        content: { accountId: account.id },
        summary,
        why: ['sign-in'],
        digest,
        reason,
      });
    });
  }

  /** Whoever got in again meanwhile, or added a factor, does not need it: `proposal-differs`. */
  async #reset(
    tx: EntityManager,
    { content: { accountId }, digest, principal }: Confirmed<Content>,
  ): Promise<string> {
    requireFreshSession(principal, this.clock.now());
    const account = await this.#requireOther(tx, principal, { id: accountId });
    if (!(await this.#stateOf(account)).digest.equals(digest)) throw refusal('proposal-differs');
    await this.factors.reset(tx, principal, account);
    return account.id;
  }

  async #requireOther(
    tx: EntityManager,
    principal: Principal,
    by: { readonly id: string } | { readonly signInName: string },
  ): Promise<StoredAccount> {
    const account = await this.accounts.findUsable(tx, by);
    if (!account) throw notFound();
    if (await this.persons.isAmong(tx, principal, [account.id])) {
      throw refusal('reset-of-oneself');
    }
    return account;
  }

  /** Which second factors there are, and whether one was used up or added since. */
  async #stateOf({ id }: StoredAccount): Promise<{
    oneTimeCodes: number;
    passkeys: number;
    recoveryCodes: number;
    isThere: boolean;
    digest: Buffer;
  }> {
    const { hasOneTimeCode, passkeys, recoveryCodesLeft } = await this.factors.summary(id);
    const oneTimeCodes = hasOneTimeCode ? 1 : 0;
    return {
      oneTimeCodes,
      passkeys,
      recoveryCodes: recoveryCodesLeft,
      isThere: oneTimeCodes + passkeys > 0,
      digest: sha256(`${KIND} ${id} ${oneTimeCodes} ${passkeys} ${recoveryCodesLeft}`),
    };
  }
}
