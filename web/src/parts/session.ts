import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../api/client';
import type { Account } from '../api/types';

const SESSION_KEY = ['session'];

/** Who is signed in: undefined while asking, null for nobody. */
export function useAccount(): Account | null | undefined {
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: api.session, staleTime: 60_000 });
  if (session.isError) return null;
  return session.data === undefined ? undefined : (session.data?.account ?? null);
}

/** The signed-in account, on a page behind `ForRoles`. */
export function useSignedIn(): Account {
  const account = useAccount();
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
      queries.setQueryData(SESSION_KEY, null);
    },
  });
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
