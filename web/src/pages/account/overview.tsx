import { useTranslation } from 'react-i18next';
import type { Balance } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { Icon, type IconName } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { OutcomeTable } from '../../parts/outcome-table';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { Goal } from './goal';
import { useOwnBalance, useOwnOutcomes } from './own-records';

/** What the learner holds: one number, what it is worth, and every credit behind it. */
export function Overview() {
  const { t } = useTranslation('learner');
  const balance = useOwnBalance();
  return (
    <Page title={t('overview.title')}>
      <div className="stack">
        {balance.isPending && <Loading />}
        {balance.isError && <ProblemNote error={balance.error} />}
        {balance.isSuccess && (
          <>
            <Figure balance={balance.data} />
            <Expiring balance={balance.data} />
            <Categories balance={balance.data} />
          </>
        )}
        <Credits />
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

function Expiring({ balance }: { balance: Balance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const outcomes = useOwnOutcomes();
  if (balance.expiringSoon.length === 0) return null;
  const titles = new Map(outcomes.data?.map(({ id, title }) => [id, title]));
  return (
    <section className="card" aria-labelledby="expiring">
      <h2 id="expiring">{t('expiring.title')}</h2>
      <ul className="lines">
        {balance.expiringSoon.map((lot) => {
          const title = titles.get(lot.outcomeId);
          return (
            <li key={lot.outcomeId}>
              {title && <>{format.text(title)} · </>}
              {t('expiring.line', {
                amount: format.amount(lot.amount),
                date: format.date(lot.expiresOn),
              })}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type CategoryBalance = Balance['categories'][number];

function Categories({ balance }: { balance: Balance }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  if (balance.categories.length === 0) return null;
  const columns: Column<CategoryBalance>[] = [
    {
      key: 'category',
      head: t('categories.category'),
      cell: (category) => (
        <>
          {format.text(category.title)}
          <meter
            aria-hidden="true"
            min="0"
            max={balance.total.available}
            value={category.available}
          />
        </>
      ),
    },
    ...(['available', 'held', 'used'] as const).map((standing) => ({
      key: standing,
      head: t(`standing.${standing}`),
      number: true,
      cell: (category: CategoryBalance) => format.amount(category[standing]),
    })),
  ];
  return (
    <section className="card">
      <h2>{t('categories.title')}</h2>
      <DataTable
        caption={t('categories.caption')}
        hideCaption
        columns={columns}
        rows={balance.categories}
        rowKey={({ code }) => code}
      />
    </section>
  );
}

function Credits() {
  const { t } = useTranslation('learner');
  const outcomes = useOwnOutcomes();
  const names = useInstitutionNames();
  return (
    <section className="card">
      <h2>{t('credits.title')}</h2>
      {outcomes.isPending && <Loading />}
      {outcomes.isError && <ProblemNote error={outcomes.error} />}
      {outcomes.data?.length === 0 && <p>{t('credits.none')}</p>}
      {outcomes.data && outcomes.data.length > 0 && (
        <OutcomeTable
          outcomes={outcomes.data.map((outcome) => ({
            ...outcome,
            registrar: names.get(outcome.institutionId) ?? null,
          }))}
          caption={t('credits.caption', { count: outcomes.data.length })}
          hideCaption
        />
      )}
    </section>
  );
}
