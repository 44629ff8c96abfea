import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type ReportComparison, reportsApi } from '../../api/reports';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { usePeriodName } from '../../parts/period';
import { ConditionTag, withUnit } from '../../parts/school-conditions';
import { useFormat } from '../../parts/use-format';
import { useFigures } from './words';

type Compared = ReportComparison['indicators'][number];
type ComparedCondition = ReportComparison['conditions'][number];

/** What a report says and what the bank knows now: a late correction changes the second only. */
export function ChangesSince({ id }: { id: string }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const changes = useQuery({
    queryKey: ['reports', id, 'changes'],
    queryFn: () => reportsApi.changes(id),
    ...live,
  });
  if (changes.isPending) return <Loading />;
  if (changes.isError) return <ProblemNote error={changes.error} />;
  const { changed, indicators, after } = changes.data;
  if (changed === 0) {
    return (
      <Note tone="good" title={t('changes.none')}>
        <p>{t('changes.noneText', { at: format.moment(after.dataTime) })}</p>
      </Note>
    );
  }
  return (
    <section className="card stack" aria-labelledby="changes">
      <div>
        <h2 id="changes">{t('changes.title')}</h2>
        <p>{t('changes.some', { count: changed, at: format.moment(after.dataTime) })}</p>
      </div>
      <Indicators
        rows={indicators.filter(({ isChanged }) => isChanged)}
        heads={[t('changes.frozen'), t('changes.live')]}
      />
      <Conditions comparison={changes.data} heads={[t('changes.frozen'), t('changes.live')]} />
    </section>
  );
}

/** Links to comparisons with the other reports. */
export function CompareWith({ id }: { id: string }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const reports = useQuery({
    queryKey: ['reports', 'first'],
    queryFn: () => reportsApi.list(null),
  });
  const others = reports.data?.items.filter((one) => one.id !== id) ?? [];
  if (others.length === 0) return null;
  return (
    <section className="card" aria-labelledby="compare">
      <h2 id="compare">{t('compare.with')}</h2>
      <ul className="lines">
        {others.map((other) => (
          <li key={other.id}>
            <Link to={`/report/reports/${id}/comparison/${other.id}`}>
              {format.sentence(other.title)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Two reports side by side. */
export function ComparisonPage() {
  const { t } = useTranslation('report');
  const format = useFormat();
  const name = usePeriodName();
  const { id = '', other = '' } = useParams();
  const comparison = useQuery({
    queryKey: ['reports', id, 'comparison', other],
    queryFn: () => reportsApi.compare(id, other),
  });
  return (
    <Page
      title={t('compare.title')}
      lead={
        <p>
          <Link to={`/report/reports/${id}`}>{t('compare.back')}</Link>
        </p>
      }
    >
      {comparison.isPending && <Loading />}
      {comparison.isError && <ProblemNote error={comparison.error} />}
      {comparison.data && (
        <Sides
          comparison={comparison.data}
          heads={[comparison.data.before, comparison.data.after].map(({ title, period }) =>
            title === null ? name(period.id) : format.sentence(title),
          )}
        />
      )}
    </Page>
  );
}

function Sides(props: { comparison: ReportComparison; heads: readonly string[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const name = usePeriodName();
  const { comparison, heads } = props;
  const periods = [comparison.before.period, comparison.after.period];
  const isOne = periods[0]?.id === periods[1]?.id;
  const short = periods.map(({ id, countedTo }) => (isOne ? format.date(countedTo) : name(id)));
  return (
    <div className="stack">
      <section className="card stack" aria-labelledby="figures">
        <div>
          <h2 id="figures">{t('caption')}</h2>
          <p>{t('compare.lead', { before: heads[0] ?? '', after: heads[1] ?? '' })}</p>
        </div>
        <Indicators rows={comparison.indicators} heads={short} />
      </section>
      <section className="card" aria-labelledby="conditions">
        <h2 id="conditions">{t('compare.conditions')}</h2>
        {comparison.conditions.length === 0 && <p>{t('compare.same')}</p>}
        <Conditions comparison={comparison} heads={short} />
      </section>
    </div>
  );
}

function Indicators(props: { rows: readonly Compared[]; heads: readonly string[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  if (props.rows.length === 0) return null;
  const said = (unit: Compared['unit'], side: Compared['before']): string => {
    if (side === null) return '—';
    if (side.value !== null) return figures.of(unit, side.value);
    return side.absence === null ? t('met.unknown') : t(`absence.${side.absence}`);
  };
  const columns: Column<Compared>[] = [
    { key: 'title', head: t('column.indicator'), cell: ({ title }) => format.text(title) },
    {
      key: 'before',
      head: props.heads[0] ?? '',
      number: true,
      cell: ({ unit, before }) => said(unit, before),
    },
    {
      key: 'after',
      head: props.heads[1] ?? '',
      number: true,
      cell: ({ unit, after }) => said(unit, after),
    },
    {
      key: 'difference',
      head: t('compare.difference'),
      number: true,
      cell: ({ unit, difference, isRedefined }) => {
        if (isRedefined) return t('compare.redefined');
        if (difference === null) return '—';
        const value = `${difference.startsWith('-') ? '' : '+'}${format.amount(difference)}`;
        return unit === 'percent' ? t('compare.points', { value }) : value;
      },
    },
  ];
  return (
    <DataTable
      caption={t('caption')}
      hideCaption
      columns={columns}
      rows={props.rows}
      rowKey={({ id }) => id}
    />
  );
}

function Conditions(props: { comparison: ReportComparison; heads: readonly string[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const { conditions } = props.comparison;
  if (conditions.length === 0) return null;
  const side = ({ unit }: ComparedCondition, one: ComparedCondition['before']) =>
    one === null ? (
      '—'
    ) : (
      <>
        {one.value !== null && <div>{withUnit(format.amount(one.value), format.text(unit))}</div>}
        <ConditionTag state={one.state} />
      </>
    );
  const columns: Column<ComparedCondition>[] = [
    {
      key: 'condition',
      head: t('compare.condition'),
      cell: ({ school, title }) => (
        <>
          {format.text(title)}
          <div className="small soft">{format.text(school.name)}</div>
        </>
      ),
    },
    { key: 'before', head: props.heads[0] ?? '', cell: (one) => side(one, one.before) },
    { key: 'after', head: props.heads[1] ?? '', cell: (one) => side(one, one.after) },
  ];
  return (
    <DataTable
      caption={t('compare.conditions')}
      hideCaption
      columns={columns}
      rows={conditions}
      rowKey={({ school, code }) => `${school.code} ${code}`}
    />
  );
}
