import { useQuery } from '@tanstack/react-query';
import { type RuleReading, type RuleVersion, rulesApi } from '../api/rules';
import { live } from './live';

/** A regulation with all its versions, and one of them in words: the newest if none is named. */
export function useRule(
  id: string,
  wanted: string | null,
): {
  versions: readonly RuleVersion[];
  reading: RuleReading | undefined;
  error: Error | null;
  isPending: boolean;
} {
  const versions = useQuery({
    queryKey: ['rules', id, 'versions'],
    queryFn: () => rulesApi.versions(id),
    ...live,
  });
  const items = versions.data?.items ?? [];
  const version = wanted ?? String(items[0]?.version ?? '');
  const reading = useQuery({
    queryKey: ['rules', id, 'versions', version],
    queryFn: () => rulesApi.version(id, version),
    enabled: version !== '',
    ...live,
  });
  const error = versions.error ?? reading.error;
  return {
    versions: items,
    reading: reading.data,
    error,
    isPending: error === null && reading.data === undefined,
  };
}
