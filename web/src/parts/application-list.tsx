import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { applicationsApi } from '../api/applications';
import type { ApplicationSummary } from '../api/types';
import { ApplicationTag } from './application-state';
import { type Column, DataTable } from './data-table';
import { MoreButton } from './more-button';
import { ProblemNote } from './note';
import { Loading } from './page';
import { useProgrammeNames } from './records';
import { useFormat } from './use-format';

const LOOK_AGAIN_MS = 10_000;

/** Applications this account may see; the list looks again by itself. */
export function ApplicationList(props: { base: string; none: string; withLearner?: boolean }) {
  const applications = useInfiniteQuery({
    queryKey: ['applications'],
    queryFn: ({ pageParam }) => applicationsApi.applications(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (applications.isPending) return <Loading />;
  if (applications.isError) return <ProblemNote error={applications.error} />;
  const rows = applications.data.pages.flatMap(({ items }) => items);
  return (
    <section className="card">
      {rows.length === 0 ? <p>{props.none}</p> : <Table {...props} rows={rows} />}
      <MoreButton
        more={applications.hasNextPage}
        busy={applications.isFetchingNextPage}
        onMore={() => void applications.fetchNextPage()}
      />
    </section>
  );
}

function Table(props: {
  base: string;
  rows: readonly ApplicationSummary[];
  withLearner?: boolean;
}) {
  const { base, rows, withLearner } = props;
  const { t } = useTranslation('decision');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const learnerColumn: Column<ApplicationSummary> = {
    key: 'learner',
    head: t('list.learner'),
    cell: ({ learnerName }) => learnerName ?? t('list.unnamed'),
  };
  const columns: Column<ApplicationSummary>[] = [
    {
      key: 'programme',
      head: t('list.programme'),
      cell: (application) => (
        <Link to={`${base}/${application.id}`}>{programmeName(application.programme)}</Link>
      ),
    },
    ...(withLearner ? [learnerColumn] : []),
    {
      key: 'created',
      head: t('list.created'),
      cell: (application) => format.moment(application.createdAt),
    },
    {
      key: 'state',
      head: t('list.state'),
      cell: (application) => <ApplicationTag state={application.state} />,
    },
  ];
  return (
    <DataTable
      caption={t('list.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
