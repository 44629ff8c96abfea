import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { applicationsApi } from '../../api/applications';
import type { ApplicationSummary } from '../../api/types';
import { ApplicationTag } from '../../parts/application-state';
import { type Column, DataTable } from '../../parts/data-table';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { Tabs } from '../../parts/tabs';
import { useFormat } from '../../parts/use-format';
import { Promised } from './promised';
import { useWaiting } from '../../parts/use-waiting';

const SHOWN = ['waiting', 'all'] as const;
type Shown = (typeof SHOWN)[number];

/** What waits for a decision, the nearest promised day first. */
export function Queue() {
  const { t } = useTranslation('review');
  const [shown, setShown] = useState<Shown>('waiting');
  const waiting = useWaiting();
  const list = useInfiniteQuery({
    queryKey: ['applications', shown, waiting?.changedAt],
    queryFn: ({ pageParam }) =>
      shown === 'waiting'
        ? applicationsApi.queue(pageParam)
        : applicationsApi.applications(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: waiting !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  return (
    <Page title={t('title')} lead={<Lead waiting={waiting} />}>
      <section className="card stack">
        <Tabs
          label={t('show')}
          tabs={SHOWN.map((key) => ({ key, label: t(`tab.${key}`) }))}
          chosen={shown}
          onChoose={setShown}
        />
        {list.isPending && <Loading />}
        {list.isError && <ProblemNote error={list.error} />}
        {list.data && (
          <Table
            rows={list.data.pages.flatMap(({ items }) => items)}
            isQueue={shown === 'waiting'}
          />
        )}
        <MoreButton
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function Lead({ waiting }: { waiting: ReturnType<typeof useWaiting> }) {
  const { t } = useTranslation('review');
  if (!waiting) return <p>{t('lead')}</p>;
  return (
    <>
      <p role="status">
        {t('waiting', { count: waiting.waiting })}
        {waiting.overdue > 0 && <strong> {t('overdue', { count: waiting.overdue })}</strong>}
      </p>
      <p>{t('lead')}</p>
    </>
  );
}

function Table({ rows, isQueue }: { rows: readonly ApplicationSummary[]; isQueue: boolean }) {
  const { t } = useTranslation('review');
  const { t: tDecision } = useTranslation('decision');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  if (rows.length === 0) return <p>{t(isQueue ? 'none' : 'noneAtAll')}</p>;
  const columns: Column<ApplicationSummary>[] = [
    {
      key: 'learner',
      head: tDecision('list.learner'),
      cell: ({ id, learnerName }) => (
        <Link to={`/review/${id}`}>{learnerName ?? tDecision('list.unnamed')}</Link>
      ),
    },
    {
      key: 'programme',
      head: tDecision('list.programme'),
      cell: ({ programme }) => programmeName(programme),
    },
    {
      key: 'created',
      head: tDecision('list.created'),
      cell: ({ createdAt }) => format.moment(createdAt),
    },
    {
      key: 'due',
      head: t('due.head'),
      date: true,
      cell: ({ dueOn }) => <Promised dueOn={dueOn} />,
    },
    {
      key: 'state',
      head: tDecision('list.state'),
      cell: ({ state }) => <ApplicationTag state={state} />,
    },
  ];
  return (
    <DataTable
      caption={t('title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
