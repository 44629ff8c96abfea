import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, createContext, useContext, useMemo } from 'react';
import { type Client, clientFor } from '../../api/http';
import type { Act } from '../../api/types';
import { live } from '../../parts/live';
import { usePreferences } from '../../parts/use-preferences';
import { preferences } from '../../preferences';

/** Key of the guardianships of the signed-in learner. */
export const GUARDIANSHIPS = ['own', 'me', 'guardianships'];

/** Whose record the pages show, and what whoever looks at them may do with it. */
export interface Whose {
  /** Id of the counter session or guardianship; null for one's own record. */
  readonly actingFor: string | null;
  readonly acts: readonly Act[];
  /** Whether a guardian acts for a child: some things only a guardian may agree to. */
  readonly isGuardian: boolean;
  /** Address under which the pages stand. */
  readonly base: string;
  /** Code of the programme worked towards. */
  readonly goal: string | null;
  readonly setGoal: (programme: string | null) => void;
}

const Context = createContext<Whose | null>(null);

export function WhoseRecord({ whose, children }: { whose: Whose; children: ReactNode }) {
  return <Context value={whose}>{children}</Context>;
}

/** The signed-in learner's own record. The goal is kept in the browser. */
export function OwnRecord({ children }: { children: ReactNode }) {
  const { goal } = usePreferences();
  const whose = useMemo<Whose>(
    () => ({
      actingFor: null,
      acts: ['see', 'apply', 'share'],
      isGuardian: false,
      base: '/account',
      goal,
      setGoal: (programme) => preferences.set({ goal: programme }),
    }),
    [goal],
  );
  return <WhoseRecord whose={whose}>{children}</WhoseRecord>;
}

export function useWhose(): Whose {
  const whose = useContext(Context);
  if (!whose) throw new Error('this page stands within WhoseRecord');
  return whose;
}

/** The client that asks about the record shown. */
export function useClient(): Client {
  return clientFor(useWhose().actingFor);
}

/** The beginning of every query key of the record shown: what is of one never shows for another. */
export function useRecordKey(): readonly string[] {
  const { actingFor } = useWhose();
  return useMemo(() => ['own', actingFor ?? 'me'], [actingFor]);
}

const ACTING_STALE_MS = 60_000;

/**
 * A reading of the record. The own one is asked again while somebody looks; in a learner's name each
 * request is a line in the learner's access log, so there it is asked once.
 */
export function useOwn<T>(
  name: readonly string[],
  read: (client: Client) => Promise<T>,
  options: { readonly still?: boolean; readonly enabled?: boolean } = {},
) {
  const { actingFor } = useWhose();
  const { still = false, enabled = true } = options;
  const rhythm = actingFor === null ? (still ? {} : live) : { staleTime: ACTING_STALE_MS };
  return useQuery({
    queryKey: ['own', actingFor ?? 'me', ...name],
    queryFn: () => read(clientFor(actingFor)),
    enabled,
    ...rhythm,
  });
}

/** An act on the record shown; afterwards everything read of it is read anew. */
export function useAct<Answer, Input = void>(
  act: (client: Client, input: Input) => Promise<Answer>,
) {
  const queries = useQueryClient();
  const client = useClient();
  const key = useRecordKey();
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
