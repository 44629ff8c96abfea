import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { formatCredits, millicredits } from '#libs/credit';
import { Learners } from '../learners/index.js';
import type { Principal } from '../platform/auth/index.js';
import { progressOf } from '../platform/http/index.js';
import { DraftAccess } from '../rulebook/index.js';
import type { Case, Changes, Report } from './report.js';
import type { Simulation } from './simulation.js';
import type {
  SimulationCaseDto,
  SimulationChangesDto,
  SimulationDto,
  SimulationReportDto,
} from './simulations.dto.js';

/** A group of fewer learners could be told apart by somebody who knows them. */
const SMALLEST_GROUP = 5;

/** Rules gained and lost, and the outcomes behind them. */
const READING = { purpose: 'simulation', fields: ['outcomes', 'standings'] } as const;

/** For whom ids of learners are looked up; null shows none. */
type Reader = Principal | null;

/** Simulations as the API shows them. Callers have checked access to the draft. */
@Injectable()
export class SimulationViews {
  constructor(
    private readonly learners: Learners,
    private readonly access: DraftAccess,
  ) {}

  /**
   * @param reader to whom the ids of learners are shown, which is written down for each of them;
   *   null where a simulation is only one of a list, or still moves
   */
  async detail(
    tx: EntityManager,
    principal: Principal,
    simulation: Simulation,
    reader: Reader = null,
  ): Promise<SimulationDto> {
    const { perSecond, secondsLeft } = progressOf(simulation);
    return {
      id: simulation.id,
      draftId: simulation.draftId,
      programme: simulation.programme,
      hash: simulation.ruleHash,
      replacedHash: simulation.replacedHash,
      on: simulation.on,
      state: simulation.state,
      population: simulation.population,
      progress: {
        total: simulation.total,
        done: simulation.done,
        learnersPerSecond: perSecond,
        secondsLeft,
      },
      report: simulation.report && (await this.#report(tx, principal, simulation, reader)),
      createdAt: simulation.createdAt.toISOString(),
      startedAt: simulation.startedAt?.toISOString() ?? null,
      endedAt: simulation.endedAt?.toISOString() ?? null,
    };
  }

  async #report(
    tx: EntityManager,
    principal: Principal,
    simulation: Simulation,
    reader: Reader,
  ): Promise<SimulationReportDto> {
    const report = simulation.report as Report;
    const isOverseer = 'isOverseer' in (await this.access.reachOf(tx, principal));
    const schools = Object.entries(report.schools).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const shown = schools.filter(([, { learners }]) => isOverseer || learners >= SMALLEST_GROUP);
    const { slowest, cases } = report;
    const { population, total } = simulation;
    return {
      ...toChangesDto(report),
      unchanged: report.same + (population ?? 0) - (total ?? 0),
      different: report.different,
      unproven: report.unproven,
      schools: shown.map(([institution, changes]) => ({ institution, ...toChangesDto(changes) })),
      schoolsHidden: schools.length - shown.length,
      caps: Object.entries(report.caps).map(([cap, counts]) => ({ cap, ...counts })),
      slowest: slowest && {
        ...slowest,
        elapsedMs: Math.round(slowest.elapsedMs * 10) / 10,
        learnerId: await this.#idFor(tx, reader, slowest.learnerId),
      },
      gainedCases: await this.#cases(tx, reader, cases.gained),
      lostCases: await this.#cases(tx, reader, cases.lost),
    };
  }

  async #cases(
    tx: EntityManager,
    reader: Reader,
    cases: readonly Case[],
  ): Promise<SimulationCaseDto[]> {
    const shown: SimulationCaseDto[] = [];
    for (const { learnerId, rulesGained, rulesLost, ...credits } of cases) {
      shown.push({
        ...credits,
        learnerId: await this.#idFor(tx, reader, learnerId),
        rulesGained: [...rulesGained],
        rulesLost: [...rulesLost],
      });
    }
    return shown;
  }

  /** Rules are written without knowing whom they meet, unless one may read the records anyway. */
  async #idFor(tx: EntityManager, reader: Reader, learnerId: string): Promise<string | null> {
    if (!reader) return null;
    const isShown = await this.learners.mayShowAside(tx, reader, learnerId, READING);
    return isShown ? learnerId : null;
  }
}

function toChangesDto(changes: Changes): SimulationChangesDto {
  return {
    learners: changes.learners,
    gained: changes.gained,
    lost: changes.lost,
    creditsGained: formatCredits(millicredits(BigInt(changes.millicreditsGained))),
    creditsLost: formatCredits(millicredits(BigInt(changes.millicreditsLost))),
  };
}
