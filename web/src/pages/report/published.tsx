import { useQuery } from '@tanstack/react-query';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Indicator } from '../../api/report';
import { type PublishedReport, reportsApi } from '../../api/reports';
import { Chart } from '../../parts/chart';
import { type Column, DataTable } from '../../parts/data-table';
import { Fact } from '../../parts/fact';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { usePeriodName } from '../../parts/period';
import { Warnings } from '../../parts/school-conditions';
import { SchoolFolds } from '../../parts/school-folds';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useMedia } from '../../parts/use-media';
import { ChangesSince, CompareWith } from './comparison';
import { CheckIt } from './check-it';
import { Downloads } from './downloads';
import { MetTag, standingOf, useFigures } from './words';

/** One report as it was frozen: its figures, conditions and warnings, and how to check it. */
export function PublishedPage() {
  const { t } = useTranslation('report');
  const format = useFormat();
  const { id = '' } = useParams();
  const report = useQuery({ queryKey: ['reports', id], queryFn: () => reportsApi.report(id) });
  return (
    <Page
      title={report.data ? format.sentence(report.data.title) : t('live.reports')}
      lead={
        <p>
          <Link to="/report">{t('one.back')}</Link>
        </p>
      }
    >
      {report.isPending && <Loading />}
      {report.isError && <ProblemNote error={report.error} />}
      {report.data && <Whole report={report.data} />}
    </Page>
  );
}

function Whole({ report }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  return (
    <div className="stack">
      <Head report={report} />
      <ChangesSince id={report.id} />
      <Targets report={report} />
      <Others report={report} />
      <Schools report={report} />
      <section className="card" aria-labelledby="warnings">
        <h2 id="warnings">{t('frozen.warnings')}</h2>
        <Warnings warnings={report.warnings} />
      </section>
      <CompareWith id={report.id} />
      <CheckIt report={report} />
    </div>
  );
}

function Head({ report }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const name = usePeriodName();
  const { period, publishedAt, dataTime, publisher, scheduledFor, reached, targets } = report;
  return (
    <section className="card stack" aria-labelledby="head">
      <div>
        <h2 id="head">{t('frozen.title')}</h2>
        <Tag tone="brand" icon="lock">
          {t('frozen.tag')}
        </Tag>
        <p>{t('frozen.lead')}</p>
      </div>
      <dl className="facts wide">
        <Fact term={t('frozen.reached')}>{t('frozen.reachedOf', { reached, targets })}</Fact>
        <Fact term={t('period')}>{name(period.id)}</Fact>
        <Fact term={t('frozen.countedTo')}>{format.date(period.countedTo)}</Fact>
        <Fact term={t('frozen.dataTime')}>{format.moment(dataTime)}</Fact>
        <Fact term={t('frozen.published')}>{format.moment(publishedAt)}</Fact>
        <Fact term={t('frozen.publisher')}>{format.text(publisher.name)}</Fact>
        <Fact term={t('frozen.scheduled')}>
          {scheduledFor === null ? t('frozen.byHand') : format.date(scheduledFor)}
        </Fact>
      </dl>
      <Downloads id={report.id} />
    </section>
  );
}

/** Targets with a figure, as shares of the target. */
function Targets({ report: { indicators } }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const isNarrow = useMedia('(max-width: 40rem)');
  const withTarget = useMemo(
    () => indicators.filter(({ target }) => target !== null),
    [indicators],
  );
  const told = useMemo(() => withTarget.filter(({ value }) => value !== null), [withTarget]);
  const option = useMemo(
    () => targetsOption(told, (one) => format.text(one.title), t('frozen.ofTarget')),
    [told, format, t],
  );
  const count = (standing: ReturnType<typeof standingOf>): number =>
    withTarget.filter((one) => standingOf(one) === standing).length;
  const summary = t('summary.some', {
    count: count('yes'),
    total: withTarget.length,
    open: count('no'),
    unknown: count('unknown'),
  });
  const table = <Figures rows={withTarget} caption={t('frozen.targets')} />;
  // There is no room for the names of the bars on a phone, and the table says the same.
  if (isNarrow || told.length === 0) {
    return (
      <section className="card" aria-labelledby="targets">
        <h2 id="targets">{t('frozen.targets')}</h2>
        <p>{summary}</p>
        {table}
      </section>
    );
  }
  return (
    <Chart title={t('frozen.targets')} summary={summary} option={option} table={table} isTall />
  );
}

/** A bar of twice the target hides nothing of the others. */
const MOST_PERCENT = 200;

function targetsOption(
  told: readonly Indicator[],
  titleOf: (one: Indicator) => string,
  unit: string,
): EChartsCoreOption {
  const share = ({ value, target }: Indicator): number =>
    Math.min(MOST_PERCENT, (Number(value) / Number(target?.atLeast ?? 1)) * 100);
  const inOrder = told.toReversed();
  return {
    grid: { left: 10, right: 60, top: 30, bottom: 40, containLabel: true },
    xAxis: { type: 'value', max: MOST_PERCENT, axisLabel: { formatter: '{value}%' } },
    yAxis: {
      type: 'category',
      data: inOrder.map(titleOf),
      axisLabel: { interval: 0, width: 230, overflow: 'break' },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 24,
        data: inOrder.map((one) => Math.round(share(one))),
        markLine: {
          symbol: 'none',
          label: { formatter: unit },
          data: [{ xAxis: 100 }],
        },
      },
    ],
  };
}

/** Figures that have no target. */
function Others({ report: { indicators } }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  const rows = indicators.filter(({ target }) => target === null);
  return (
    <section className="card" aria-labelledby="others">
      <h2 id="others">{t('frozen.others')}</h2>
      <Figures rows={rows} caption={t('frozen.others')} />
    </section>
  );
}

function Figures({ rows, caption }: { rows: readonly Indicator[]; caption: string }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  const columns: Column<Indicator>[] = [
    {
      key: 'indicator',
      head: t('column.indicator'),
      cell: ({ title, definition, version }) => (
        <>
          {format.text(title)}
          <details className="small">
            <summary>{t('one.definition')}</summary>
            <p>{format.text(definition)}</p>
            <p className="soft">{t('one.version', { version })}</p>
          </details>
        </>
      ),
    },
    { key: 'value', head: t('frozen.figure'), cell: figures.value },
    { key: 'target', head: t('column.target'), cell: figures.target },
    { key: 'met', head: t('column.met'), cell: (one) => <MetTag indicator={one} /> },
  ];
  return (
    <DataTable
      caption={caption}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function Schools({ report: { schools, standards } }: { report: PublishedReport }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  return (
    <section className="card stack" aria-labelledby="schools">
      <h2 id="schools">{t('frozen.schools')}</h2>
      {schools.length === 0 && <p>{t('frozen.noSchools')}</p>}
      <SchoolFolds
        schools={schools}
        noStandard={t('frozen.noStandard')}
        metOf={(count) => t('frozen.conditionsMet', count)}
      />
      {standards.map(({ id, title, source }) => (
        <p key={id} className="small soft">
          {format.text(title)}: {format.text(source)}
        </p>
      ))}
    </section>
  );
}
