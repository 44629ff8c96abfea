import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Millicredits, formatCredits, millicredits } from '#libs/credit';
import { type Institution, Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { Ledger, LedgerReads } from '../ledger/index.js';
import type { Principal } from '../platform/auth/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { Refusal, notFound, refusal } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import {
  type ProposalDto,
  Proposals,
  type ReasonForTwo,
  TwoPeople,
  secondPersonNeeded,
} from '../proposals/index.js';
import { toOutcomeDto } from './outcome.view.js';
import { type HeldOutcome, Outcomes } from './outcomes.js';
import type {
  RedepositDto,
  RedepositedOutcomeDto,
  RevocationDto,
  RevokedOutcomeDto,
} from './revocation.dto.js';
import { type Orderer, OutcomeRevocations, type RevocationEffects } from './revocation.js';
import { digestOf, extentOf, summaryOf } from './revocation.extent.js';
import { toConversionDto, toEffectsDto } from './revocation.views.js';
import type { RevocationLine } from './revocations.store.js';

/** The kinds of proposals about one outcome. */
export const REVOCATION = 'outcome-revocation';
export const REDEPOSIT = 'outcome-redeposit';

/** What is to be done to an outcome, as a second person confirmed it. */
interface Proposed {
  readonly outcomeId: string;
  readonly digest: Buffer;
  readonly reason: string;
}

const NO_CREDIT: Millicredits = millicredits(0);

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
    private readonly proposals: Proposals,
    private readonly twoPeople: TwoPeople,
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
        digest: digestOf(effects).toString('hex'),
        needsSecondPerson: this.#whyTwo(effects),
      };
    });
  }

  /**
   * Takes an outcome back, with all that rests on it, in one transaction. Only the institution that
   * posted it may. What takes two people is proposed when the digest of its preview is sent along,
   * and otherwise refused (`second-person-needed`). With a digest, something else than was seen is
   * refused (`preview-differs`).
   */
  revoke(
    principal: Principal,
    outcomeId: string,
    { reason, digest }: RevocationDto,
  ): Promise<RevokedOutcomeDto | ProposalDto> {
    return this.database.transaction(async (tx) => {
      const held = await this.#requireOwn(tx, principal, outcomeId);
      const proposed =
        digest === undefined ? null : await this.#propose(tx, principal, held, { reason, digest });
      if (proposed) return proposed;
      return this.#revokeWithin(tx, held, ordererOf(principal, reason), (effects) => {
        if (digest !== undefined && digestOf(effects).toString('hex') !== digest) {
          throw refusal('preview-differs');
        }
        const why = this.#whyTwo(effects);
        if (why.length > 0) throw new Refusal(secondPersonNeeded(why));
      });
    });
  }

  /** {@link revoke} as a second person confirmed it; refuses `proposal-differs`. */
  async revokeProposed(
    tx: EntityManager,
    principal: Principal,
    { outcomeId, digest, reason }: Proposed,
  ): Promise<void> {
    const held = await this.#requireOwn(tx, principal, outcomeId);
    await this.#revokeWithin(tx, held, ordererOf(principal, reason), (effects) => {
      if (!digestOf(effects).equals(digest)) throw refusal('proposal-differs');
    });
  }

  /**
   * Gives a revoked outcome back after a won appeal. Only who took it back may, or an authority. What
   * was completed long ago is proposed, for a second person to confirm.
   */
  redeposit(
    principal: Principal,
    outcomeId: string,
    { reason, appeal }: RedepositDto,
  ): Promise<RedepositedOutcomeDto | ProposalDto> {
    return this.database.transaction(async (tx) => {
      const { outcome } = await this.#read(tx, await this.#learnerOf(tx, outcomeId), outcomeId);
      // Before the learner's lock: a confirmation takes that one after the proposal's own.
      if (this.twoPeople.isOld(outcome.completedOn)) {
        const { held, digest } = await this.#givable(tx, principal, outcomeId);
        return this.proposals.propose(tx, principal, {
          institutionId: principal.institutionId,
          kind: REDEPOSIT,
          subjectId: outcomeId,
          content: { outcomeId, appeal },
          summary: { outcomes: 1, credits: formatCredits(held.lot?.revoked ?? NO_CREDIT) },
          why: ['old-period'],
          digest,
          reason,
        });
      }
      await this.revocations.lock(tx, outcome.learnerId);
      const { held } = await this.#givable(tx, principal, outcomeId);
      return this.#redepositWithin(tx, held, { by: ordererOf(principal, reason), appeal });
    });
  }

  /** {@link redeposit} as a second person confirmed it; refuses `proposal-differs`. */
  async redepositProposed(
    tx: EntityManager,
    principal: Principal,
    { outcomeId, digest, reason, appeal }: Proposed & { readonly appeal: string },
  ): Promise<void> {
    await this.revocations.lock(tx, await this.#learnerOf(tx, outcomeId));
    const found = await this.#givable(tx, principal, outcomeId);
    if (!found.digest.equals(digest)) throw refusal('proposal-differs');
    await this.#redepositWithin(tx, found.held, { by: ordererOf(principal, reason), appeal });
  }

  async #revokeWithin(
    tx: EntityManager,
    { outcome: { learnerId, lotId } }: HeldOutcome,
    by: Orderer,
    assertAllowed: (effects: RevocationEffects) => void,
  ): Promise<RevokedOutcomeDto> {
    const what = { learnerId, lotIds: [lotId], batchId: null, assertAllowed };
    const { effects, entries } = await this.revocations.revoke(tx, what, by);
    return {
      preview: false,
      outcome: toOutcomeDto(await this.#read(tx, learnerId, lotId)),
      entries: await this.reads.toDtos(tx, entries),
      effects: toEffectsDto(effects, await this.#institutions(tx)),
      digest: digestOf(effects).toString('hex'),
      needsSecondPerson: [],
    };
  }

  /** Null when one person is enough. Changes nothing but the list of proposals, and locks nobody. */
  async #propose(
    tx: EntityManager,
    principal: Principal,
    held: HeldOutcome,
    { reason, digest: seen }: { reason: string; digest: string },
  ): Promise<ProposalDto | null> {
    if (held.state === 'revoked') throw refusal('already-revoked');
    const { learnerId, lotId } = held.outcome;
    const effects = await this.revocations.survey(tx, learnerId, [lotId]);
    const digest = digestOf(effects);
    if (digest.toString('hex') !== seen) throw refusal('preview-differs');
    const why = this.#whyTwo(effects);
    if (why.length === 0) return null;
    return this.proposals.propose(tx, principal, {
      institutionId: principal.institutionId,
      kind: REVOCATION,
      subjectId: lotId,
      content: { outcomeId: lotId },
      summary: summaryOf(extentOf(effects)),
      why,
      digest,
      reason,
    });
  }

  #whyTwo(effects: RevocationEffects): ReasonForTwo[] {
    const isOld = effects.outcomes.some(({ outcome }) => this.twoPeople.isOld(outcome.completedOn));
    return this.twoPeople.reasonsFor({ ...extentOf(effects), isOld });
  }

  /** A revoked outcome that the principal may give back, and what exactly would be given back. */
  async #givable(
    tx: EntityManager,
    principal: Principal,
    outcomeId: string,
  ): Promise<{ held: HeldOutcome; digest: Buffer }> {
    const learnerId = await this.#learnerOf(tx, outcomeId);
    const held = await this.#read(tx, learnerId, outcomeId);
    const line = await this.revocations.newestLine(tx, learnerId, outcomeId);
    assertMayGiveBack(principal, held, line);
    const credit = held.lot?.revoked ?? NO_CREDIT;
    const digest = sha256(`redeposit ${outcomeId} ${line?.revocationId} ${credit}`);
    return { held, digest };
  }

  async #redepositWithin(
    tx: EntityManager,
    held: HeldOutcome,
    why: { by: Orderer; appeal: string },
  ): Promise<RedepositedOutcomeDto> {
    const { learnerId, lotId } = held.outcome;
    const given = await this.revocations.redeposit(tx, held, why);
    const institutions = await this.#institutions(tx);
    return {
      outcome: toOutcomeDto(await this.#read(tx, learnerId, lotId)),
      entries: await this.reads.toDtos(tx, given.entries),
      mayApplyAgain: given.reversed.map((one) => toConversionDto(one, institutions)),
    };
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
