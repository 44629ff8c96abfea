import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';

// The drawing library weighs more than all else on a page: it comes after the words and figures.
const Drawing = lazy(async () => ({ default: (await import('./chart-drawing')).Drawing }));

/**
 * A chart with what it shows in a sentence and the figures it is drawn from. Who cannot see the
 * drawing, or prints the page, loses nothing: it only repeats the table.
 */
export function Chart(props: {
  title: string;
  /** One sentence: what a person who looks at the chart would say. */
  summary: string;
  option: EChartsCoreOption;
  /** The same figures as a `DataTable`. */
  table: ReactNode;
  /** Whether the table is folded away until somebody asks for it. */
  foldTable?: boolean;
  /** Whether names stand beside the bars, which takes a line or two for each. */
  isTall?: boolean;
}) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <section className="card stack" aria-labelledby={titleId}>
      <div>
        <h2 id={titleId}>{props.title}</h2>
        <p>{props.summary}</p>
      </div>
      <Suspense fallback={<div className={classOf(props)} aria-hidden="true" />}>
        <Drawing option={props.option} className={classOf(props)} />
      </Suspense>
      {props.foldTable ? (
        <details>
          <summary>{t('chart.figures')}</summary>
          <div className="inside">{props.table}</div>
        </details>
      ) : (
        props.table
      )}
    </section>
  );
}

function classOf({ isTall }: { isTall?: boolean }): string {
  return isTall ? 'chart tall' : 'chart';
}
