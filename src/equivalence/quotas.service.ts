import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { History } from '../history/index.js';
import { Institutions, rolesOfKind } from '../institutions/index.js';
import type { Principal } from '../platform/auth/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import type { EquivalenceQuotaDto, EquivalenceQuotasDto } from './equivalence.dto.js';
import { officeOf } from './office.js';
import { QuotasStore } from './quotas.store.js';

/** People a day that an office may ask about where the authority has set nothing. */
const USUAL_ROWS_PER_DAY = 200;

/** How many people an office may ask about in a day of the calendar in China. */
@Injectable()
export class Quotas {
  constructor(
    private readonly database: Database,
    private readonly store: QuotasStore,
    private readonly institutions: Institutions,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** The office's own. */
  show(principal: Principal): Promise<EquivalenceQuotaDto> {
    const institutionId = officeOf(principal);
    return this.database.read(async (tx) => {
      const { code } = await this.institutions.getById(tx, institutionId);
      return this.#quotaOf(tx, { id: institutionId, code });
    });
  }

  /** Of every institution whose people may ask, by code. */
  list(): Promise<EquivalenceQuotasDto> {
    return this.database.read(async (tx) => {
      const day = this.clock.today();
      const most = await this.store.listRowsPerDay(tx);
      const used = await this.store.listUsed(tx, day);
      const offices = (await this.institutions.list(tx)).filter(({ kind }) =>
        rolesOfKind(kind).includes('admissions'),
      );
      const items = offices.map(({ id, code, name }) => {
        const rowsPerDay = most.get(id) ?? USUAL_ROWS_PER_DAY;
        const asked = used.get(id) ?? 0;
        return {
          institution: code,
          institutionName: name,
          rowsPerDay,
          used: asked,
          left: Math.max(0, rowsPerDay - asked),
          day,
          isUsual: !most.has(id),
        };
      });
      return { items };
    });
  }

  /** Sets what an office may ask from now on; what it has asked today stays counted. */
  set(principal: Principal, code: string, rowsPerDay: number): Promise<EquivalenceQuotaDto> {
    return this.database.transaction(async (tx) => {
      const office = await this.institutions.getByCode(tx, code);
      const before = await this.#mostOf(tx, office.id);
      await this.history.record(tx, principal, {
        institutionId: office.id,
        subject: { kind: 'equivalence-quota', id: office.id },
        action: 'set',
        before: { rowsPerDay: before },
        after: { rowsPerDay },
      });
      await this.store.insert(tx, {
        institutionId: office.id,
        rowsPerDay,
        actor: principal.id,
        at: this.clock.now(),
      });
      return this.#quotaOf(tx, office);
    });
  }

  /** Takes so many of today's. Refuses with `equivalence-quota-used`, and then takes none. */
  async take(tx: EntityManager, institutionId: string, count: number): Promise<void> {
    const day = this.clock.today();
    const most = await this.#mostOf(tx, institutionId);
    if (await this.store.take(tx, { institutionId, day, count, most })) return;
    const used = await this.store.findUsed(tx, institutionId, day);
    throw refusal('equivalence-quota-used', {
      rows: String(count),
      left: String(Math.max(0, most - used)),
      quota: String(most),
    });
  }

  async #quotaOf(
    tx: EntityManager,
    { id, code }: { id: string; code: string },
  ): Promise<EquivalenceQuotaDto> {
    const day = this.clock.today();
    const rowsPerDay = await this.#mostOf(tx, id);
    const used = await this.store.findUsed(tx, id, day);
    return { institution: code, rowsPerDay, used, left: Math.max(0, rowsPerDay - used), day };
  }

  async #mostOf(tx: EntityManager, institutionId: string): Promise<number> {
    return (await this.store.findRowsPerDay(tx, institutionId)) ?? USUAL_ROWS_PER_DAY;
  }
}
