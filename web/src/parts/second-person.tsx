import { useTranslation } from 'react-i18next';
import type { ReasonForTwo } from '../api/records';
import { Note } from './note';

/** Said before an act that one person may not do alone: why a second one has to agree. */
export function SecondPerson({ reasons }: { reasons: readonly ReasonForTwo[] }) {
  const { t } = useTranslation('institution');
  if (reasons.length === 0) return null;
  const why = reasons.map((reason) => t(`two.why.${reason}`));
  return (
    <Note tone="wait" title={t('two.title')}>
      <p>{t('two.text', { reasons: why.join(t('two.and')) })}</p>
    </Note>
  );
}
