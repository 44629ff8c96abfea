import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type ReportHead, reportsApi } from '../../api/reports';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { usePeriodName } from '../../parts/period';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

/** Reports that were frozen, the newest first, and when the next one appears. */
export function PublishedReports() {
  const { t } = useTranslation('report');
  const reports = useInfiniteQuery({
    queryKey: ['reports'],
    queryFn: ({ pageParam }) => reportsApi.list(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = reports.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card stack" aria-labelledby="published">
      <div>
        <h2 id="published">{t('live.reports')}</h2>
        <p>{t('live.text')}</p>
        <Next />
      </div>
      {reports.isPending && <Loading />}
      {reports.isError && <ProblemNote error={reports.error} />}
      {reports.data && rows.length === 0 && <p>{t('live.none')}</p>}
      {rows.length > 0 && <ReportTable rows={rows} />}
      <MoreButton
        more={reports.hasNextPage}
        busy={reports.isFetchingNextPage}
        onMore={() => void reports.fetchNextPage()}
      />
    </section>
  );
}

function Next() {
  const { t } = useTranslation('report');
  const format = useFormat();
  const name = usePeriodName();
  const schedule = useQuery({ queryKey: ['report-schedule'], queryFn: reportsApi.schedule });
  const next = schedule.data?.next;
  if (!next) return null;
  return (
    <p className="small soft">
      {t('live.next', { day: format.date(next.day), period: name(next.period) })}
    </p>
  );
}

function ReportTable({ rows }: { rows: readonly ReportHead[] }) {
  const { t } = useTranslation('report');
  const format = useFormat();
  const columns: Column<ReportHead>[] = [
    {
      key: 'title',
      head: t('frozen.report'),
      cell: ({ id, title }) => <Link to={`/report/reports/${id}`}>{format.sentence(title)}</Link>,
    },
    {
      key: 'state',
      head: t('frozen.state'),
      cell: () => (
        <Tag tone="brand" icon="lock">
          {t('frozen.tag')}
        </Tag>
      ),
    },
    {
      key: 'published',
      head: t('frozen.published'),
      cell: ({ publishedAt }) => format.moment(publishedAt),
    },
    {
      key: 'reached',
      head: t('frozen.reached'),
      cell: ({ reached, targets }) => t('frozen.reachedOf', { reached, targets }),
    },
  ];
  return (
    <DataTable
      caption={t('live.reports')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
