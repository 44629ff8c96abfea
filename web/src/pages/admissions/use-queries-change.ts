import { useQuery } from '@tanstack/react-query';
import { equivalenceApi } from '../../api/equivalence';
import { live } from '../../parts/live';

/**
 * When anything last happened to what the office asked; undefined while asking. A part of the keys of what is about people:
 * they are read again when something is new, and not every few seconds, for each reading is a line in
 * the log of whom it is about.
 */
export function useQueriesChange(): string | null | undefined {
  const { data } = useQuery({
    queryKey: ['equivalence', 'open-queries'],
    queryFn: equivalenceApi.openQueries,
    ...live,
  });
  return data?.changedAt;
}
