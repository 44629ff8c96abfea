import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { sessionApi } from '../api/session';
import type { Account, Session } from '../api/types';
import { preferences } from '../preferences';
import { GROUPS } from './groups';
import { usePreferences } from './use-preferences';

const SESSION_KEY = ['session'];

/**
 * Who is signed in: undefined while asking, null for nobody. A public page asks only where
 * somebody has signed in before; a page that needs an account asks always.
 */
export function useAccount(asks: 'always' | 'if-likely' = 'if-likely'): Account | null | undefined {
  const { signedIn } = usePreferences();
  const enabled = asks === 'always' || signedIn;
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: askSession,
    staleTime: 60_000,
    enabled,
  });
  if (session.data !== undefined) return session.data?.account ?? null;
  return enabled && !session.isError ? undefined : null;
}

/** The session with what it still asks for; null for nobody's. */
export function useSession(): Session | null | undefined {
  return useQuery({ queryKey: SESSION_KEY, queryFn: askSession, staleTime: 60_000 }).data;
}

async function askSession() {
  const session = await sessionApi.session();
  if (session && !preferences.get().signedIn) preferences.set({ signedIn: true });
  return session;
}

/** The signed-in account, on a page behind `ForRoles`. */
export function useSignedIn(): Account {
  const account = useAccount('always');
  if (!account) throw new Error('this page stands behind ForRoles');
  return account;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: sessionApi.signIn,
    onSuccess: (session) => begin(queries, session),
  });
}

/** Opens the account that a school made, and signs in to it. */
export function useClaim() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: sessionApi.claim,
    onSuccess: (session) => begin(queries, session),
  });
}

/** What to do with a session that another way of signing in began. */
export function useBegin(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => begin(queries, session);
}

function begin(queries: QueryClient, session: Session): void {
  forgetAllElse(queries);
  queries.setQueryData(SESSION_KEY, session);
  preferences.set({ signedIn: true });
}

/** Ends the session and forgets what was read in it. */
export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: sessionApi.signOut,
    onSettled: async () => {
      await navigate('/');
      forgetAllElse(queries);
      forgetSession(queries);
    },
  });
}

/** From now on nobody is signed in; pages that need somebody send to the sign-in page. */
export function forgetSession(queries: QueryClient): void {
  queries.setQueryData(SESSION_KEY, null);
  preferences.set({ signedIn: false });
}

/** What one person read must not show to the next at the same machine. */
function forgetAllElse(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
}

/** What to call a person: a learner by the name in the record, staff by their account. */
export function usePersonName(account: Account): string {
  const profile = useQuery({
    queryKey: ['own', 'profile'],
    queryFn: () => sessionApi.learner('me'),
    enabled: account.learnerId !== null,
    staleTime: Infinity,
  });
  return profile.data?.name ?? account.name;
}

/** The page where the work of an account begins. */
export function homeOf(account: Account): string {
  const own = GROUPS.find(({ roles }) => roles.some((role) => account.roles.includes(role)));
  return own?.to ?? '/';
}
