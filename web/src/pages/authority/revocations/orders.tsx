import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RevocationOrder, revocationsApi } from '../../../api/revocations';
import { type Column, DataTable } from '../../../parts/data-table';
import { live } from '../../../parts/live';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useCodedNames } from '../../../parts/records';
import { useFormat } from '../../../parts/use-format';
import { keyOf } from '../queries';
import { NewOrder } from './new-order';
import { OrderTag, useDays } from './words';

/** Mass revocations: a new one, and how far the others have come. */
export function RevocationOrders() {
  const { t } = useTranslation('revocations');
  const orders = useInfiniteQuery({
    queryKey: keyOf('revocations'),
    queryFn: ({ pageParam }) => revocationsApi.list(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = orders.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <div className="stack">
        <NewOrder />
        <section className="card stack" aria-labelledby="orders">
          <h2 id="orders">{t('list.title')}</h2>
          {orders.isPending && <Loading />}
          {orders.isError && <ProblemNote error={orders.error} />}
          {orders.data && rows.length === 0 && <p>{t('list.none')}</p>}
          {rows.length > 0 && <Table rows={rows} />}
          <MoreButton
            more={orders.hasNextPage}
            busy={orders.isFetchingNextPage}
            onMore={() => void orders.fetchNextPage()}
          />
        </section>
      </div>
    </Page>
  );
}

function Table({ rows }: { rows: readonly RevocationOrder[] }) {
  const { t } = useTranslation('revocations');
  const format = useFormat();
  const institutionName = useCodedNames();
  const days = useDays();
  const columns: Column<RevocationOrder>[] = [
    {
      key: 'order',
      head: t('list.order'),
      cell: ({ id, institution }) => (
        <Link to={`/authority/revocations/${id}`}>{institutionName(institution)}</Link>
      ),
    },
    { key: 'days', head: t('list.days'), cell: (order) => days(order) },
    { key: 'when', head: t('list.when'), cell: ({ createdAt }) => format.moment(createdAt) },
    {
      key: 'items',
      head: t('list.items'),
      number: true,
      cell: ({ counts }) => format.count(counts.items),
    },
    { key: 'state', head: t('list.state'), cell: ({ state }) => <OrderTag state={state} /> },
  ];
  return (
    <DataTable
      caption={t('list.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
