import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Entry, Statement } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import type { IconName } from '../../parts/icon';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { useOwnOutcomes } from './own-records';

const KINDS: Record<Entry['kind'], { tone: Tone; icon: IconName }> = {
  deposit: { tone: 'good', icon: 'down' },
  hold: { tone: 'wait', icon: 'lock' },
  release: { tone: 'quiet', icon: 'undo' },
  use: { tone: 'brand', icon: 'swap' },
  expiry: { tone: 'quiet', icon: 'clock' },
  revocation: { tone: 'bad', icon: 'cross' },
  reversal: { tone: 'bad', icon: 'undo' },
  redeposit: { tone: 'good', icon: 'undo' },
};

/** Every line of the learner's ledger, newest first, between an opening and a closing balance. */
export function StatementPage() {
  const { t } = useTranslation('learner');
  const statement = useInfiniteQuery({
    queryKey: ['own', 'statement'],
    queryFn: ({ pageParam }) => api.statement('me', pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
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
  const outcomes = useOwnOutcomes();
  if (entries.length === 0) return <p>{t('statement.none')}</p>;
  const titles = new Map(outcomes.data?.map(({ id, title }) => [id, title]));
  const columns: Column<Entry>[] = [
    {
      key: 'outcome',
      head: t('statement.outcome'),
      cell: ({ outcomeId, id }) => {
        const title = titles.get(outcomeId);
        return title ? format.text(title) : id;
      },
    },
    {
      key: 'kind',
      head: t('statement.kind'),
      cell: (entry) => (
        <>
          <Tag {...KINDS[entry.kind]}>{t(`entry.${entry.kind}`)}</Tag>
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
