import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApplicationList } from '../../parts/application-list';
import { Page } from '../../parts/page';

/** The learner's applications, newest first. */
export function Applications() {
  const { t } = useTranslation('learner');
  return (
    <Page title={t('applications.title')} lead={<p>{t('applications.lead')}</p>}>
      <div className="stack">
        <ApplicationList base="/account/applications" none={t('applications.none')} />
        <p>
          <Link to="/account/convert" className="button">
            {t('applications.new')}
          </Link>
        </p>
      </div>
    </Page>
  );
}
