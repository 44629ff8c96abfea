import { Injectable } from '@nestjs/common';
import { type Institution, Institutions } from '../institutions/index.js';
import { Clock } from '../platform/clock/index.js';
import { Database } from '../platform/database/index.js';
import { type PageQuery, decodeCursor, encodeCursor, toPage } from '../platform/http/index.js';
import { isUuid } from '../platform/ids/index.js';
import type { ConversionInstitutionDto } from './conversions.dto.js';
import { DeadlinesStore } from './deadlines.store.js';
import type { OverdueApplicationsDto, OverdueInstitutionsDto } from './overdue.dto.js';

/** Promised days that were not kept, for the authority: by institution, without any learner. */
@Injectable()
export class OverdueApplications {
  constructor(
    private readonly database: Database,
    private readonly store: DeadlinesStore,
    private readonly institutions: Institutions,
    private readonly clock: Clock,
  ) {}

  byInstitution(): Promise<OverdueInstitutionsDto> {
    return this.database.read(async (tx) => {
      const byId = new Map((await this.institutions.list(tx)).map((one) => [one.id, one]));
      const counts = await this.store.countOverdue(tx, this.clock.today());
      return {
        items: counts.map(({ institutionId, count, oldestDueOn }) => ({
          institution: toInstitutionDto(byId.get(institutionId) as Institution),
          count,
          oldestDueOn,
        })),
      };
    });
  }

  /** Throws `not-found` for a code that no institution has. */
  of(code: string, query: PageQuery): Promise<OverdueApplicationsDto> {
    const [dueOn = '', id = ''] =
      query.after === undefined ? [] : decodeCursor(query.after, 2, isOurs);
    const after = query.after === undefined ? null : { dueOn, id };
    return this.database.read(async (tx) => {
      const institution = await this.institutions.getByCode(tx, code);
      const rows = await this.store.listOverdue(tx, {
        institutionId: institution.id,
        today: this.clock.today(),
        after,
        limit: query.limit + 1,
      });
      const page = toPage(rows, query.limit, (last) => encodeCursor(last.dueOn, last.id));
      return {
        institution: toInstitutionDto(institution),
        items: page.items,
        next: page.next,
      };
    });
  }
}

function isOurs(part: string, place: number): boolean {
  if (place === 1) return isUuid(part);
  return /^\d{4}-\d\d-\d\d$/.test(part) && !Number.isNaN(Date.parse(part));
}

function toInstitutionDto({ id, code, name }: Institution): ConversionInstitutionDto {
  return { id, code, name };
}
