import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONTEXTS, addProof } from '#libs/credentials';
import { type Period, parsePeriod, seriesUpTo } from '#libs/indicators';
import {
  type Comparable,
  SILENT_PERIODS,
  type ReportContent,
  canonicalReport,
  dueDay,
  jsonOf,
  periodDue,
  reportHash,
} from '#libs/reports';
import { Issuers } from '../../credentials/index.js';
import { type Actor, History } from '../../history/index.js';
import { Follower, IndicatorFigures } from '../../indicators/index.js';
import { Institutions } from '../../institutions/index.js';
import type { Principal } from '../../platform/auth/index.js';
import { Clock, dayOf } from '../../platform/clock/index.js';
import { Database } from '../../platform/database/index.js';
import { refusal } from '../../platform/http/index.js';
import { newId } from '../../platform/ids/index.js';
import { DailyTasks } from '../../platform/queue/index.js';
import { Conditions } from '../conditions/conditions.service.js';
import { ReportsStore, type StoredReport } from '../reports.store.js';
import { ScheduleStore } from '../schedule/schedule.store.js';
import { type Readings, contentOf, tellOf } from './content.js';
import { ReportLog } from './report-log.js';

const DAILY = 'reports.due';

/** Makes reports: reads everything at one moment, signs it, and puts it into the log of reports. */
@Injectable()
export class ReportPublisher implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ReportsStore,
    private readonly schedules: ScheduleStore,
    private readonly log: ReportLog,
    private readonly figures: IndicatorFigures,
    private readonly follower: Follower,
    private readonly conditions: Conditions,
    private readonly institutions: Institutions,
    private readonly issuers: Issuers,
    private readonly history: History,
    private readonly daily: DailyTasks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.daily.register(DAILY, async (day) => {
      await this.publishDue(day);
    });
  }

  /** Publishes a report about a period now. Throws `report-period-not-begun`. */
  async publish(principal: Principal, periodId: string): Promise<StoredReport> {
    const period = parsePeriod(periodId);
    if (!period || period.from > this.clock.today()) {
      throw refusal('report-period-not-begun', { period: periodId });
    }
    const readings = await this.#read(period);
    return this.database.transaction((tx) =>
      this.#freeze(tx, readings, { by: principal, scheduledFor: null }),
    );
  }

  /**
   * Publishes the report of the schedule that is due, when it was not published yet. It may run
   * again, and at the same time: of two the second finds the report of the first.
   *
   * @returns undefined when nothing was to be done
   */
  async publishDue(today: string): Promise<StoredReport | undefined> {
    const schedule = await this.database.read((tx) => this.schedules.findInForce(tx));
    if (!schedule) return undefined;
    const due = dueDay(schedule, dayOf(schedule.recordedAt), today);
    if (due === null) return undefined;
    if (await this.database.read((tx) => this.store.isMade(tx, due))) return undefined;
    await this.follower.catchUp();
    const readings = await this.#read(periodDue(schedule, due));
    const by: Actor = {
      id: schedule.actor,
      name: schedule.actorName,
      institutionId: schedule.actorInstitution,
    };
    return this.database.transaction(async (tx) => {
      await this.store.lock(tx);
      if (await this.store.isMade(tx, due)) return undefined;
      return this.#freeze(tx, readings, { by, scheduledFor: due });
    });
  }

  /** What a report about a period would say now. */
  async live(period: Period): Promise<Comparable & Pick<ReportContent, 'dataTime' | 'period'>> {
    return tellOf(await this.#read(period));
  }

  /** Everything at one moment: no posting comes between two figures. */
  #read(period: Period): Promise<Readings> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const figures = await this.figures.readWithin(tx, { period, knownAt: null });
      const before = seriesUpTo(period, SILENT_PERIODS).slice(0, -1).reverse();
      const earlier = [];
      for (const one of before) {
        earlier.push(await this.figures.readWithin(tx, { period: one, knownAt: null }));
      }
      const schools = await this.conditions.within(tx, figures.day, null);
      const institutions = await this.institutions.list(tx);
      return { figures, earlier, schools, institutions };
    });
  }

  async #freeze(
    tx: EntityManager,
    readings: Readings,
    { by, scheduledFor }: { by: Actor; scheduledFor: string | null },
  ): Promise<StoredReport> {
    await this.store.lock(tx);
    const last = await this.store.findLast(tx);
    const issuer = await this.issuers.byId(tx, by.institutionId);
    const publishedAt = this.clock.now();
    const content = contentOf(readings, {
      number: (last?.number ?? -1) + 1,
      id: newId(),
      publishedAt,
      scheduledFor,
      publisher: { did: issuer.did, name: issuer.name },
    });
    const signed = await addProof(
      jsonOf(content),
      { cryptosuite: 'eddsa-jcs-2022', created: publishedAt, purpose: 'assertionMethod' },
      await this.issuers.signer(tx, issuer),
      CONTEXTS,
    );
    if (!signed.ok) throw new Error(`a report cannot be signed: ${signed.code}`);
    const body = canonicalReport(signed.document);
    const hash = reportHash(body);
    const { number, id } = content;
    const treeRoot = await this.log.append(tx, last, { number, hash });
    const period = readings.figures.period.id;
    const report = { number, id, period, scheduledFor, publishedAt, body, hash, treeRoot };
    await this.store.insert(tx, report);
    await this.history.record(tx, by, {
      institutionId: by.institutionId,
      subject: { kind: 'report', id },
      action: 'published',
      after: { number, period, scheduledFor, hash: hash.toString('hex') },
    });
    return report;
  }
}
