import { answer, http, page } from './http';
import type { Finding, Review } from './types';

/** Applications, as receiving schools decide them. */
export const applicationsApi = {
  applications: (after: string | null) =>
    answer(http.GET('/v1/applications', { params: { query: page(after) } })),
  /** What waits for the people of the institution, the nearest promised day first. */
  queue: (after: string | null) =>
    answer(http.GET('/v1/applications', { params: { query: { order: 'due', ...page(after) } } })),
  /** How much waits; tells of nobody, so it can be asked often. */
  waiting: () => answer(http.GET('/v1/applications/waiting')),
  application: (id: string) =>
    answer(http.GET('/v1/applications/{id}', { params: { path: { id } } })),
  review: (id: string, body: Review) =>
    answer(http.POST('/v1/applications/{id}/review', { params: { path: { id } }, body })),
  recordFinding: (id: string, body: Finding) =>
    answer(http.POST('/v1/learners/{id}/findings', { params: { path: { id } }, body })),
};
