import { answer, done, http, page } from './http';
import type { NewCounterSession, NewGuardianship, PresentPerson } from './types';

/** What a clerk at a counter asks for. */
export const counterApi = {
  open: (body: NewCounterSession) => answer(http.POST('/v1/counter-sessions', { body })),
  session: (id: string) =>
    answer(http.GET('/v1/counter-sessions/{id}', { params: { path: { id } } })),
  sessions: (on: string, after: string | null) =>
    answer(http.GET('/v1/counter-sessions', { params: { query: { ...page(after), on } } })),
  close: (id: string) =>
    done(http.DELETE('/v1/counter-sessions/{id}', { params: { path: { id } } })),
  claimCode: (learner: PresentPerson) =>
    answer(http.POST('/v1/claim-codes', { body: { learner } })),
  guardianship: (body: NewGuardianship) => answer(http.POST('/v1/guardianships', { body })),
};
