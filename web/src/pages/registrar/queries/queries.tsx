import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import {
  type LearnerQuerySummary,
  type QueryState,
  learnerQueriesApi,
} from '../../../api/learner-queries';
import { type Column, DataTable } from '../../../parts/data-table';
import { live } from '../../../parts/live';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { SelectField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { PromiseTag, useAbout } from './query-words';

const STATES: readonly QueryState[] = ['asked', 'answered', 'closed'];

/** What learners ask this school: the longest waiting first. */
export function QueriesPage() {
  const { t } = useTranslation('records');
  const [state, setState] = useState<QueryState>('asked');
  const queries = useInfiniteQuery({
    queryKey: ['learner-queries', state],
    queryFn: ({ pageParam }) => learnerQueriesApi.list(state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = queries.data?.pages.flatMap(({ items }) => items) ?? [];
  const late = rows.filter(({ promise }) => promise === 'overdue').length;
  return (
    <Page title={t('queries.title')} lead={<p>{t('queries.lead')}</p>}>
      <section className="card stack" aria-label={t('queries.title')}>
        <SelectField
          label={t('queries.show')}
          value={state}
          options={STATES.map((one) => [one, t(`queries.state.${one}`)] as const)}
          onChange={setState}
        />
        {queries.isPending && <Loading />}
        {queries.isError && <ProblemNote error={queries.error} />}
        {queries.data && state === 'asked' && rows.length > 0 && (
          <p role="status">
            <strong>{t('queries.waiting', { count: rows.length })}</strong>
            {late > 0 && ` ${t('queries.late', { count: late })}`}
          </p>
        )}
        {queries.data && rows.length === 0 && <p>{t(`queries.none.${state}`)}</p>}
        {rows.length > 0 && <QueryTable rows={rows} />}
        <MoreButton
          more={queries.hasNextPage}
          busy={queries.isFetchingNextPage}
          onMore={() => void queries.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function QueryTable({ rows }: { rows: readonly LearnerQuerySummary[] }) {
  const { t } = useTranslation('records');
  const format = useFormat();
  const aboutOf = useAbout();
  const columns: Column<LearnerQuerySummary>[] = [
    {
      key: 'about',
      head: t('query.what'),
      cell: (query) => <Link to={`/registrar/queries/${query.id}`}>{aboutOf(query)}</Link>,
    },
    { key: 'number', head: t('query.number'), cell: ({ number }) => number },
    { key: 'asked', head: t('query.asked'), cell: ({ askedAt }) => format.moment(askedAt) },
    { key: 'due', head: t('query.due'), cell: ({ dueOn }) => format.date(dueOn) },
    { key: 'promise', head: t('query.promise'), cell: (query) => <PromiseTag query={query} /> },
  ];
  return (
    <DataTable
      caption={t('queries.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
