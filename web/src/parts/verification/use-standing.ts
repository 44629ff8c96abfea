import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../../api/problem';
import type { Proof } from '../../api/types';
import { verifyApi } from '../../api/verify';

/** What became of an answer since it was given: nothing, something of it, or its end. */
export type Standing = 'same' | 'changed' | 'ended';

const LOOK_AGAIN_MS = 5_000;

/**
 * Watches an answer while its page is open. Asking so is no look at the record: the holder's list
 * does not grow by it. After half a day the service says nothing more, and the time of the check does.
 */
export function useStanding({ look, digest }: Proof): Standing {
  const { data } = useQuery({
    queryKey: ['look', look],
    queryFn: () => verifyApi.standing(look),
    retry: false,
    refetchInterval: ({ state: { error } }) =>
      error instanceof ApiProblem && error.status === 404 ? false : LOOK_AGAIN_MS,
  });
  if (!data) return 'same';
  if (!data.stands) return 'ended';
  return data.digest === digest ? 'same' : 'changed';
}
