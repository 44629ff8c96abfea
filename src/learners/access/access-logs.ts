import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type PageQuery,
  decodeCursor,
  encodeCursor,
  notFound,
  toPage,
} from '../../platform/http/index.js';
import { learnerIdOf } from '../learner-id.js';
import type { AccessLogPageDto } from './access-log.dto.js';
import { AccessLogStore } from './access-log.store.js';
import { toAccessDto } from './access-log.views.js';

/** The log as the learner and the authority see it. It names readers, not the learner. */
@Injectable()
export class AccessLogs {
  constructor(
    private readonly database: Database,
    private readonly store: AccessLogStore,
  ) {}

  list(principal: Principal, idOrMe: string, query: PageQuery): Promise<AccessLogPageDto> {
    const learnerId = learnerIdOf(principal, idOrMe);
    if (principal.learnerId !== learnerId && !principal.roles.includes('authority'))
      throw notFound();
    const [seq] = query.after === undefined ? [] : decodeCursor(query.after, 1, isSeq);
    // Past the walls: lines name offices and keys of other institutions.
    return this.database.readAcrossTenants(async (tx) => {
      const page = { beforeSeq: seq === undefined ? null : Number(seq), limit: query.limit + 1 };
      const lines = await this.store.list(tx, learnerId, page);
      const { items, next } = toPage(lines, query.limit, (last) => encodeCursor(String(last.seq)));
      return { items: items.map(toAccessDto), next };
    });
  }
}

function isSeq(part: string): boolean {
  return /^[1-9]\d{0,8}$/.test(part);
}
