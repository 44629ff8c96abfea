import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { learnerApi } from '../../api/learner';
import type { Entry, Statement } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { EntryTag } from './entry-tag';
import { useOwnTitles } from './own-records';
import { useClient, useRecordKey, useWhose } from './record';

/** Every line of the learner's ledger, newest first, between an opening and a closing balance. */
export function StatementPage() {
  const { t } = useTranslation('learner');
  const { actingFor } = useWhose();
  const client = useClient();
  const key = useRecordKey();
  const statement = useInfiniteQuery({
    queryKey: [...key, 'statement'],
    queryFn: ({ pageParam }) => learnerApi.statement(client, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(actingFor === null && live),
  });
  const pages = statement.data?.pages ?? [];
  const [first] = pages;
  return (
    <Page title={t('statement.title')} lead={<p>{t('statement.lead')}</p>}>
      {statement.isPending && <Loading />}
      {statement.isError && <ProblemNote error={statement.error} />}
      {first && (
        <section className="card stack">
          <Balances statement={first} />
          <Entries entries={pages.flatMap(({ items }) => items)} />
          <MoreButton
            more={statement.hasNextPage}
            busy={statement.isFetchingNextPage}
            onMore={() => void statement.fetchNextPage()}
          />
        </section>
      )}
    </Page>
  );
}

function Balances({ statement }: { statement: Statement }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  return (
    <dl className="facts">
      <div>
        <dt>{t('statement.opening')}</dt>
        <dd>{format.amount(statement.opening.available)}</dd>
      </div>
      <div>
        <dt>{t('statement.closing')}</dt>
        <dd>{format.amount(statement.closing.available)}</dd>
      </div>
    </dl>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const { base } = useWhose();
  const titles = useOwnTitles();
  if (entries.length === 0) return <p>{t('statement.none')}</p>;
  const columns: Column<Entry>[] = [
    {
      key: 'outcome',
      head: t('statement.outcome'),
      cell: ({ outcomeId, id }) => {
        const title = titles.get(outcomeId);
        return <Link to={`${base}/credits/${outcomeId}`}>{title ? format.text(title) : id}</Link>;
      },
    },
    {
      key: 'kind',
      head: t('statement.kind'),
      cell: (entry) => (
        <>
          <EntryTag kind={entry.kind} />
          {entry.reason && <div className="small soft">{entry.reason}</div>}
        </>
      ),
    },
    {
      key: 'amount',
      head: t('statement.amount'),
      number: true,
      cell: (entry) => format.amount(entry.amount),
    },
    {
      key: 'occurred',
      head: t('statement.occurred'),
      cell: (entry) => format.date(entry.occurredOn),
    },
    {
      key: 'recorded',
      head: t('statement.recorded'),
      cell: (entry) => format.moment(entry.recordedAt),
    },
  ];
  return (
    <DataTable
      caption={t('statement.caption')}
      hideCaption
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}
