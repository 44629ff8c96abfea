import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator, IndicatorDetail } from '../../api/report';
import { Chart } from '../../parts/chart';
import { type Column, DataTable } from '../../parts/data-table';
import { usePeriodName } from '../../parts/period';
import { useFormat } from '../../parts/use-format';
import { useFigures } from './words';

type Point = IndicatorDetail['series'][number];

/** The indicator in this period and the ones before it, against its target. */
export function Series({ indicator, series }: { indicator: Indicator; series: readonly Point[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const figures = useFigures();
  const name = usePeriodName();
  const inOrder = useMemo(
    () => series.toSorted((a, b) => (a.period < b.period ? -1 : 1)),
    [series],
  );
  const option = useMemo(
    () =>
      optionOf({
        indicator,
        points: inOrder,
        name,
        target: `${t('one.target')} ${format.amount(indicator.target?.atLeast ?? '0')}`,
      }),
    [indicator, inOrder, name, t, format],
  );
  const told = inOrder.filter(({ value }) => value !== null);
  const [first, last] = [told[0], told.at(-1)];
  const title = format.text(indicator.title);
  const trend =
    first && last
      ? t(told.length === 1 ? 'one.seriesOne' : 'one.seriesSummary', {
          title,
          first: name(first.period),
          last: name(last.period),
          firstValue: figures.of(indicator.unit, first.value ?? '0'),
          lastValue: figures.of(indicator.unit, last.value ?? '0'),
        })
      : t('one.seriesNone', { title });
  const summary =
    told.length > 0 && isFar(indicator, inOrder)
      ? t('one.targetFar', { trend, target: figures.target(indicator) })
      : trend;
  const columns: Column<Point>[] = [
    { key: 'period', head: t('one.period'), cell: ({ period }) => name(period) },
    {
      key: 'value',
      head: t('one.value'),
      cell: ({ value, suppressed }) =>
        value === null
          ? t(suppressed ? 'one.hidden' : 'met.unknown')
          : figures.of(indicator.unit, value),
    },
  ];
  const table = (
    <DataTable
      caption={t('one.series')}
      hideCaption
      columns={columns}
      rows={inOrder}
      rowKey={({ period }) => period}
    />
  );
  if (told.length === 0) {
    return (
      <section className="card" aria-labelledby="series">
        <h2 id="series">{t('one.series')}</h2>
        <p>{summary}</p>
        {table}
      </section>
    );
  }
  return <Chart title={t('one.series')} summary={summary} option={option} table={table} />;
}

/** A target so many times the largest value would press the bars into nothing. */
const FAR = 20;

function isFar(indicator: Indicator, points: readonly Point[]): boolean {
  const largest = Math.max(0, ...points.map(({ value }) => Number(value ?? 0)));
  return indicator.target !== null && Number(indicator.target.atLeast) > FAR * largest;
}

/** The end of an axis: a little above, in halves of the leading digit. */
function endAbove(value: number): number {
  if (value <= 0) return 1;
  const step = 10 ** Math.floor(Math.log10(value * 1.1)) / 2;
  return Math.ceil((value * 1.1) / step) * step;
}

/** Bars of the periods and a line at the target. Only drawn, so binary fractions do no harm. */
function optionOf(given: {
  indicator: Indicator;
  points: readonly Point[];
  name: (period: string) => string;
  target: string;
}): EChartsCoreOption {
  const { indicator, points, name } = given;
  const target =
    indicator.target === null || isFar(indicator, points) ? null : Number(indicator.target.atLeast);
  return {
    grid: { left: 10, right: 20, top: 30, bottom: 20, containLabel: true },
    xAxis: { type: 'category', data: points.map(({ period }) => name(period)) },
    yAxis: {
      type: 'value',
      max: ({ max }: { max: number }) => endAbove(Math.max(max, target ?? 0)),
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 60,
        // Seen even far below the target; nothing is drawn for none.
        barMinHeight: 2,
        data: points.map(({ value }) => Number(value) || null),
        ...(target !== null && {
          markLine: {
            symbol: 'none',
            label: { formatter: given.target, position: 'insideEndTop' },
            data: [{ yAxis: target }],
          },
        }),
      },
    ],
  };
}
