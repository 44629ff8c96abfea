import { useQuery } from '@tanstack/react-query';
import { publicApi } from '../api/public';
import { useFormat } from './use-format';

/** The name of an institution by its code; the code itself while the names are on their way. */
export function useInstitutionByCode(): (code: string) => string {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['institutions'],
    queryFn: publicApi.institutions,
    staleTime: 10 * 60_000,
  });
  return (code) => {
    const institution = data?.find((one) => one.code === code);
    return institution ? format.text(institution.name) : code;
  };
}
