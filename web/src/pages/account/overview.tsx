import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Balance } from '../../api/types';
import { Icon, type IconName } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { AskButton } from './ask';
import { Categories, Expiring } from './balance-parts';
import { Changes } from './changes';
import { ChildrenHint } from './children-hint';
import { CreditTable } from './credit-table';
import { Goal } from './goal';
import { useOwnBalance, useOwnOutcomes } from './own-records';
import { PathwayHint } from './pathway-hint';
import { useWhose } from './record';
import { StandingsHint } from './standings';

/** What the learner holds: one number, what it is worth, and every credit behind it. */
export function Overview() {
  const { t } = useTranslation('learner');
  const { actingFor } = useWhose();
  const balance = useOwnBalance();
  return (
    <Page title={t(actingFor === null ? 'overview.title' : 'overview.titleActing')}>
      <div className="stack">
        {balance.isPending && <Loading />}
        {balance.isError && <ProblemNote error={balance.error} />}
        {balance.isSuccess && (
          <>
            <Figure balance={balance.data} />
            <ChildrenHint />
            <StandingsHint />
            <PathwayHint />
            <Changes />
            <Expiring balance={balance.data} />
            <Categories balance={balance.data} />
          </>
        )}
        <Credits />
        <Missing />
      </div>
    </Page>
  );
}

const STANDINGS = [
  ['held', 'lock'],
  ['used', 'swap'],
  ['expired', 'clock'],
  ['revoked', 'cross'],
] as const satisfies [string, IconName][];

function Figure({ balance }: { balance: Balance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="figure">
      <div>
        <h2 id="figure">{t('overview.available')}</h2>
        <p className="figure">
          {format.amount(balance.total.available)} <span className="unit">{t('unit')}</span>
        </p>
      </div>
      <Goal />
      <Actions />
      <dl className="facts">
        {STANDINGS.map(([standing, icon]) => (
          <div key={standing}>
            <dt>
              <Icon name={icon} />
              {t(`standing.${standing}`)}
            </dt>
            <dd>{format.amount(balance.total[standing])}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">{t('overview.asOf', { date: format.date(balance.asOf) })}</p>
    </section>
  );
}

/** What people come for. */
function Actions() {
  const { t } = useTranslation('learner');
  const { base, acts } = useWhose();
  return (
    <p className="row no-print">
      {acts.includes('apply') && (
        <Link to={`${base}/convert`} className="button main">
          <Icon name="swap" />
          {t('overview.convert')}
        </Link>
      )}
      {acts.includes('share') && (
        <>
          <Link to={`${base}/sharing`} className="button">
            <Icon name="share" />
            {t('overview.share')}
          </Link>
          <Link to={`${base}/transcript`} className="button">
            <Icon name="print" />
            {t('overview.print')}
          </Link>
        </>
      )}
    </p>
  );
}

function Credits() {
  const { t } = useTranslation('learner');
  const outcomes = useOwnOutcomes();
  return (
    <section className="card">
      <h2>{t('credits.title')}</h2>
      {outcomes.isPending && <Loading />}
      {outcomes.isError && <ProblemNote error={outcomes.error} />}
      {outcomes.data?.length === 0 && <p>{t('credits.none')}</p>}
      {outcomes.data && outcomes.data.length > 0 && <CreditTable outcomes={outcomes.data} />}
    </section>
  );
}

/** What to do when something that was learned does not stand here. */
function Missing() {
  const { t } = useTranslation('learner');
  const { base } = useWhose();
  return (
    <section className="card stack" aria-labelledby="missing">
      <h2 id="missing">{t('missing.title')}</h2>
      <p>{t('missing.text')}</p>
      <div className="row no-print">
        <AskButton about={null} label={t('ask.missing')} />
        <Link to={`${base}/questions`}>{t('missing.asked')}</Link>
      </div>
    </section>
  );
}
