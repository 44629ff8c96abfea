import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon, type IconName } from '../parts/icon';
import { Page } from '../parts/page';

const DOORS = [
  { to: '/account', name: 'learner', icon: 'person' },
  { to: '/verify', name: 'verify', icon: 'search' },
  { to: '/imports', name: 'school', icon: 'up' },
] as const satisfies { to: string; name: string; icon: IconName }[];

/** The front door: one way in for each group of people. */
export function Home() {
  const { t } = useTranslation();
  return (
    <Page title={t('home.title')} lead={<p>{t('home.lead')}</p>}>
      <div className="columns">
        {DOORS.map((door) => (
          <section key={door.to} className="card stack">
            <div>
              <h2>{t(`home.${door.name}.title`)}</h2>
              <p>{t(`home.${door.name}.text`)}</p>
            </div>
            <p>
              <Link to={door.to} className="button main">
                <Icon name={door.icon} />
                {t(`home.${door.name}.action`)}
              </Link>
            </p>
          </section>
        ))}
      </div>
    </Page>
  );
}
