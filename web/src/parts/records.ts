import { useQuery } from '@tanstack/react-query';
import { publicApi } from '../api/public';
import type { Text } from './format';
import { useFormat } from './use-format';

const LASTING = 10 * 60_000;

/** Names of institutions by id. Public and small, so one reading serves every page. */
export function useInstitutionNames(): ReadonlyMap<string, Text> {
  const { data } = useQuery({
    queryKey: ['institutions'],
    queryFn: publicApi.institutions,
    staleTime: LASTING,
    select: namesById,
  });
  return data ?? NO_NAMES;
}

/** Institutions of the district. */
export function useInstitutions() {
  return useQuery({
    queryKey: ['institutions'],
    queryFn: publicApi.institutions,
    staleTime: LASTING,
  });
}

/** The name of an institution by its code; the code itself while the names are on their way. */
export function useCodedNames(): (code: string) => string {
  const format = useFormat();
  const { data } = useInstitutions();
  return (code) => {
    const institution = data?.find((one) => one.code === code);
    return institution ? format.text(institution.name) : code;
  };
}

/** Programmes that credit can be converted into. */
export function useProgrammes() {
  return useQuery({ queryKey: ['programmes'], queryFn: publicApi.programmes, staleTime: LASTING });
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
