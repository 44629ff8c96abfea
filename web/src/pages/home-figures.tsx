import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { publicApi } from '../api/public';
import { useInstitutions, useProgrammes } from '../parts/records';
import { useFormat } from '../parts/use-format';

/** What is open to everybody, in numbers; left out while they are not known. */
export function HomeFigures() {
  const { t } = useTranslation();
  const format = useFormat();
  const institutions = useInstitutions().data?.length;
  const programmes = useProgrammes().data?.length;
  const entries = useQuery({ queryKey: ['log-size'], queryFn: publicApi.logSize }).data;
  const figures = [
    { name: 'institutions', to: '/catalogue', count: institutions },
    { name: 'programmes', to: '/catalogue', count: programmes },
    { name: 'entries', to: '/log', count: entries },
  ] as const;
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">{t('home.figures.title')}</h2>
      <dl className="facts">
        {figures.map(({ name, to, count }) => (
          <div key={name}>
            <dt>
              <Link to={to}>{t(`home.figures.${name}`)}</Link>
            </dt>
            <dd>{count === undefined ? '–' : format.count(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
