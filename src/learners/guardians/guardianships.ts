import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addMonths } from '#libs/credit';
import { type RepresentationWithEnd, Representations } from '../../access/index.js';
import { ACTS, type Principal, isSelf } from '../../platform/auth/index.js';
import { Clock, startOfDay } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid } from '../../platform/ids/index.js';
import { Reads } from '../access/reads.js';
import type { RepresentationDto, RepresentationListDto } from '../counter/counter.dto.js';
import { institutionOf } from '../counter/counter-sessions.js';
import { Presence, assertNamesNobody } from '../counter/presence.js';
import { toRepresentationDto } from '../counter/representation.view.js';
import { Learners } from '../learners.service.js';
import type { NewGuardianshipDto } from './guardians.dto.js';

/** Civil Code, article 17. */
const FULL_AGE_MONTHS = 18 * 12;

/** Guardians of minors: they act from their own account, and no day longer than the law lets them. */
@Injectable()
export class Guardianships {
  constructor(
    private readonly database: Database,
    private readonly representations: Representations,
    private readonly presence: Presence,
    private readonly learners: Learners,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** Lets a guardian act for a minor until the eighteenth birthday; the same again is the same. */
  begin(principal: Principal, wanted: NewGuardianshipDto): Promise<RepresentationDto> {
    const institutionId = institutionOf(principal);
    assertNamesNobody(wanted.record);
    return this.database.transaction(async (tx) => {
      const learnerId = await this.presence.meet(tx, wanted.learner, institutionId);
      const guardianId = await this.presence.meet(tx, wanted.guardian, institutionId);
      if (learnerId === guardianId) throw refusal('guardian-not-another');
      const endsAt = await this.#endOf(tx, { learnerId, guardianId, stated: wanted.birthDate });
      const all = await this.representations.listOfGuardian(tx, guardianId);
      // Another institution keeps its own evidence, and its own right to end what it recorded.
      const same = all.find(
        (one) =>
          one.learnerId === learnerId && one.institutionId === institutionId && this.#isLive(one),
      );
      const one =
        same ??
        (await this.representations.begin(tx, {
          learnerId,
          kind: 'guardian',
          accountId: null,
          guardianId,
          acts: ACTS,
          institutionId,
          recordedBy: principal.id,
          given: 'evidence',
          record: wanted.record,
          witnessId: null,
          endsAt,
        }));
      // Both are told who tied them together.
      for (const id of [learnerId, guardianId]) {
        await this.reads.admitBy(tx, principal, id, {
          purpose: 'guardianship',
          fields: ['name', 'documents', 'birth-date'],
          right: { ground: 'counter', reference: one.id },
        });
      }
      return this.#show(one);
    });
  }

  /** For whom the signed-in learner acts or acted as guardian, newest first. */
  list({ learnerId, selves }: Principal): Promise<RepresentationListDto> {
    if (learnerId === null) throw refusal('not-a-learner');
    return this.database.read(async (tx) => {
      const items: RepresentationDto[] = [];
      for (const id of selves ?? [learnerId]) {
        const all = await this.representations.listOfGuardian(tx, id);
        items.push(...all.map((one) => this.#show(one)));
      }
      return { items };
    });
  }

  /** Ends it before its time: a clerk of the institution that recorded it, or the guardian. */
  end(principal: Principal, id: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const one = isUuid(id) ? await this.representations.find(tx, id) : undefined;
      if (one?.kind !== 'guardian' || !mayEnd(principal, one)) throw notFound();
      await this.representations.end(tx, one.id, principal);
    });
  }

  /** The moment at which the minor is one no more. */
  async #endOf(
    tx: EntityManager,
    who: { learnerId: string; guardianId: string; stated: string | undefined },
  ): Promise<Date> {
    const { learnerId, guardianId, stated } = who;
    const born = await this.learners.birthDates(tx, [learnerId, guardianId]);
    const proved = born.get(learnerId);
    if (proved !== undefined && stated !== undefined && stated !== proved) {
      throw refusal('birth-date-differs');
    }
    const birthDate = proved ?? stated;
    if (birthDate === undefined) throw refusal('birth-date-missing');
    const endsAt = fullAgeOf(birthDate);
    const now = this.clock.now();
    if (endsAt <= now) throw refusal('learner-of-age');
    const ofGuardian = born.get(guardianId);
    if (ofGuardian !== undefined && fullAgeOf(ofGuardian) > now) throw refusal('guardian-minor');
    return endsAt;
  }

  #isLive(one: RepresentationWithEnd): boolean {
    return this.representations.isLive(one);
  }

  #show(one: RepresentationWithEnd): RepresentationDto {
    return toRepresentationDto(one, this.#isLive(one));
  }
}

/** The beginning of the eighteenth birthday in China; of who was born on 29 February, the 28th. */
function fullAgeOf(birthDate: string): Date {
  return startOfDay(addMonths(birthDate, FULL_AGE_MONTHS));
}

function mayEnd(principal: Principal, one: RepresentationWithEnd): boolean {
  if (principal.roles.includes('clerk')) return principal.institutionId === one.institutionId;
  return one.guardianId !== null && isSelf(principal, one.guardianId);
}
