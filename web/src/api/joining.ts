import { answer, http } from './http';
import type { NewInstitutionRequest } from './authority-types';

/** How an institution asks to join, and sees what became of it. */
export const joiningApi = {
  ask: (body: NewInstitutionRequest) => answer(http.POST('/v1/institution-requests', { body })),
  state: (receipt: string) =>
    answer(http.POST('/v1/institution-requests/state', { body: { receipt } })),
};
