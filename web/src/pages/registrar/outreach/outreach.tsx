import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { outreachApi } from '../../../api/workload';
import { bankDay } from '../../../parts/format';
import { live } from '../../../parts/live';
import { Fact } from '../../../parts/fact';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { OutreachConsents } from '../../../parts/workload/consents';

const SCHOOL_YEAR_BEGINS = '09';

/** What a school of pupils has to know before it posts: who agreed, and how many it reached. */
export function OutreachPage() {
  const { t } = useTranslation('workload');
  const isClerk = useSignedIn().roles.includes('clerk');
  return (
    <Page title={t('outreach.title')} lead={<p>{t('outreach.lead')}</p>}>
      <div className="stack">
        {isClerk && (
          <p>
            <Link to="/counter/outreach" className="button main">
              {t('outreach.byClerk')}
            </Link>
          </p>
        )}
        <OutreachConsents mayWithdraw={isClerk} />
        <Reached />
      </div>
    </Page>
  );
}

function Reached() {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const period = schoolYearOf(bankDay(Date.now()));
  const figures = useQuery({
    queryKey: ['outreach', 'figures', period],
    queryFn: () => outreachApi.figures(period),
    ...live,
  });
  if (figures.isPending) return <Loading />;
  if (figures.isError) return <ProblemNote error={figures.error} />;
  return (
    <section className="card stack" aria-labelledby="reached">
      <h2 id="reached">{t('outreach.reached')}</h2>
      <dl className="facts wide">
        {figures.data.forms.map(({ form, pupils }) => (
          <Fact key={form} term={t(`outreach.form.${form}`)} figure={pupils !== null}>
            {pupils === null ? t('outreach.few') : format.count(Number(pupils))}
          </Fact>
        ))}
      </dl>
      <p>{t('outreach.next')}</p>
      <div className="row">
        <Link to="/registrar/imports" className="button">
          {t('outreach.upload')}
        </Link>
        <Link to="/registrar/records/new" className="button">
          {t('outreach.one')}
        </Link>
      </div>
    </section>
  );
}

/** The school year that a day lies in, `2025-2026`. */
function schoolYearOf(day: string): string {
  const year = Number(day.slice(0, 4));
  const first = day.slice(5, 7) < SCHOOL_YEAR_BEGINS ? year - 1 : year;
  return `${first}-${first + 1}`;
}
