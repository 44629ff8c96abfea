import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { authorityApi } from '../../api/authority';
import type { OverdueApplication, OverdueInstitution } from '../../api/authority-types';
import { ApiProblem } from '../../api/problem';
import { ApplicationTag } from '../../parts/application-state';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useCodedNames, useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { keyOf, useOverdue } from './queries';

/** Institutions that have not kept promised days, the longest overdue first. */
export function Overdue() {
  const { t } = useTranslation('authority');
  const overdue = useOverdue();
  return (
    <Page title={t('overdue.title')} lead={<p>{t('overdue.lead')}</p>}>
      {overdue.isPending && <Loading />}
      {overdue.isError && <ProblemNote error={overdue.error} />}
      {overdue.data?.length === 0 && <Note tone="good" title={t('overdue.none')} />}
      {overdue.data && overdue.data.length > 0 && (
        <section className="card">
          <Institutions rows={overdue.data} />
        </section>
      )}
    </Page>
  );
}

function Institutions({ rows }: { rows: readonly OverdueInstitution[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const columns: Column<OverdueInstitution>[] = [
    {
      key: 'institution',
      head: t('overdue.institution'),
      cell: ({ institution }) => (
        <Link to={`/authority/overdue/${institution.code}`}>{format.text(institution.name)}</Link>
      ),
    },
    {
      key: 'count',
      head: t('overdue.count'),
      number: true,
      cell: ({ count }) => format.count(count),
    },
    {
      key: 'oldest',
      head: t('overdue.oldest'),
      cell: ({ oldestDueOn }) => format.date(oldestDueOn),
    },
  ];
  return (
    <DataTable
      caption={t('overdue.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ institution }) => institution.code}
    />
  );
}

/** The applications behind one institution's number, without the learners. */
export function OverdueOf() {
  const { t } = useTranslation('authority');
  const nameOf = useCodedNames();
  const { institution = '' } = useParams();
  const overdue = useInfiniteQuery({
    queryKey: keyOf('overdue', institution),
    queryFn: ({ pageParam }) => authorityApi.overdueOf(institution, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const first = overdue.data?.pages[0];
  const rows = overdue.data?.pages.flatMap(({ items }) => items) ?? [];
  // The last one was decided, or there never was one.
  const isKept = overdue.error instanceof ApiProblem && overdue.error.status === 404;
  return (
    <Page
      title={t('overdue.of', { name: nameOf(institution) })}
      lead={
        <p>
          <Link to="/authority/overdue">{t('overdue.back')}</Link>
        </p>
      }
    >
      {overdue.isPending && <Loading />}
      {isKept && <Note tone="good" title={t('overdue.none')} />}
      {overdue.isError && !isKept && <ProblemNote error={overdue.error} />}
      {first && rows.length === 0 && <Note tone="good" title={t('overdue.none')} />}
      {first && rows.length > 0 && (
        <section className="card">
          <Applications rows={rows} />
          <MoreButton
            more={overdue.hasNextPage}
            busy={overdue.isFetchingNextPage}
            onMore={() => void overdue.fetchNextPage()}
          />
        </section>
      )}
    </Page>
  );
}

function Applications({ rows }: { rows: readonly OverdueApplication[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  const columns: Column<OverdueApplication>[] = [
    {
      key: 'programme',
      head: t('overdue.programme'),
      cell: ({ programme }) => programmeName(programme),
    },
    {
      key: 'state',
      head: t('overdue.state'),
      cell: ({ state }) => <ApplicationTag state={state} />,
    },
    { key: 'due', head: t('overdue.dueOn'), cell: ({ dueOn }) => format.date(dueOn) },
    {
      key: 'days',
      head: t('overdue.days'),
      number: true,
      cell: ({ daysOverdue }) => format.count(daysOverdue),
    },
    {
      key: 'number',
      head: t('overdue.number'),
      cell: ({ id }) => <span className="code small">{id}</span>,
    },
  ];
  return (
    <DataTable
      caption={t('overdue.listCaption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
