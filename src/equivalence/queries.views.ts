import type { Institution } from '../institutions/index.js';
import type { AnswerSchoolDto } from './equivalence.dto.js';
import type { QueryDto, QuerySummaryDto } from './queries.dto.js';
import type { QueryEvent } from '../queries/index.js';
import type { QuerySummary } from './queries.store.js';

interface Seen {
  readonly known: ReadonlyMap<string, Institution>;
  readonly today: string;
  /** Whether the learner is there and has not asked for erasure. */
  readonly isActive: boolean;
}

export function toQuerySummaryDto(query: QuerySummary, seen: Seen): QuerySummaryDto {
  return {
    id: query.id,
    number: query.number,
    state: query.state,
    dueOn: query.dueOn,
    overdue: query.state === 'asked' && query.dueOn < seen.today,
    office: nameOf(query.institutionId, seen),
    school: nameOf(query.schoolId, seen),
    learnerId: seen.isActive ? query.learnerId : null,
    programme: query.programme,
    on: query.on,
    askedAt: query.createdAt.toISOString(),
  };
}

/** What is wanted is shown without what was read: that may be another school's record. */
export function toQueryDto(
  query: QuerySummary,
  events: readonly QueryEvent[],
  seen: Seen,
): QueryDto {
  const changes = seen.isActive ? (query.missing?.changes ?? []) : [];
  return {
    ...toQuerySummaryDto(query, seen),
    wanted: changes.map(({ kind, outcomes, wanted }) => ({
      kind,
      outcomes: [...outcomes],
      wanted,
    })),
    history: events.map((event) => ({
      action: event.action,
      finding: event.finding,
      words: seen.isActive ? event.words : null,
      dueOn: event.dueOn,
      by: event.institutionId === null ? null : nameOf(event.institutionId, seen),
      at: event.at.toISOString(),
    })),
  };
}

function nameOf(id: string, { known }: Seen): AnswerSchoolDto {
  const { code = '', name } = known.get(id) ?? {};
  return { code, zh: name?.zh ?? '', en: name?.en ?? '' };
}
