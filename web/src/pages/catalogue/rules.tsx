import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page';
import { RuleList } from '../../parts/rule-list';

/** Every published rule, for everybody. */
export function PublicRules() {
  const { t } = useTranslation('catalogue');
  return (
    <Page title={t('rules.title')} lead={<p>{t('rules.lead')}</p>}>
      <section className="card stack" aria-label={t('rules.title')}>
        <RuleList base="/catalogue/rules" />
      </section>
    </Page>
  );
}
