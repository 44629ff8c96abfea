import { answer, http, page } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type LearnerQuery = Schemas['LearnerQueryDto'];
export type LearnerQuerySummary = Schemas['LearnerQuerySummaryDto'];
export type LearnerQueryAnswer = Schemas['LearnerQueryAnswerDto'];
export type QueryState = LearnerQuery['state'];

/** What learners ask a school. */
export const learnerQueriesApi = {
  list: (state: QueryState, after: string | null) =>
    answer(http.GET('/v1/learner-queries', { params: { query: { ...page(after), state } } })),
  show: (id: string) => answer(http.GET('/v1/learner-queries/{id}', { params: { path: { id } } })),
  answer: (id: string, body: LearnerQueryAnswer) =>
    answer(http.POST('/v1/learner-queries/{id}/answer', { params: { path: { id } }, body })),
};
