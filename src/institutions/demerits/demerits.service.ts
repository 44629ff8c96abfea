import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../../history/index.js';
import { type Principal, isOverseer } from '../../platform/auth/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { notFound, refusal } from '../../platform/http/index.js';
import { isUuid, newId } from '../../platform/ids/index.js';
import { Institutions } from '../institutions.service.js';
import { InstitutionsStore } from '../institutions.store.js';
import { type Demerit, MOST_DAYS_AHEAD, addDays, standingsOf, timesOf } from './demerit.js';
import type { DemeritDto, DemeritReversalDto, DemeritsDto, NewDemeritDto } from './demerits.dto.js';
import { DemeritsStore } from './demerits.store.js';
import { DemeritScheme } from './scheme.js';

/** What stands against institutions (R49). Entries only add up; what they come to stops posting. */
@Injectable()
export class Demerits {
  readonly #scheme = new DemeritScheme();

  constructor(
    private readonly database: Database,
    private readonly store: DemeritsStore,
    private readonly institutions: Institutions,
    private readonly institutionsStore: InstitutionsStore,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Of one's own institution; the authority and the operator see all. Throws `not-found`. */
  list(principal: Principal, institutionId: string): Promise<DemeritsDto> {
    if (!isOverseer(principal) && principal.institutionId !== institutionId) throw notFound();
    return this.database.read(async (tx) => {
      const { standings } = await this.institutions.getById(tx, institutionId);
      const items = (await this.store.listAll(tx, institutionId)).map(toDto);
      return { items, standings: [...standings] };
    });
  }

  /**
   * Writes an offence down, with the points that the scheme says for the first, second … of them.
   * Refuses an offence that it does not know (`offence-unknown`) and a day in the past
   * (`demerit-day`): what was posted stays posted.
   */
  record(principal: Principal, institutionId: string, wanted: NewDemeritDto): Promise<DemeritDto> {
    const { offence, outcome = null, reason } = wanted;
    return this.#add(principal, institutionId, (earlier, today) => {
      const { offences, hash: schemeHash } = this.#scheme;
      if (!offences.includes(offence)) {
        throw refusal('offence-unknown', { offences: offences.join(', ') });
      }
      const points = this.#scheme.pointsOf(offence, timesOf(earlier, { offence, outcome }));
      const countsFrom = dayOf(wanted.countsFrom, today, today);
      const kind = 'offence' as const;
      return { outcome, kind, offence, points, reverses: null, countsFrom, reason, schemeHash };
    });
  }

  /**
   * Takes the points of an entry back by an entry of its own, after a won appeal or when their time
   * is over. Refuses what is taken back already (`demerit-reversed`).
   */
  reverse(
    principal: Principal,
    { institutionId, demeritId }: { institutionId: string; demeritId: string },
    { kind, reason, countsFrom: wanted }: DemeritReversalDto,
  ): Promise<DemeritDto> {
    return this.#add(principal, institutionId, (earlier, today) => {
      const entry = earlier.find(({ id }) => id === demeritId);
      if (!entry) throw notFound();
      const isReversed = earlier.some(({ reverses }) => reverses === demeritId);
      if (isReversed || entry.kind !== 'offence') throw refusal('demerit-reversed');
      const { outcome, offence } = entry;
      const earliest = entry.countsFrom > today ? entry.countsFrom : today;
      return {
        outcome,
        kind,
        offence,
        points: -entry.points,
        reverses: entry.id,
        countsFrom: dayOf(wanted, earliest, today),
        reason,
        schemeHash: this.#scheme.hash,
      };
    });
  }

  /** Under a lock of the institution: of two offences at once, one is the second. */
  #add(
    principal: Principal,
    institutionId: string,
    make: (earlier: readonly Demerit[], today: string) => NewEntry,
  ): Promise<DemeritDto> {
    return this.database.transaction(async (tx) => {
      const institution = isUuid(institutionId)
        ? await this.institutionsStore.findLocked(tx, institutionId)
        : undefined;
      if (!institution) throw notFound();
      const earlier = await this.store.listAll(tx, institutionId);
      const entry = make(earlier, this.clock.today());
      const added = await this.store.insert(tx, {
        ...entry,
        id: newId(),
        institutionId,
        actor: principal.id,
      });
      const penaltyAt = (points: number) => this.#scheme.penaltyAt(points);
      const standings = standingsOf([...earlier, added], penaltyAt);
      await this.institutionsStore.setStandings(tx, institutionId, standings);
      await this.#remember(tx, principal, added, { before: institution.standings, standings });
      return toDto(added);
    });
  }

  async #remember(
    tx: EntityManager,
    principal: Principal,
    added: Demerit,
    { before, standings }: { before: object; standings: object },
  ): Promise<void> {
    const { id, institutionId, kind, offence, outcome, points, countsFrom } = added;
    await this.history.record(tx, principal, {
      institutionId,
      subject: { kind: 'demerit', id },
      action: kind === 'offence' ? 'recorded' : 'reversed',
      before: { standings: before },
      after: { kind, offence, outcome, points, countsFrom, standings },
      note: added.reason,
    });
  }
}

type NewEntry = Omit<Demerit, 'id' | 'institutionId' | 'actor' | 'recordedAt'>;

/** The day from which something counts, the earliest when nobody says; refuses `demerit-day`. */
function dayOf(wanted: string | undefined, earliest: string, today: string): string {
  const day = wanted ?? earliest;
  const latest = addDays(earliest > today ? earliest : today, MOST_DAYS_AHEAD);
  if (day >= earliest && day <= latest) return day;
  throw refusal('demerit-day', { earliest, latest });
}

function toDto(demerit: Demerit): DemeritDto {
  const { id, outcome, kind, offence, points, reverses } = demerit;
  const { countsFrom, reason, schemeHash, recordedAt } = demerit;
  return {
    id,
    outcome,
    kind,
    offence,
    points,
    reverses,
    countsFrom,
    reason,
    schemeHash,
    recordedAt,
  };
}
