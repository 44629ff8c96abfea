import { useQuery } from '@tanstack/react-query';
import { applicationsApi } from '../api/applications';
import { live } from './live';

/**
 * How much waits for the people of the school; undefined while asking. `changedAt` is a part of the
 * keys of what is about people: it is read again when something is new, and not every few seconds,
 * for each reading is a line in the log of whom it is about.
 */
export function useWaiting() {
  return useQuery({
    queryKey: ['waiting-applications'],
    queryFn: applicationsApi.waiting,
    ...live,
  }).data;
}
