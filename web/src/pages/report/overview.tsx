import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Indicator, type Indicators, reportApi } from '../../api/report';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { PublishedReports } from './published-list';
import { PeriodField, usePeriod } from './period';
import { FiguresSinceFrozen } from './since-frozen';
import { MetTag, type Standing, standingOf, useFigures } from './words';

/** Every target of the plan with its figure, and whether it is reached. */
export function Overview() {
  const { t } = useTranslation('report');
  const period = usePeriod();
  const indicators = useQuery({
    queryKey: ['indicators', period],
    queryFn: () => reportApi.indicators(period),
    ...live,
  });
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <PeriodField />
        {indicators.isPending && <Loading />}
        {indicators.isError && <ProblemNote error={indicators.error} />}
        {indicators.data && (
          <>
            <Summary indicators={indicators.data} />
            <FiguresSinceFrozen period={period} />
            <section className="card" aria-label={t('caption')}>
              <p>
                <Tag tone="good" icon="again">
                  {t('live.tag')}
                </Tag>{' '}
                {t('live.title')}
              </p>
              <Table indicators={indicators.data} />
            </section>
          </>
        )}
        <PublishedReports />
      </div>
    </Page>
  );
}

function Summary({ indicators: { items, dataTime } }: { indicators: Indicators }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const count = (standing: Standing): number =>
    items.filter((one) => standingOf(one) === standing).length;
  const [reached, open, unknown] = [count('yes'), count('no'), count('unknown')];
  const total = reached + open + unknown;
  return (
    <section className="card" aria-labelledby="summary">
      <h2 id="summary">{t('summary.title')}</h2>
      <p className="figure">
        {format.count(reached)}
        <span className="unit"> / {format.count(total)}</span>
      </p>
      <p>{t('summary.some', { count: reached, total, open, unknown })}</p>
      <p className="small soft">{t('dataTime', { at: format.moment(dataTime) })}</p>
    </section>
  );
}

function Table({ indicators: { items, period } }: { indicators: Indicators }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  const columns: Column<Indicator>[] = [
    {
      key: 'indicator',
      head: t('column.indicator'),
      cell: ({ id, title, definition }) => (
        <>
          <Link to={`/report/indicators/${id}?period=${period.id}`}>{format.text(title)}</Link>
          <div className="small soft">{format.text(definition)}</div>
        </>
      ),
    },
    { key: 'value', head: t('column.value'), cell: figures.value },
    { key: 'target', head: t('column.target'), cell: figures.target },
    { key: 'met', head: t('column.met'), cell: (one) => <MetTag indicator={one} /> },
  ];
  return (
    <DataTable
      caption={t('caption')}
      hideCaption
      columns={columns}
      rows={items}
      rowKey={({ id }) => id}
    />
  );
}
