import { useQuery } from '@tanstack/react-query';
import type { InstitutionKind } from '../api/authority-types';
import { publicApi } from '../api/public';
import { useSignedIn } from './session';

const KEPT_MS = 10 * 60_000;

/** What the institution of whoever is signed in does; undefined while that is on its way. */
export function useOwnKind(): InstitutionKind | undefined {
  const { institutionId } = useSignedIn();
  const { data } = useQuery({
    queryKey: ['institutions'],
    queryFn: publicApi.institutions,
    staleTime: KEPT_MS,
  });
  return data?.find(({ id }) => id === institutionId)?.kind;
}
