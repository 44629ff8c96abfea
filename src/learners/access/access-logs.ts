import { Injectable } from '@nestjs/common';
import { type Principal, isSelf } from '../../platform/auth/index.js';
import { Database } from '../../platform/database/index.js';
import {
  type PageQuery,
  decodeCursor,
  encodeCursor,
  notFound,
  toPage,
} from '../../platform/http/index.js';
import { LearnersStore } from '../learners.store.js';
import { learnerIdOf } from '../learner-id.js';
import type { AccessLogPageDto } from './access-log.dto.js';
import { type AccessLine, AccessLogStore } from './access-log.store.js';
import { toAccessDto } from './access-log.views.js';

/** The log as the learner and the authority see it. It names readers, not the learner. */
@Injectable()
export class AccessLogs {
  constructor(
    private readonly database: Database,
    private readonly store: AccessLogStore,
    private readonly learners: LearnersStore,
  ) {}

  list(principal: Principal, idOrMe: string, query: PageQuery): Promise<AccessLogPageDto> {
    const learnerId = learnerIdOf(principal, idOrMe);
    if (!isSelf(principal, learnerId) && !principal.roles.includes('authority')) throw notFound();
    // Past the walls: lines name offices and keys of other institutions.
    return this.database.readAcrossTenants(async (tx) => {
      const selves = (await this.learners.whole(tx, learnerId))?.selves ?? [learnerId];
      const before =
        query.after === undefined
          ? null
          : decodeCursor(query.after, selves.length, isSeq).map(Number);
      const chains: AccessLine[][] = [];
      for (const [n, id] of selves.entries()) {
        const page = { beforeSeq: before?.[n] ?? null, limit: query.limit + 1 };
        chains.push(await this.store.list(tx, id, page));
      }
      const merged = newestFirst(chains, before ?? selves.map(() => BEHIND_ALL));
      const { items, next } = toPage(merged, query.limit, ({ seen }) =>
        encodeCursor(...seen.map(String)),
      );
      return { items: items.map(({ line }) => toAccessDto(line)), next };
    });
  }
}

/** More than any number of a line. */
const BEHIND_ALL = 999_999_999;

/** A line, and the number of the last one seen of each account when it is the last of a page. */
interface Seen {
  readonly line: AccessLine;
  readonly seen: readonly number[];
}

/** The lines of several accounts as one log; within each account the chain keeps its order. */
function newestFirst(chains: readonly AccessLine[][], before: readonly number[]): Seen[] {
  const seen = [...before];
  const places = chains.map(() => 0);
  const merged: Seen[] = [];
  for (;;) {
    const heads = chains.map((chain, n) => chain[places[n] as number]);
    let newest = -1;
    for (const [n, head] of heads.entries()) {
      const best = heads[newest];
      if (head && (!best || head.recordedAt > best.recordedAt)) newest = n;
    }
    const line = heads[newest];
    if (!line) return merged;
    places[newest] = (places[newest] as number) + 1;
    seen[newest] = line.seq;
    merged.push({ line, seen: [...seen] });
  }
}

function isSeq(part: string): boolean {
  return /^[1-9]\d{0,8}$/.test(part);
}
