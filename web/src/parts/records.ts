import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Text } from './format';
import { useFormat } from './use-format';

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

/** The title of a programme by its code; the code itself while the titles are on their way. */
export function useProgrammeNames(): (code: string) => string {
  const format = useFormat();
  const { data } = useProgrammes();
  return (code) => {
    const programme = data?.find((one) => one.code === code);
    return programme ? format.text(programme.title) : code;
  };
}

const NO_NAMES: ReadonlyMap<string, Text> = new Map();

function namesById(institutions: readonly { id: string; name: Text }[]): ReadonlyMap<string, Text> {
  return new Map(institutions.map(({ id, name }) => [id, name]));
}
