import { type Client, all, answer, page } from './http';

/** Goals of a learner: what is missing, what would fill it, and when it could be reached. */
export const planningApi = {
  gap: (http: Client, programme: string) =>
    answer(
      http.GET('/v1/learners/{id}/goals/{programme}/gap', { params: { path: goal(programme) } }),
    ),
  plan: (http: Client, programme: string, objective: 'credits' | 'hours' | 'months') =>
    answer(
      http.POST('/v1/learners/{id}/goals/{programme}/plan', {
        params: { path: goal(programme) },
        body: { objective, alternatives: 1 },
      }),
    ),
  earliest: (http: Client, programme: string, codes: readonly string[]) =>
    answer(
      http.POST('/v1/learners/{id}/goals/{programme}/earliest', {
        params: { path: goal(programme) },
        body: { outcomes: intended(codes) },
      }),
    ),
  whatIf: (http: Client, programme: string, codes: readonly string[]) =>
    answer(
      http.POST('/v1/learners/{id}/goals/{programme}/what-if', {
        params: { path: goal(programme) },
        body: { outcomes: intended(codes) },
      }),
    ),
  /** What the catalogue offers, to be imagined as completed. */
  catalogue: (http: Client) =>
    all((after) => answer(http.GET('/v1/catalogue', { params: { query: page(after) } }))),
};

function goal(programme: string): { id: string; programme: string } {
  return { id: 'me', programme };
}

function intended(codes: readonly string[]): { code: string }[] {
  return codes.map((code) => ({ code }));
}
