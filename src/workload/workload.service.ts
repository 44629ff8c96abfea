import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Period, parsePeriod, yearWith } from '#libs/indicators';
import { linesOf, totalOf, weigh, Coefficients } from '#libs/workload';
import { History } from '../history/index.js';
import { type Institution, Institutions } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  decodeCursor,
  encodeCursor,
  isMoment,
  notFound,
  refusal,
  toPage,
} from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import type { TrainingIncomeDto, NewTrainingIncomeDto } from './income.dto.js';
import { Reckoning, itemOf } from './reckoning.js';
import { WorkloadStatements } from './statements.service.js';
import { TrainingsStore } from './trainings.store.js';
import type {
  WorkloadDto,
  WorkloadEntriesQuery,
  WorkloadEntryPageDto,
  WorkloadQuery,
} from './workload.dto.js';
import { WorkloadStore } from './workload.store.js';
import {
  toDifferencesDto,
  toEntryDto,
  toHoursPerFteDto,
  toIncomeDto,
  toLineDto,
  toTotalDto,
} from './workload.views.js';

/** Which institution and which days a principal asks about. */
export interface Asked {
  readonly institution: Institution;
  readonly period: Period;
}

/** Training workload of an institution: its own, or for the authority anybody's. */
@Injectable()
export class Workload {
  constructor(
    private readonly database: Database,
    private readonly reckoning: Reckoning,
    private readonly trainings: TrainingsStore,
    private readonly store: WorkloadStore,
    private readonly statements: WorkloadStatements,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** Lines, total, corrections and income of a period. */
  show(principal: Principal, query: WorkloadQuery): Promise<WorkloadDto> {
    // Who may ask was found out; proofs stand beside entries of everybody.
    return this.database.readAcrossTenants(async (tx) => {
      const { institution, period } = await this.asked(tx, principal, query);
      const { from, to } = period;
      const span = { institutionId: institution.id, from, to };
      const { weighed, differences, hoursPerFte } = await this.reckoning.read(tx, span);
      const lines = linesOf(weighed);
      const income = await this.store.incomeOf(tx, institution.id, period);
      const closed = await this.statements.ofPeriod(tx, institution, period.id);
      return {
        institution: { code: institution.code, name: { ...institution.name } },
        period: period.id,
        from,
        to,
        lines: lines.map(toLineDto),
        total: toTotalDto(totalOf(lines), hoursPerFte),
        unknownHours: weighed.filter(({ fact }) => fact.minutes === null).length,
        hoursPerFte: toHoursPerFteDto(hoursPerFte),
        differences: toDifferencesDto(differences),
        closed,
        income: income.map(toIncomeDto),
        incomeFen: String(income.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n)),
      };
    });
  }

  /** The trainings behind the lines, by day. */
  entries(principal: Principal, query: WorkloadEntriesQuery): Promise<WorkloadEntryPageDto> {
    const after = query.after === undefined ? null : cursorOf(query.after);
    return this.database.readAcrossTenants(async (tx) => {
      const { institution, period } = await this.asked(tx, principal, query);
      const span = { institutionId: institution.id, from: period.from, to: period.to };
      const page = { after, limit: query.limit + 1 };
      const rows = await this.trainings.list(tx, span, page);
      const { items, next } = toPage(rows, query.limit, ({ day, lotId }) =>
        encodeCursor(day, lotId),
      );
      const coefficients = new Coefficients(await this.store.coefficients(tx));
      return {
        items: weigh(items, coefficients).map((one, position) =>
          toEntryDto(itemOf(one, institution.id, position), one.fact.hasEntry),
        ),
        next,
      };
    });
  }

  /** States the income of a training project. Nothing is paid by it. */
  stateIncome(principal: Principal, wanted: NewTrainingIncomeDto): Promise<TrainingIncomeDto> {
    const { institutionId } = principal;
    if (institutionId === null) throw refusal('no-institution');
    return this.database.transaction(async (tx) => {
      const { project, on, amountFen, source } = wanted;
      const one = {
        id: newId(),
        institutionId,
        project,
        on,
        amountFen,
        source,
        actor: principal.id,
        recordedAt: this.clock.now(),
      };
      await this.store.insertIncome(tx, one);
      const after = toIncomeDto(one);
      await this.history.record(tx, principal, {
        institutionId,
        subject: { kind: 'workload-income', id: one.id },
        action: 'stated',
        after: { ...after },
      });
      return after;
    });
  }

  /** Throws `not-found` for what is not the principal's to see. */
  async asked(tx: EntityManager, principal: Principal, query: WorkloadQuery): Promise<Asked> {
    const { institution: code, period: text } = query;
    const period = text === undefined ? yearWith(this.clock.today()) : parsePeriod(text);
    if (!period) throw refusal('invalid-fields');
    const all = await this.institutions.list(tx);
    const institution = all.find((one) =>
      code === undefined ? one.id === principal.institutionId : one.code === code,
    );
    const isOwn = institution?.id === principal.institutionId;
    if (!institution || !(isOwn || isOverseer(principal))) throw notFound();
    return { institution, period };
  }
}

function cursorOf(text: string): [string, string] {
  return decodeCursor(text, 2, (part, place) =>
    place === 0 ? isMoment(`${part}T00:00:00.000Z`) : isUuid(part),
  ) as [string, string];
}
