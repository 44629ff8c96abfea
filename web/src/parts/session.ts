import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import type { Account } from '../api/types';
import { preferences } from '../preferences';
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

async function askSession() {
  const session = await api.session();
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
    mutationFn: ({ name, password }: { name: string; password: string }) =>
      api.signIn(name, password),
    onSuccess: (session) => {
      forgetAllElse(queries);
      queries.setQueryData(SESSION_KEY, session);
      preferences.set({ signedIn: true });
    },
  });
}

/** Ends the session and forgets what was read in it. */
export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: api.signOut,
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
    queryFn: () => api.learner('me'),
    enabled: account.learnerId !== null,
    staleTime: Infinity,
  });
  return profile.data?.name ?? account.name;
}

/** The page where the work of an account begins. */
export function homeOf(account: Account): string {
  if (account.roles.includes('learner')) return '/account';
  if (account.roles.includes('registrar') || account.roles.includes('issuer')) return '/imports';
  if (account.roles.includes('admissions')) return '/review';
  return '/';
}
