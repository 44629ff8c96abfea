import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { IndicatorDefinition } from '#libs/indicators';
import { Catalogue } from '../catalogue/index.js';
import { Institutions } from '../institutions/index.js';
import { Learners } from '../learners/index.js';
import { entryId } from '../ledger/index.js';
import { type Principal, isOverseer } from '../platform/auth/index.js';
import { Database } from '../platform/database/index.js';
import { decodeCursor, encodeCursor, notFound, toPage } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import { IndicatorFigures } from './figures/figures.js';
import { type Counting, FiguresStore, type SourceRow } from './figures/figures.store.js';
import type { SourceDto, SourcePageDto, SourcesQuery } from './indicators.dto.js';
import { Indicators, definitionOf } from './indicators.service.js';

/** From a figure down to the outcomes and entries that it is counted from. */
@Injectable()
export class IndicatorSources {
  constructor(
    private readonly indicators: Indicators,
    private readonly figures: IndicatorFigures,
    private readonly store: FiguresStore,
    private readonly institutions: Institutions,
    private readonly catalogue: Catalogue,
    private readonly learners: Learners,
    private readonly database: Database,
  ) {}

  /**
   * A page of what an indicator counts; the authority sees everything, an institution what it posted
   * itself. Every line is in its learner's access log. An indicator that is made of figures from
   * outside has no lines. People whose data is frozen are left out.
   */
  list(principal: Principal, id: string, query: SourcesQuery): Promise<SourcePageDto> {
    const definition = definitionOf(id);
    const after = query.after === undefined ? null : cursorOf(query.after);
    return this.database.transaction(async (tx) => {
      const institutionId = await this.#whose(tx, principal, query.institution);
      const counting = this.#countingOf(definition, query);
      if (!counting) return { items: [], next: null };
      const page = { institutionId, after, limit: query.limit + 1 };
      const rows = await this.store.listSources(tx, counting, page);
      const { items, next } = toPage(rows, query.limit, ({ day, lotId }) =>
        encodeCursor(day, lotId),
      );
      return { items: await this.#admitted(tx, principal, items), next };
    });
  }

  /** Null is every institution. Throws `not-found` for what is not the principal's to see. */
  async #whose(
    tx: EntityManager,
    principal: Principal,
    code: string | undefined,
  ): Promise<string | null> {
    const named = code === undefined ? null : await this.institutions.getByCode(tx, code);
    if (isOverseer(principal)) return named?.id ?? null;
    const { institutionId } = principal;
    if (institutionId === null || (named && named.id !== institutionId)) throw notFound();
    return institutionId;
  }

  /** Null when nothing of the ledger is counted. */
  #countingOf({ counts }: IndicatorDefinition, query: SourcesQuery): Counting | null {
    const { period, knownAt } = this.indicators.asked(query);
    // Learners are counted by calendar year or by school year, as the period is.
    const count = period.kind === 'year' ? counts.at(0) : counts.at(-1);
    if (!count) return null;
    return { ...count, period, knownAt, day: this.figures.lastDayOf(period) };
  }

  async #admitted(
    tx: EntityManager,
    principal: Principal,
    rows: readonly SourceRow[],
  ): Promise<SourceDto[]> {
    const ground = isOverseer(principal) ? 'oversight' : 'roster';
    const seen = new Map<string, boolean>();
    for (const { learnerId } of rows) {
      if (seen.has(learnerId)) continue;
      const permit = await this.learners.admitBy(tx, principal, learnerId, {
        purpose: 'indicator',
        fields: ['outcomes'],
        right: { ground, reference: null },
      });
      seen.set(learnerId, permit !== null);
    }
    const matcher = await this.catalogue.matcher(tx);
    const codes = new Map((await this.institutions.list(tx)).map(({ id, code }) => [id, code]));
    return rows
      .filter(({ learnerId }) => seen.get(learnerId))
      .map((row) => {
        const definition = matcher.byId(row.definitionId);
        if (!definition) throw new Error(`outcome ${row.lotId} has no catalogue entry`);
        return {
          outcomeId: row.lotId,
          entryId: row.hasEntries ? entryId({ lotId: row.lotId, lotSeq: 0 }) : null,
          learnerId: row.learnerId,
          institution: codes.get(row.institutionId) ?? '',
          outcome: { code: definition.code, title: definition.title },
          day: row.day,
          category: row.category,
          knownFrom: row.knownFrom.toISOString(),
        };
      });
  }
}

function cursorOf(text: string): [string, string] {
  return decodeCursor(text, 2, (part, place) =>
    place === 0 ? /^\d{4}-\d{2}-\d{2}$/.test(part) : isUuid(part),
  ) as [string, string];
}
