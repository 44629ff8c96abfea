import { useTranslation } from 'react-i18next';
import type { SchoolQuerySummary } from '../../api/types';
import type { IconName } from '../../parts/icon';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

const LOOKS: Record<SchoolQuerySummary['state'], { tone: Tone; icon: IconName }> = {
  asked: { tone: 'wait', icon: 'clock' },
  answered: { tone: 'good', icon: 'check' },
  closed: { tone: 'quiet', icon: 'dash' },
};

/** Where a query stands; one that the school has let pass its day says so. */
export function QueryTag({ query }: { query: Pick<SchoolQuerySummary, 'state' | 'overdue'> }) {
  const { t } = useTranslation('admissions');
  if (query.overdue) {
    return (
      <Tag tone="bad" icon="warn">
        {t('query.state.overdue')}
      </Tag>
    );
  }
  return <Tag {...LOOKS[query.state]}>{t(`query.state.${query.state}`)}</Tag>;
}

/** The promised day in words; nothing where nobody owes an answer. */
export function Promised({ query }: { query: SchoolQuerySummary }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  if (query.state !== 'asked') return <>{t('query.nothingDue')}</>;
  return <>{t(query.overdue ? 'query.wasDue' : 'query.due', { date: format.date(query.dueOn) })}</>;
}
