import type {
  Agreement,
  AuditRun,
  EncryptionKey,
  InstitutionRequest,
  KindOfWork,
  OverdueInstitution,
  Proposal,
} from '../../api/authority-types';

/** One kind of thing that waits for somebody, and where it is done. */
export interface Need {
  readonly name:
    | 'requests'
    | 'proposals'
    | 'overdue'
    | 'tasks'
    | 'answers'
    | 'endings'
    | 'audit'
    | 'auditOld'
    | 'auditFailed'
    | 'holidays'
    | 'keys';
  readonly count: number;
  /** The moment or day of the oldest, of the nearest for what ends; null where there is none. */
  readonly since: string | null;
  readonly to: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const ENDS_WITHIN_MS = 90 * DAY_MS;
/** The check runs every day; two days without one mean that it does not. */
const CHECKED_WITHIN_MS = 2 * DAY_MS;
/** The State Council publishes the next year's holidays in November. */
const NOTICE_MONTH = 11;

export function requestsOf(requests: readonly InstitutionRequest[]): Need {
  const waiting = requests.filter(({ state }) => state === 'waiting');
  const since = oldest(waiting.map(({ createdAt }) => createdAt));
  return { name: 'requests', count: waiting.length, since, to: '/authority/requests' };
}

export function proposalsOf(open: readonly Proposal[]): Need {
  const since = oldest(open.map(({ proposedAt }) => proposedAt));
  return { name: 'proposals', count: open.length, since, to: '/proposals' };
}

export function overdueOf(institutions: readonly OverdueInstitution[]): Need {
  const count = institutions.reduce((sum, one) => sum + one.count, 0);
  const since = oldest(institutions.map(({ oldestDueOn }) => oldestDueOn));
  return { name: 'overdue', count, since, to: '/authority/overdue' };
}

export function tasksOf(work: readonly KindOfWork[]): Need {
  const count = work.reduce((sum, { givenUp }) => sum + givenUp, 0);
  return { name: 'tasks', count, since: null, to: '/authority/operations' };
}

/** Agreements on which our institution has not said anything. */
export function answersOf(agreements: readonly Agreement[], ownCode: string | undefined): Need {
  const waiting = agreements.filter(
    ({ signed }) =>
      signed?.state === 'proposed' &&
      signed.parties.some(({ institution, said }) => institution === ownCode && said === null),
  );
  const since = oldest(waiting.flatMap(({ signed }) => signed?.from ?? []));
  return { name: 'answers', count: waiting.length, since, to: '/authority/agreements' };
}

export function endingsOf(agreements: readonly Agreement[], now: number): Need {
  const ends = agreements
    .flatMap(({ signed }) => (signed?.state === 'in-force' ? [signed.endsOn ?? signed.to] : []))
    .filter((end) => Date.parse(end) - now < ENDS_WITHIN_MS);
  const to = '/authority/agreements';
  return { name: 'endings', count: ends.length, since: oldest(ends), to };
}

/** What the newest check that has ended says, or that there is none of these days. */
export function auditOf(runs: readonly AuditRun[], now: number): Need {
  const to = '/authority/books';
  const newest = runs.find(({ state }) => state !== 'open');
  const at = newest?.endedAt ?? null;
  if (newest?.state === 'faulty') {
    return { name: 'audit', count: newest.found ?? 0, since: at, to };
  }
  if (newest?.state === 'not-done') return { name: 'auditFailed', count: 1, since: at, to };
  const isOld = at === null || now - Date.parse(at) > CHECKED_WITHIN_MS;
  return { name: 'auditOld', count: isOld ? 1 : 0, since: at, to };
}

export function keysOf(keys: readonly EncryptionKey[]): Need {
  const retiring = keys.filter(({ state }) => state === 'retiring');
  const since = oldest(retiring.map(({ createdAt }) => createdAt));
  return { name: 'keys', count: retiring.length, since, to: '/authority/operations' };
}

/** @param today `yyyy-mm-dd` */
export function holidaysOf(isNextYearKnown: boolean, today: string): Need {
  const isDue = Number(today.slice(5, 7)) >= NOTICE_MONTH && !isNextYearKnown;
  const to = `/authority/holidays/${nextYear(today)}`;
  return { name: 'holidays', count: isDue ? 1 : 0, since: null, to };
}

export function nextYear(today: string): string {
  return String(Number(today.slice(0, 4)) + 1);
}

function oldest(moments: readonly string[]): string | null {
  return moments.toSorted()[0] ?? null;
}
