import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../parts/page';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')} lead={<p>{t('notFound.text')}</p>}>
      <Link to="/" className="button">
        {t('notFound.home')}
      </Link>
    </Page>
  );
}
