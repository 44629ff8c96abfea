import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Text } from './format';

const LASTING = 10 * 60_000;

/** Names of institutions by id. Public and small, so one reading serves every page. */
export function useInstitutionNames(): ReadonlyMap<string, Text> {
  const { data } = useQuery({
    queryKey: ['institutions'],
    queryFn: api.institutions,
    staleTime: LASTING,
    select: namesById,
  });
  return data ?? NO_NAMES;
}

/** Programmes that credit can be converted into. */
export function useProgrammes() {
  return useQuery({ queryKey: ['programmes'], queryFn: api.programmes, staleTime: LASTING });
}

const NO_NAMES: ReadonlyMap<string, Text> = new Map();

function namesById(institutions: readonly { id: string; name: Text }[]): ReadonlyMap<string, Text> {
  return new Map(institutions.map(({ id, name }) => [id, name]));
}
