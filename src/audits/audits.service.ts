import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AuditReport, auditDatabase } from '../audit/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import {
  type Page,
  type PageQuery,
  encodeCursor,
  idCursor,
  toPage,
} from '../platform/http/index.js';
import { newId } from '../platform/ids/index.js';
import { DailyTasks, TaskHandlers, Tasks } from '../platform/queue/index.js';
import { LogIdentity } from '../transparency/index.js';
import { type AuditResult, type AuditRun, MOST_FINDINGS } from './audit-run.js';
import type { AuditRunDto } from './audits.dto.js';
import { AuditsStore } from './audits.store.js';
import { toAuditRunDto } from './audits.views.js';

const RUN = 'audits.run';
const DAILY = 'audits.daily';

interface RunTask {
  readonly runId: string;
}

/** Checks of the books against the public log, by the service itself. */
@Injectable()
export class Audits implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: AuditsStore,
    private readonly log: LogIdentity,
    private readonly handlers: TaskHandlers,
    private readonly daily: DailyTasks,
    private readonly tasks: Tasks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register<RunTask>(RUN, ({ runId }) => this.#run(runId), 'bulk');
    this.handlers.onClosing<RunTask>(RUN, (tx, { runId }) =>
      this.store.insertResult(tx, runId, this.#notDone()),
    );
    this.daily.register(DAILY, async () => {
      await this.database.transaction((tx) => this.ask(tx, null));
    });
  }

  /** A page of checks, the newest first. */
  list(query: PageQuery): Promise<Page<AuditRunDto>> {
    const before = idCursor(query.after);
    return this.database.read(async (tx) => {
      const rows = await this.store.list(tx, { before, limit: query.limit + 1 });
      return toPage(rows.map(toAuditRunDto), query.limit, (last) => encodeCursor(last.id));
    });
  }

  /** Asks for a check; while one is open it is that one. */
  start(principal: Principal): Promise<AuditRunDto> {
    return this.database.transaction(async (tx) => toAuditRunDto(await this.ask(tx, principal)));
  }

  /** {@link start} within a transaction; null for the check of every day. */
  async ask(tx: EntityManager, by: Pick<Principal, 'id' | 'name'> | null): Promise<AuditRun> {
    await this.store.lock(tx);
    const open = await this.store.findOpen(tx);
    if (open) return open;
    const run = {
      id: newId(),
      askedBy: by?.id ?? null,
      askedByName: by?.name ?? null,
      askedAt: this.clock.now(),
    };
    await this.store.insertRun(tx, run);
    await this.tasks.add(tx, RUN, { runId: run.id } satisfies RunTask);
    return { ...run, result: null };
  }

  async #run(runId: string): Promise<void> {
    const startedAt = this.clock.now();
    // A log that has no checkpoint yet begins with one of size 0.
    const key = await this.database.transaction((tx) => this.log.key(tx));
    const report = await auditDatabase(this.config.databaseUrl, { key });
    const result = { ...resultOf(report), startedAt, endedAt: this.clock.now() };
    await this.database.transaction((tx) => this.store.insertResult(tx, runId, result));
  }

  #notDone(): AuditResult {
    const nothing = { logSize: null, logRoot: null, entries: null, waiting: null };
    const outcome = 'not-done';
    return {
      ...nothing,
      outcome,
      found: 0,
      findings: [],
      startedAt: null,
      endedAt: this.clock.now(),
    };
  }
}

function resultOf(report: AuditReport): Omit<AuditResult, 'startedAt' | 'endedAt'> {
  const { clean, log, entries, waiting, findings } = report;
  return {
    outcome: clean ? 'clean' : 'faulty',
    logSize: log.size,
    logRoot: Buffer.from(log.root, 'base64'),
    entries,
    waiting,
    found: findings.length,
    findings: findings.slice(0, MOST_FINDINGS),
  };
}
