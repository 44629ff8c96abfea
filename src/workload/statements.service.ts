import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parsePeriod } from '#libs/indicators';
import { canonicalJson } from '#libs/rules';
import { linesOf, totalOf } from '#libs/workload';
import { History } from '../history/index.js';
import { Follower } from '../indicators/index.js';
import { type Institution, Institutions } from '../institutions/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { sha256 } from '../platform/crypto/index.js';
import { Database } from '../platform/database/index.js';
import { notFound, refusal } from '../platform/http/index.js';
import { isUuid, newId } from '../platform/ids/index.js';
import { type Reckoned, Reckoning, itemOf } from './reckoning.js';
import type {
  NewWorkloadStatementDto,
  WorkloadStatementDto,
  WorkloadStatementListDto,
  WorkloadQuery,
} from './workload.dto.js';
import { type StatementItem, type StoredStatement, WorkloadStore } from './workload.store.js';
import { toHoursPerFteDto, toLineDto, toTotalDto } from './workload.views.js';

/** What a statement says beside its trainings; kept as canonical JSON. */
type Said = Omit<WorkloadStatementDto, 'hash'>;

/** Statements of workload: closed for a period, and never changed. */
@Injectable()
export class WorkloadStatements {
  constructor(
    private readonly database: Database,
    private readonly store: WorkloadStore,
    private readonly reckoning: Reckoning,
    private readonly institutions: Institutions,
    private readonly follower: Follower,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /**
   * Closes a period that is over: what is known now stays so. Corrections of periods closed before
   * are in it as differences. Refuses `period-not-over`, `workload-closed` and, for a school year
   * over a calendar year that is closed, `workload-overlaps`: nothing is stated twice.
   */
  async close(
    principal: Principal,
    wanted: NewWorkloadStatementDto,
  ): Promise<WorkloadStatementDto> {
    const period = parsePeriod(wanted.period);
    if (!period) throw refusal('invalid-fields');
    if (period.to >= this.clock.today()) throw refusal('period-not-over', { to: period.to });
    // What was posted a moment ago is in it.
    await this.follower.catchUp();
    return this.database.transaction(async (tx) => {
      const institution = await this.institutions.getByCode(tx, wanted.institution);
      await this.store.lock(tx, institution.id);
      const closed = await this.store.statements(tx, institution.id);
      const { from, to, id: name } = period;
      const same = closed.find((one) => one.from <= to && from <= one.to);
      if (same) {
        const code = same.period === name ? 'workload-closed' : 'workload-overlaps';
        throw refusal(code, { period: same.period });
      }
      const reckoned = await this.reckoning.read(tx, { institutionId: institution.id, from, to });
      const statement = this.#statementOf(principal, institution, { from, to, name }, reckoned);
      await this.store.insertStatement(tx, statement.stored, statement.items);
      const dto = toDto(statement.stored);
      await this.history.record(tx, principal, {
        institutionId: institution.id,
        subject: { kind: 'workload-statement', id: dto.id },
        action: 'closed',
        after: { period: name, hash: dto.hash, units: dto.total.units },
      });
      return dto;
    });
  }

  /** Of one institution, the newest first. */
  list(
    principal: Principal,
    { institution: code }: WorkloadQuery,
  ): Promise<WorkloadStatementListDto> {
    return this.database.readAcrossTenants(async (tx) => {
      const all = await this.institutions.list(tx);
      const institution = all.find((one) =>
        code === undefined ? one.id === principal.institutionId : one.code === code,
      );
      if (!institution || !maySee(principal, institution.id)) throw notFound();
      return { items: (await this.store.statements(tx, institution.id)).map(toDto) };
    });
  }

  /** One of the principal's own, or for the authority anybody's. Throws `not-found`. */
  async find(tx: EntityManager, principal: Principal, id: string): Promise<StoredStatement> {
    const found = isUuid(id) ? await this.store.findStatement(tx, id) : undefined;
    if (!found || !maySee(principal, found.institutionId)) throw notFound();
    return found;
  }

  show(principal: Principal, id: string): Promise<WorkloadStatementDto> {
    return this.database.readAcrossTenants(async (tx) => toDto(await this.find(tx, principal, id)));
  }

  /** The statement that closed a period; null while it is open. */
  async ofPeriod(
    tx: EntityManager,
    { id }: Institution,
    period: string,
  ): Promise<WorkloadStatementDto | null> {
    const all = await this.store.statements(tx, id);
    const found = all.find((one) => one.period === period);
    return found ? toDto(found) : null;
  }

  #statementOf(
    principal: Principal,
    institution: Institution,
    { from, to, name }: { from: string; to: string; name: string },
    { weighed, differences, hoursPerFte }: Reckoned,
  ): { stored: StoredStatement; items: StatementItem[] } {
    const counted = weighed.map((one, i) => itemOf(one, institution.id, i));
    const corrected = differences.map((one, i) => ({ ...one, position: counted.length + i }));
    const items = [...counted, ...corrected];
    const lines = linesOf(weighed);
    const said: Said = {
      id: newId(),
      institution: institution.code,
      period: name,
      from,
      to,
      closedAt: this.clock.now().toISOString(),
      lines: lines.map(toLineDto),
      total: toTotalDto(totalOf(lines), hoursPerFte),
      unknownHours: counted.filter(({ reason }) => reason === 'hours-unknown').length,
      differences: toTotalDto(
        totalOf(
          differences.map(({ minutes, weighed: units }) => ({ count: 1, minutes, weighed: units })),
        ),
        hoursPerFte,
      ),
      hoursPerFte: toHoursPerFteDto(hoursPerFte),
    };
    const content = canonicalJson({ ...said, trainings: items.map(plain) });
    const stored = {
      id: said.id,
      institutionId: institution.id,
      period: name,
      from,
      to,
      hoursPerFte: hoursPerFte?.text ?? null,
      content,
      hash: sha256(content),
      actor: principal.id,
      closedAt: new Date(said.closedAt),
    };
    return { stored, items };
  }
}

/** A training as the hashed text has it. */
function plain({ minutes, weighed, ...item }: StatementItem): object {
  return { ...item, minutes: String(minutes), weighed: String(weighed) };
}

function toDto({ content, hash }: StoredStatement): WorkloadStatementDto {
  const { trainings: _, ...said } = JSON.parse(content) as Said & { trainings: unknown };
  return { ...said, hash: hash.toString('hex') };
}

function maySee(principal: Principal, institutionId: string): boolean {
  return principal.institutionId === institutionId || isOverseer(principal);
}
