import { type Client, all, answer, page } from './http';
import type { NewLearnerQuery } from './types';

/** Questions of a learner to a school: why something is missing or wrong. */
export const questionsApi = {
  list: (http: Client) =>
    all((after) => answer(http.GET('/v1/learner-queries', { params: { query: page(after) } }))),
  show: (http: Client, id: string) => answer(http.GET('/v1/learner-queries/{id}', at(id))),
  ask: (http: Client, body: NewLearnerQuery) => answer(http.POST('/v1/learner-queries', { body })),
  askAgain: (http: Client, id: string, words: string) =>
    answer(http.POST('/v1/learner-queries/{id}/question', { ...at(id), body: { words } })),
  close: (http: Client, id: string) =>
    answer(http.POST('/v1/learner-queries/{id}/closure', at(id))),
};

function at(id: string) {
  return { params: { path: { id } } };
}
