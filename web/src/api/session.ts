import { absentAs, answer, done, http } from './http';
import type { components } from './schema';
import type { Assertion } from './security';
import type { AccountClaim } from './types';

type SignInWords = components['schemas']['SignInDto'];

/** Who is signed in. */
export const sessionApi = {
  session: () => absentAs(401, answer(http.GET('/v1/session'))),
  signIn: (body: SignInWords) => answer(http.POST('/v1/session', { body })),
  claim: (body: AccountClaim) => answer(http.POST('/v1/account-claims', { body })),
  passkeyOptions: () => answer(http.POST('/v1/session/passkey/options')),
  signInByPasskey: (credential: Assertion) =>
    answer(http.POST('/v1/session/passkey', { body: { credential } })),
  /** Where else people may sign in; its name is null when there is no such place. */
  provider: () => answer(http.GET('/v1/session/provider')),
  signOut: () => done(http.DELETE('/v1/session')),
  learner: (id: string) => answer(http.GET('/v1/learners/{id}', { params: { path: { id } } })),
};
