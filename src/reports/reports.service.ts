import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parsePeriod } from '#libs/indicators';
import {
  type ReportContent,
  type ReportFile,
  compareConditions,
  compareIndicators,
  judgeReportFile,
} from '#libs/reports';
import { Issuers } from '../credentials/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import {
  type PageQuery,
  decodeCursor,
  encodeCursor,
  notFound,
  toPage,
} from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { type ConsistencyProofDto, LogIdentity } from '../transparency/index.js';
import { ReportPublisher } from './publishing/publisher.service.js';
import { ReportLog } from './publishing/report-log.js';
import type {
  ReportCheckDto,
  ReportComparisonDto,
  ReportDto,
  ReportPageDto,
} from './reports.dto.js';
import { ReportsStore, type StoredReport } from './reports.store.js';
import { contentIn, toComparisonDto, toHeadDto, toReportDto, toSideDto } from './reports.views.js';

/** Published reports, for everybody: as they were frozen, compared, and checked. */
@Injectable()
export class Reports {
  constructor(
    private readonly database: Database,
    private readonly store: ReportsStore,
    private readonly publisher: ReportPublisher,
    private readonly log: ReportLog,
    private readonly issuers: Issuers,
    private readonly identity: LogIdentity,
    private readonly clock: Clock,
  ) {}

  /** A page of reports, the newest first. */
  list({ after, limit }: PageQuery): Promise<ReportPageDto> {
    const [before] =
      after === undefined ? [] : decodeCursor(after, 1, (part) => /^\d{1,15}$/.test(part));
    return this.database.read(async (tx) => {
      const page = { before: before === undefined ? null : Number(before), limit: limit + 1 };
      const rows = await this.store.list(tx, page);
      const { items, next } = toPage(rows, limit, ({ number }) => encodeCursor(String(number)));
      return { items: items.map((row) => toHeadDto(row)), next };
    });
  }

  async publish(principal: Principal, period: string): Promise<ReportDto> {
    return toReportDto(await this.publisher.publish(principal, period));
  }

  show(id: string): Promise<ReportDto> {
    return this.database.read(async (tx) => toReportDto(await this.#require(tx, id)));
  }

  /** What a report says, for those who print it. Throws `not-found`. */
  content(id: string): Promise<{ content: ReportContent; stored: StoredReport }> {
    return this.database.read(async (tx) => {
      const stored = await this.#require(tx, id);
      return { content: contentIn(stored), stored };
    });
  }

  /** The report as a file that stands alone: signed, with its way into the log of reports. */
  file(id: string): Promise<ReportFile> {
    return this.database.read(async (tx) => this.log.fileOf(tx, await this.#require(tx, id)));
  }

  /** A report against another one, whichever of the two is older. */
  compare(id: string, other: string): Promise<ReportComparisonDto> {
    return this.database.read(async (tx) => {
      const before = contentIn(await this.#require(tx, other));
      const after = contentIn(await this.#require(tx, id));
      return toComparisonDto(
        { before: toSideDto(before), after: toSideDto(after) },
        compareIndicators(before, after),
        compareConditions(before, after),
      );
    });
  }

  /** What changed since a report was frozen: the same period as the bank has it now. */
  async changes(id: string): Promise<ReportComparisonDto> {
    const { content: before } = await this.content(id);
    const period = parsePeriod(before.period.id);
    if (!period) throw new Error(`report ${id} is about no period`);
    const after = await this.publisher.live(period);
    return toComparisonDto(
      {
        before: toSideDto(before),
        after: { reportId: null, title: null, period: after.period, dataTime: after.dataTime },
      },
      compareIndicators(before, after),
      compareConditions(before, after),
    );
  }

  /** What anybody can check, with the keys of this bank: whether a file is a report as it was. */
  async check(file: unknown): Promise<ReportCheckDto> {
    const { key, own } = await this.database.transaction(async (tx) => {
      const did = publisherOf(file);
      const issuer = did === null ? undefined : await this.issuers.byDid(tx, did);
      return { key: await this.identity.key(tx), own: issuer };
    });
    const document = own && (await this.issuers.documentOf(own));
    const { verdict, lines } = await judgeReportFile(file, {
      trust: { logs: [{ key, because: 'the key of this bank' }], witnesses: [] },
      now: this.clock.now(),
      resolve: (did) => Promise.resolve(did === own?.did ? document : undefined),
      trustsPublisher: (did) => did === own?.did,
    });
    return { verdict, lines: [...lines] };
  }

  checkpoint(): Promise<string> {
    return this.database.transaction((tx) => this.log.checkpoint(tx));
  }

  consistency(from: number, to: number): Promise<ConsistencyProofDto> {
    return this.database.read((tx) => this.log.consistency(tx, from, to));
  }

  async #require(tx: EntityManager, id: string): Promise<StoredReport> {
    const found = isUuid(id) ? await this.store.find(tx, id) : undefined;
    if (!found) throw notFound();
    return found;
  }
}

function publisherOf(file: unknown): string | null {
  const { report } = (file ?? {}) as { report?: { publisher?: { did?: unknown } } | null };
  const did = report?.publisher?.did;
  return typeof did === 'string' ? did : null;
}
