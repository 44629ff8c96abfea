import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ReportComparison, type ReportHead, reportsApi } from '../../api/reports';
import { Note } from '../../parts/note';
import { useFormat } from '../../parts/use-format';
import { useFigures } from './words';

type Compared = ReportComparison['indicators'][number];

/** A comparison counts every figure anew, and what it says changes seldom. */
const seldom = { refetchInterval: 60_000, refetchOnWindowFocus: true } as const;

/** The newest frozen report about a period and how the live figures differ from it. */
function useFrozen(
  period: string,
): { report: ReportHead; changed: Compared[]; count: number } | null {
  const reports = useQuery({
    queryKey: ['reports', 'first'],
    queryFn: () => reportsApi.list(null),
    ...seldom,
  });
  const report = reports.data?.items.find((one) => one.period.id === period);
  const changes = useQuery({
    queryKey: ['reports', report?.id, 'changes'],
    queryFn: () => reportsApi.changes(report?.id ?? ''),
    enabled: report !== undefined,
    ...seldom,
  });
  if (!report || !changes.data) return null;
  const { indicators, changed } = changes.data;
  return { report, changed: indicators.filter(({ isChanged }) => isChanged), count: changed };
}

/** Beside live figures: how many, of schools too, changed since the period's report was frozen. */
export function FiguresSinceFrozen({ period }: { period: string }) {
  const { t } = useTranslation('report');
  const frozen = useFrozen(period);
  if (!frozen || frozen.count === 0) return null;
  return (
    <Note tone="wait" title={t('since.some', { count: frozen.count })}>
      <ReportLink report={frozen.report} />
    </Note>
  );
}

/** Beside one live figure: what the frozen report about the period says of it. */
export function FigureSinceFrozen({ period, id }: { period: string; id: string }) {
  const { t } = useTranslation('report');
  const figures = useFigures();
  const frozen = useFrozen(period);
  const one = frozen?.changed.find((changed) => changed.id === id);
  if (!frozen || !one) return null;
  const value = one.before?.value ?? null;
  return (
    <Note tone="wait" title={t('since.one')}>
      {value !== null && <p>{t('since.said', { value: figures.of(one.unit, value) })}</p>}
      <ReportLink report={frozen.report} />
    </Note>
  );
}

function ReportLink({ report }: { report: ReportHead }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  return (
    <p>
      {t('since.text')}{' '}
      <Link to={`/report/reports/${report.id}`}>{format.sentence(report.title)}</Link>
    </p>
  );
}
