import { useQuery } from '@tanstack/react-query';
import { rulesApi } from '../api/rules';
import { useFormat } from './use-format';

const LASTING = 10 * 60_000;

/** The title of a rule by its id; the id itself while the titles are on their way. */
export function useRuleTitle(): (id: string) => string {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['rules', ''],
    queryFn: () => rulesApi.rules(''),
    staleTime: LASTING,
  });
  return (id) => {
    const rule = data?.find((one) => one.id === id);
    return rule ? format.text(rule.title) : id;
  };
}
