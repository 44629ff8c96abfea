import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { SchoolQuerySummary } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { Promised, QueryTag } from './query-state';
import { Tabs } from '../../parts/tabs';
import { useQueriesChange } from './use-queries-change';

const STATES = ['asked', 'answered', 'closed', null] as const;
type Shown = (typeof STATES)[number];

/** What the office asked of schools, by the day they promised. */
export function QueriesPage() {
  const { t } = useTranslation('admissions');
  const [state, setState] = useState<Shown>('asked');
  const change = useQueriesChange();
  const queries = useInfiniteQuery({
    queryKey: ['equivalence', 'queries', state, change],
    enabled: change !== undefined,
    staleTime: Infinity,
    queryFn: ({ pageParam }) => equivalenceApi.queries(state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={t('queries.title')} lead={<p>{t('queries.lead')}</p>}>
      <section className="card stack">
        <Tabs
          label={t('queries.show')}
          tabs={STATES.map((one) => ({ key: one, label: t(`queries.tab.${one ?? 'all'}`) }))}
          chosen={state}
          onChoose={setState}
        />
        {queries.isPending && <Loading />}
        {queries.isError && <ProblemNote error={queries.error} />}
        {queries.data && <Table rows={queries.data.pages.flatMap(({ items }) => items)} />}
        <MoreButton
          more={queries.hasNextPage}
          busy={queries.isFetchingNextPage}
          onMore={() => void queries.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function Table({ rows }: { rows: readonly SchoolQuerySummary[] }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  if (rows.length === 0) {
    return (
      <p>
        {t('queries.none')} <Link to="/admissions/person">{t('queries.begin')}</Link>
      </p>
    );
  }
  const columns: Column<SchoolQuerySummary>[] = [
    {
      key: 'number',
      head: t('queries.number'),
      cell: ({ id, number }) => (
        <Link to={`/admissions/queries/${id}`} className="nowrap">
          {number}
        </Link>
      ),
    },
    { key: 'school', head: t('queries.school'), cell: ({ school }) => format.text(school) },
    {
      key: 'programme',
      head: t('queries.programme'),
      cell: ({ programme }) => programmeName(programme),
    },
    { key: 'due', head: t('queries.due'), date: true, cell: (query) => <Promised query={query} /> },
    { key: 'state', head: t('queries.state'), cell: (query) => <QueryTag query={query} /> },
  ];
  return (
    <DataTable
      caption={t('queries.title')}
      hideCaption
      columns={columns}
      rows={rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))}
      rowKey={({ id }) => id}
    />
  );
}
