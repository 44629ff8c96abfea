import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Accounts, type RepresentationWithEnd, Representations } from '../../access/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid } from '../../platform/ids/index.js';
import { Reads } from '../access/reads.js';
import { Keepers } from '../keepers.js';
import { learnerIdOf } from '../learner-id.js';
import { Learners } from '../learners.service.js';
import type {
  NewCounterSessionDto,
  RepresentationDto,
  RepresentationListDto,
} from './counter.dto.js';
import { Presence, assertNamesNobody } from './presence.js';
import { toRepresentationDto } from './representation.view.js';

const MINUTE_MS = 60 * 1000;

/** Learners without a phone: a clerk acts for them while they stand at the counter. */
@Injectable()
export class CounterSessions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly representations: Representations,
    private readonly accounts: Accounts,
    private readonly presence: Presence,
    private readonly learners: Learners,
    private readonly reads: Reads,
    private readonly keepers: Keepers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.keepers.register({
      section: 'representatives',
      export: async (tx, learnerId) =>
        (await this.representations.listOfLearner(tx, learnerId)).map((one) => this.#show(one)),
      freeze: (tx, learnerId, by) => this.representations.endAll(tx, learnerId, by),
    });
  }

  /**
   * Begins a session that is bound to this learner and this clerk. A learner whom the bank does not
   * know gets an account.
   */
  open(principal: Principal, wanted: NewCounterSessionDto): Promise<RepresentationDto> {
    const institutionId = institutionOf(principal);
    const { given, record = null, minutes } = wanted;
    if (given === 'signed-paper' && record === null) throw refusal('consent-record-missing');
    assertNamesNobody(record);
    return this.database.transaction(async (tx) => {
      const witnessId = given === 'spoken' ? await this.#witness(tx, principal, wanted) : null;
      const learnerId = await this.presence.meet(tx, wanted.learner, institutionId);
      const begun = await this.representations.begin(tx, {
        learnerId,
        kind: 'counter',
        accountId: principal.id,
        guardianId: null,
        acts: wanted.acts,
        institutionId,
        recordedBy: principal.id,
        given,
        record,
        witnessId,
        endsAt: new Date(this.clock.now().getTime() + minutes * MINUTE_MS),
      });
      const permit = await this.reads.admitBy(tx, principal, learnerId, {
        purpose: 'counter-session',
        fields: ['name', 'documents'],
        right: { ground: 'counter', reference: begun.id },
      });
      if (!permit) throw refusal('learner-frozen');
      return this.#show(begun);
    });
  }

  /** One of the clerk's own sessions. */
  show(principal: Principal, id: string): Promise<RepresentationDto> {
    return this.database.read(async (tx) => this.#show(await this.#own(tx, principal, id)));
  }

  /** Ends a session at once; ending it again changes nothing. */
  close(principal: Principal, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const own = await this.#own(tx, principal, id);
      await this.representations.end(tx, own.id, principal);
    });
  }

  /** Everybody who acted or may act for a learner, newest first: for the learner and the authority. */
  listOf(principal: Principal, idOrMe: string): Promise<RepresentationListDto> {
    const named = learnerIdOf(principal, idOrMe);
    return this.database.read(async (tx) => {
      const reading = { purpose: 'representatives', fields: ['name'] } as const;
      const { learnerId } = await this.reads.admit(tx, principal, named, reading);
      const items: RepresentationDto[] = [];
      for (const id of await this.learners.selvesOf(tx, learnerId)) {
        const all = await this.representations.listOfLearner(tx, id);
        items.push(...all.map((one) => this.#show(one)));
      }
      return { items };
    });
  }

  async #own(tx: EntityManager, principal: Principal, id: string): Promise<RepresentationWithEnd> {
    const found = isUuid(id) ? await this.representations.find(tx, id) : undefined;
    if (!found || found.accountId !== principal.id) throw notFound();
    return found;
  }

  /** A colleague of the same institution, and not the clerk. */
  async #witness(
    tx: EntityManager,
    principal: Principal,
    { witness }: NewCounterSessionDto,
  ): Promise<string> {
    const colleague =
      witness === undefined
        ? undefined
        : await this.accounts.findUsable(tx, { signInName: witness });
    const isColleague =
      colleague?.institutionId === principal.institutionId && colleague.id !== principal.id;
    if (!colleague || !isColleague) throw refusal('witness-unknown');
    return colleague.id;
  }

  #show(one: RepresentationWithEnd): RepresentationDto {
    return toRepresentationDto(one, this.representations.isLive(one));
  }
}

/** A counter is a counter of an institution. */
export function institutionOf({ institutionId }: Principal): string {
  if (institutionId === null) throw refusal('no-institution');
  return institutionId;
}
