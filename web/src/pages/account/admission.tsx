import { useTranslation } from 'react-i18next';
import { useWhose } from './record';
import { SchemeList } from '../../parts/admission/scheme-list';
import { Page } from '../../parts/page';

/** Where the learner's outcomes may lead. */
export function Admission() {
  const { t } = useTranslation('schemes');
  const { base } = useWhose();
  return (
    <Page title={t('mine.title')} lead={<p>{t('mine.lead')}</p>}>
      <SchemeList base={`${base}/admission`} none={t('none')} />
    </Page>
  );
}
