import { answer, http } from './http';
import type { PasskeyAnswer } from './types';

/** Passkeys of the signed-in account. */
export const passkeyApi = {
  options: () => answer(http.POST('/v1/account/passkeys/options')),
  add: (label: string, credential: PasskeyAnswer) =>
    answer(http.POST('/v1/account/passkeys', { body: { label, credential } })),
};
