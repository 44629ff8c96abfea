import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, millicredits } from '#libs/credit';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, progressOf } from '../platform/http/index.js';
import { DraftAccess, Rulebook } from '../rulebook/index.js';
import type { Reevaluation } from './reevaluation.js';
import type { ReevaluationDto, StandingsDto } from './reevaluation.dto.js';
import { ReevaluationsStore, type StoredStanding } from './reevaluations.store.js';

/** What publications made of learners: for who may publish, and for the learners themselves. */
@Injectable()
export class Reevaluations {
  constructor(
    private readonly database: Database,
    private readonly store: ReevaluationsStore,
    private readonly access: DraftAccess,
    private readonly learners: Learners,
    private readonly rulebook: Rulebook,
    private readonly clock: Clock,
  ) {}

  /** Throws `not-found` when nobody had applied, for other institutions, and for what never was. */
  show(principal: Principal, rule: string, version: string): Promise<ReevaluationDto> {
    return this.database.read(async (tx) => {
      const run = /^[1-9]\d{0,5}$/.test(version)
        ? await this.store.findOfVersion(tx, rule, Number(version))
        : undefined;
      if (!run || !(await this.access.reaches(tx, principal, run.institutionId))) throw notFound();
      return toReevaluationDto(run);
    });
  }

  standings(principal: Principal, idOrMe: string): Promise<StandingsDto> {
    return this.database.read(async (tx) => {
      const learnerId = await this.learners.requireReadable(tx, principal, idOrMe, {
        purpose: 'standings',
        fields: ['standings'],
      });
      const standings: StoredStanding[] = [];
      for (const id of await this.learners.selvesOf(tx, learnerId)) {
        for (const one of await this.store.listStandings(tx, id)) {
          if (await this.#isGoverned(tx, one)) standings.push(one);
        }
      }
      return {
        items: standings.map((standing) => ({
          programme: standing.programme,
          credits: formatCredits(millicredits(standing.millicredits)),
          creditsBefore: formatCredits(millicredits(standing.millicreditsBefore)),
          isMore: standing.millicredits > standing.millicreditsBefore,
          ruleHash: standing.ruleHash,
          on: standing.on,
          recordedAt: standing.recordedAt.toISOString(),
        })),
      };
    });
  }

  /** What was found before the rules ended is no offer any more. */
  async #isGoverned(tx: EntityManager, { programme, on }: StoredStanding): Promise<boolean> {
    const today = this.clock.today();
    const day = on > today ? on : today;
    return (await this.rulebook.hashFor(tx, programme, day)) !== undefined;
  }
}

function toReevaluationDto(run: Reevaluation): ReevaluationDto {
  const { perSecond, secondsLeft } = progressOf(run);
  return {
    rule: run.regulationId,
    version: run.version,
    programme: run.programme,
    state: run.state,
    learnersTotal: run.total,
    learnersDone: run.done,
    gained: run.gained,
    lost: run.lost,
    reconsidered: run.reconsidered,
    learnersPerSecond: perSecond,
    secondsLeft,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
  };
}
