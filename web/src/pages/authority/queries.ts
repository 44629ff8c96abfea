import { type QueryClient, useQuery } from '@tanstack/react-query';
import { authorityApi } from '../../api/authority';
import { operationsApi } from '../../api/operations';
import { publicApi } from '../../api/public';
import { live } from '../../parts/live';

/** What several pages of the authority ask for; all under one key, so that one act renews it. */
const KEY = 'authority';

export function renew(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: [KEY] });
}

export function keyOf(...parts: readonly unknown[]): readonly unknown[] {
  return [KEY, ...parts];
}

export function useInstitutions() {
  return useQuery({ queryKey: keyOf('institutions'), queryFn: publicApi.institutions, ...live });
}

export function useRequests() {
  return useQuery({ queryKey: keyOf('requests'), queryFn: authorityApi.requests, ...live });
}

export function useAgreements() {
  return useQuery({ queryKey: keyOf('agreements'), queryFn: authorityApi.agreements, ...live });
}

/** @param enabled whether the account may ask: an operator may not */
export function useOverdue(enabled = true) {
  return useQuery({
    queryKey: keyOf('overdue'),
    queryFn: authorityApi.overdue,
    enabled,
    ...live,
  });
}

export function useAudits() {
  return useQuery({ queryKey: keyOf('audits'), queryFn: operationsApi.audits, ...live });
}

export function useWork() {
  return useQuery({ queryKey: keyOf('work'), queryFn: operationsApi.work, ...live });
}

/** @param enabled whether the account may ask: only an operator may */
export function useEncryptionKeys(enabled: boolean) {
  return useQuery({
    queryKey: keyOf('keys'),
    queryFn: operationsApi.encryptionKeys,
    enabled,
    ...live,
  });
}
