import { useSearchParams } from 'react-router';
import { PeriodSelect, thisPeriod } from '../../parts/period';

/** The period that is looked at; it stands in the address, so that a page can be kept and sent. */
export function usePeriod(): string {
  const [search] = useSearchParams();
  return search.get('period') ?? thisPeriod();
}

export function PeriodField() {
  const period = usePeriod();
  const [, setSearch] = useSearchParams();
  return <PeriodSelect value={period} onChange={(chosen) => setSearch({ period: chosen })} />;
}
