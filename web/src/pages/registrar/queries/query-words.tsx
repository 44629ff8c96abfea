import { useTranslation } from 'react-i18next';
import type { LearnerQuerySummary } from '../../../api/learner-queries';
import type { IconName } from '../../../parts/icon';
import { Tag, type Tone } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';

const LOOKS: Record<LearnerQuerySummary['promise'], { tone: Tone; icon: IconName }> = {
  'on-time': { tone: 'wait', icon: 'clock' },
  'due-soon': { tone: 'wait', icon: 'warn' },
  overdue: { tone: 'bad', icon: 'warn' },
  answered: { tone: 'good', icon: 'check' },
  closed: { tone: 'quiet', icon: 'dash' },
};

/** How the promise stands, in words: how many working days are left, or by how many it is late. */
export function PromiseTag({ query }: { query: LearnerQuerySummary }) {
  const { t } = useTranslation('records');
  const { promise, workingDaysLeft } = query;
  // A promised day that was a while ago over a weekend is late by no working day yet.
  const count = Math.abs(workingDaysLeft);
  return <Tag {...LOOKS[promise]}>{t(`promise.${promise}`, { count })}</Tag>;
}

/** What it is about, in one line; nothing once the learner has asked for erasure. */
export function useAbout(): (query: LearnerQuerySummary) => string {
  const { t } = useTranslation('records');
  const format = useFormat();
  return ({ about }) => {
    const { kind, outcomeTitle, outcomeCode, course } = about;
    const title = outcomeTitle ? format.text(outcomeTitle) : (outcomeCode ?? course);
    return title === null ? t('query.hidden') : t(`query.about.${kind}`, { title });
  };
}
