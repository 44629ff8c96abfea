import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, LedgerReads } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { toOutcomeDto } from './outcome.view.js';
import { type HeldOutcome, Outcomes } from './outcomes.js';
import type { RedepositDto, RedepositedOutcomeDto, RevokedOutcomeDto } from './revocation.dto.js';
import { type Orderer, OutcomeRevocations } from './revocation.js';
import { toConversionDto, toEffectsDto } from './revocation.views.js';
import type { RevocationLine } from './revocations.store.js';

/** Use cases around one outcome: take it back, see what that would do, give it back. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly database: Database,
    private readonly outcomes: Outcomes,
    private readonly revocations: OutcomeRevocations,
    private readonly ledger: Ledger,
    private readonly reads: LedgerReads,
    private readonly institutions: Institutions,
    private readonly learners: Learners,
  ) {}

  /** Tells what {@link revoke} would do, and changes nothing. */
  async preview(principal: Principal, outcomeId: string): Promise<RevokedOutcomeDto> {
    const held = await this.database.read((tx) => this.#requireOwn(tx, principal, outcomeId));
    if (held.state === 'revoked') throw refusal('already-revoked');
    // What rests on an outcome may be anywhere.
    return this.database.readAcrossTenants(async (tx) => {
      const effects = await this.revocations.survey(tx, held.outcome.learnerId, [outcomeId]);
      return {
        preview: true,
        outcome: toOutcomeDto(held),
        entries: [],
        effects: toEffectsDto(effects, await this.#institutions(tx)),
      };
    });
  }

  /**
   * Takes an outcome back, with all that rests on it, in one transaction. Only the institution that
   * posted it may.
   */
  revoke(principal: Principal, outcomeId: string, reason: string): Promise<RevokedOutcomeDto> {
    return this.database.transaction(async (tx) => {
      const { learnerId } = (await this.#requireOwn(tx, principal, outcomeId)).outcome;
      const by = ordererOf(principal, reason);
      const what = { learnerId, lotIds: [outcomeId], batchId: null };
      const { effects, entries } = await this.revocations.revoke(tx, what, by);
      return {
        preview: false,
        outcome: toOutcomeDto(await this.#read(tx, learnerId, outcomeId)),
        entries: await this.reads.toDtos(tx, entries),
        effects: toEffectsDto(effects, await this.#institutions(tx)),
      };
    });
  }

  /** Gives a revoked outcome back after a won appeal. Only who took it back may, or an authority. */
  redeposit(
    principal: Principal,
    outcomeId: string,
    { reason, appeal }: RedepositDto,
  ): Promise<RedepositedOutcomeDto> {
    return this.database.transaction(async (tx) => {
      const learnerId = await this.#learnerOf(tx, outcomeId);
      await this.revocations.lock(tx, learnerId);
      const held = await this.#read(tx, learnerId, outcomeId);
      const line = await this.revocations.newestLine(tx, learnerId, outcomeId);
      assertMayGiveBack(principal, held, line);
      const by = ordererOf(principal, reason);
      const given = await this.revocations.redeposit(tx, held, { by, appeal });
      const institutions = await this.#institutions(tx);
      return {
        outcome: toOutcomeDto(await this.#read(tx, learnerId, outcomeId)),
        entries: await this.reads.toDtos(tx, given.entries),
        mayApplyAgain: given.reversed.map((one) => toConversionDto(one, institutions)),
      };
    });
  }

  async #requireOwn(
    tx: EntityManager,
    principal: Principal,
    outcomeId: string,
  ): Promise<HeldOutcome> {
    const held = await this.#read(tx, await this.#learnerOf(tx, outcomeId), outcomeId);
    if (held.outcome.institutionId !== principal.institutionId) throw notFound();
    const permit = await this.learners.admitBy(tx, principal, held.outcome.learnerId, {
      purpose: 'revocation',
      fields: ['outcomes', 'applications'],
      right: { ground: 'roster', reference: null },
    });
    if (!permit) throw notFound();
    return held;
  }

  async #learnerOf(tx: EntityManager, outcomeId: string): Promise<string> {
    const learnerId = isUuid(outcomeId)
      ? (await this.ledger.ownersOf(tx, [outcomeId])).get(outcomeId)
      : undefined;
    if (!learnerId) throw notFound();
    return learnerId;
  }

  async #read(tx: EntityManager, learnerId: string, outcomeId: string): Promise<HeldOutcome> {
    const held = await this.outcomes.find(tx, learnerId, outcomeId);
    if (!held) throw notFound();
    return held;
  }

  async #institutions(tx: EntityManager): Promise<ReadonlyMap<string, Institution>> {
    return new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
  }
}

function ordererOf(principal: Principal, reason: string): Orderer {
  return { actor: principal.id, institutionId: principal.institutionId, reason };
}

/** To whom it is no business the outcome does not exist; its own institution learns who may. */
function assertMayGiveBack(
  principal: Principal,
  held: HeldOutcome,
  line: RevocationLine | undefined,
): void {
  const isAuthority = principal.roles.includes('authority');
  const isOwner = held.outcome.institutionId === principal.institutionId;
  const isRevoker = line !== undefined && line.institutionId === principal.institutionId;
  if (!isAuthority && !isOwner && !isRevoker) throw notFound();
  if (held.state !== 'revoked' || line?.action !== 'revoke') throw refusal('not-revoked');
  if (!isAuthority && !isRevoker) throw refusal('not-the-revoker');
}
