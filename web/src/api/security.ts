import { answer, done, http } from './http';
import type { components } from './schema';

type Schemas = components['schemas'];

export type OwnAccount = Schemas['OwnAccountDto'];
export type OwnSession = Schemas['OwnSessionDto'];
export type Offer = Schemas['OneTimeCodeOfferDto'];
export type Attestation = Schemas['PasskeyAttestationAnswerDto'];
export type Assertion = Schemas['PasskeyAssertionAnswerDto'];

/** How one signs in, and where one is signed in. */
export const securityApi = {
  account: () => answer(http.GET('/v1/account')),
  setPassword: (current: string, next: string) =>
    done(http.PUT('/v1/account/password', { body: { current, next } })),
  offerCode: () => answer(http.POST('/v1/account/one-time-code')),
  confirmCode: (code: string) =>
    answer(http.POST('/v1/account/one-time-code/confirmation', { body: { code } })),
  removeCode: () => done(http.DELETE('/v1/account/one-time-code')),
  newRecoveryCodes: () => answer(http.POST('/v1/account/recovery-codes')),
  passkeyOptions: () => answer(http.POST('/v1/account/passkeys/options')),
  addPasskey: (label: string, credential: Attestation) =>
    answer(http.POST('/v1/account/passkeys', { body: { label, credential } })),
  removePasskey: (id: string) =>
    done(http.DELETE('/v1/account/passkeys/{id}', { params: { path: { id } } })),
  sessions: () => answer(http.GET('/v1/sessions')),
  endSession: (id: string) => done(http.DELETE('/v1/sessions/{id}', { params: { path: { id } } })),
  endAll: () => done(http.DELETE('/v1/sessions')),
};
