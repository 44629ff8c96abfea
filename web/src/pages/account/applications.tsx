import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { conversionApi } from '../../api/conversion';
import type { ApplicationSummary } from '../../api/types';
import { ApplicationTag } from '../../parts/application-state';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { useClient, useRecordKey, useWhose } from './record';

/** The learner's applications, newest first. */
export function Applications() {
  // With the texts of its parts, so that the page does not hide again while they arrive.
  const { t } = useTranslation(['learner', 'decision']);
  const { base, acts } = useWhose();
  return (
    <Page title={t('applications.title')} lead={<p>{t('applications.lead')}</p>}>
      <div className="stack">
        <OwnApplications />
        {acts.includes('apply') && (
          <p className="no-print">
            <Link to={`${base}/convert`} className="button main">
              {t('applications.new')}
            </Link>
          </p>
        )}
      </div>
    </Page>
  );
}

function OwnApplications() {
  const { t } = useTranslation('learner');
  const { actingFor } = useWhose();
  const client = useClient();
  const key = useRecordKey();
  const applications = useInfiniteQuery({
    queryKey: [...key, 'application-list'],
    queryFn: ({ pageParam }) => conversionApi.list(client, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(actingFor === null && live),
  });
  if (applications.isPending) return <Loading />;
  if (applications.isError) return <ProblemNote error={applications.error} />;
  const rows = applications.data.pages.flatMap(({ items }) => items);
  return (
    <section className="card">
      {rows.length === 0 ? <p>{t('applications.none')}</p> : <Table rows={rows} />}
      <MoreButton
        more={applications.hasNextPage}
        busy={applications.isFetchingNextPage}
        onMore={() => void applications.fetchNextPage()}
      />
    </section>
  );
}

function Table({ rows }: { rows: readonly ApplicationSummary[] }) {
  const { t } = useTranslation('decision');
  const { t: tl } = useTranslation('learner');
  const format = useFormat();
  const { base } = useWhose();
  const programmeName = useProgrammeNames();
  const columns: Column<ApplicationSummary>[] = [
    {
      key: 'programme',
      head: t('list.programme'),
      cell: ({ id, programme }) => (
        <Link to={`${base}/applications/${id}`}>{programmeName(programme)}</Link>
      ),
    },
    {
      key: 'school',
      head: tl('applications.school'),
      cell: ({ institution }) => format.text(institution.name),
    },
    {
      key: 'created',
      head: t('list.created'),
      cell: ({ createdAt }) => format.moment(createdAt),
    },
    {
      key: 'state',
      head: t('list.state'),
      cell: ({ state, dueOn }) => (
        <>
          <ApplicationTag state={state} />
          {dueOn && (
            <div className="small soft">{tl('applications.due', { date: format.date(dueOn) })}</div>
          )}
        </>
      ),
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
