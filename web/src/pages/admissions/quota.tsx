import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { equivalenceApi } from '../../api/equivalence';
import { useFormat } from '../../parts/use-format';

export const QUOTA = ['equivalence', 'quota'] as const;

/** How many people the office may still ask about today. */
export function QuotaLine() {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const { data } = useQuery({ queryKey: QUOTA, queryFn: equivalenceApi.quota });
  if (!data) return null;
  const { left, rowsPerDay, used } = data;
  return (
    <p className="no-print">
      {t('quota.line', { left: format.count(left), all: format.count(rowsPerDay) })}
      {used > 0 && <span className="then">{t('quota.used', { count: used })}</span>}
    </p>
  );
}
