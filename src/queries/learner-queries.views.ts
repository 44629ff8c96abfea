import type { OutcomeDefinition } from '../catalogue/index.js';
import type { Institution } from '../institutions/index.js';
import type {
  LearnerQueryDto,
  LearnerQueryEventDto,
  LearnerQuerySummaryDto,
  QueryLearnerDto,
  QueryOfficeDto,
} from './learner-queries.dto.js';
import { type LearnerQuerySummary, promiseOf } from './learner-query.js';
import { isAllowed } from './life.js';
import type { QueryEvent } from './lives.store.js';

/** What the views need to know beside the queries. */
export interface Seen {
  readonly institutions: ReadonlyMap<string, Institution>;
  readonly definitionOf: (code: string) => OutcomeDefinition | undefined;
  readonly leftUntil: (dueOn: string) => number;
  readonly today: string;
}

/** @param isActive whether the learner is there and has not asked for erasure */
export function toSummaryDto(
  query: LearnerQuerySummary,
  seen: Seen,
  isActive: boolean,
): LearnerQuerySummaryDto {
  const { id, number, state, kind, dueOn } = query;
  const left = seen.leftUntil(dueOn);
  const code = isActive ? query.outcomeCode : null;
  return {
    id,
    number,
    state,
    about: {
      kind,
      outcomeId: isActive ? query.outcomeId : null,
      outcomeCode: code,
      outcomeTitle: (code !== null && seen.definitionOf(code)?.title) || null,
      course: isActive ? query.course : null,
      on: isActive ? query.on : null,
    },
    school: officeOf(query.schoolId, seen),
    askedAt: query.createdAt.toISOString(),
    dueOn,
    promise: promiseOf(query, { today: seen.today, left }),
    workingDaysLeft: left,
  };
}

export function toQueryDto(
  query: LearnerQuerySummary,
  events: readonly QueryEvent[],
  seen: Seen & { readonly isActive: boolean; readonly learner: QueryLearnerDto | null },
): LearnerQueryDto {
  const { isActive, learner } = seen;
  return {
    ...toSummaryDto(query, seen, isActive),
    learner,
    mayAskAgain: isAllowed(query.state, 'ask-again') && !hasAskedAgain(events),
    history: events.map((event) => toEventDto(event, seen, isActive)),
  };
}

/** A learner asks again about an answer once. */
export function hasAskedAgain(events: readonly QueryEvent[]): boolean {
  return events.some(({ action }) => action === 'ask-again');
}

function toEventDto(event: QueryEvent, seen: Seen, isActive: boolean): LearnerQueryEventDto {
  const { action, finding, dueOn, institutionId, at } = event;
  const office = institutionId === null ? null : officeOf(institutionId, seen);
  const person = office ? 'office' : 'learner';
  return {
    action,
    finding,
    words: isActive ? event.words : null,
    dueOn,
    outcomeId: isActive ? event.outcomeId : null,
    by: { kind: action === 'remind' ? 'service' : person, office },
    at: at.toISOString(),
  };
}

function officeOf(id: string, { institutions }: Seen): QueryOfficeDto {
  const { code = '', name } = institutions.get(id) ?? {};
  return { code, zh: name?.zh ?? '', en: name?.en ?? '' };
}
