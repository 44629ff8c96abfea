import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { equivalenceApi } from '../../api/equivalence';
import type { EquivalenceBatch } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { Icon } from '../../parts/icon';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useProgrammeNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { ListTag } from './list-state';
import { ListUpload } from './list-upload';

/** Send a list of people, and find the lists that were sent before. */
export function ListsPage() {
  const { t } = useTranslation('admissions');
  return (
    <Page title={t('lists.title')} lead={<p>{t('lists.lead')}</p>}>
      <div className="stack">
        <ListUpload />
        <Recent />
        <section className="card" aria-labelledby="template">
          <h2 id="template">{t('lists.template.title')}</h2>
          <p>{t('lists.template.text')}</p>
          <p>
            <a href="/list-template.xlsx" download className="button">
              <Icon name="down" />
              {t('lists.template.get')}
            </a>
          </p>
        </section>
      </div>
    </Page>
  );
}

function Recent() {
  const { t } = useTranslation('admissions');
  const lists = useInfiniteQuery({
    queryKey: ['equivalence', 'lists'],
    queryFn: ({ pageParam }) => equivalenceApi.lists(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  return (
    <section className="card" aria-labelledby="recent">
      <h2 id="recent">{t('lists.recent')}</h2>
      {lists.isPending && <Loading />}
      {lists.isError && <ProblemNote error={lists.error} />}
      {lists.data && <Table rows={lists.data.pages.flatMap(({ items }) => items)} />}
      <MoreButton
        more={lists.hasNextPage}
        busy={lists.isFetchingNextPage}
        onMore={() => void lists.fetchNextPage()}
      />
    </section>
  );
}

function Table({ rows }: { rows: readonly EquivalenceBatch[] }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  const programmeName = useProgrammeNames();
  if (rows.length === 0) return <p>{t('lists.none')}</p>;
  const columns: Column<EquivalenceBatch>[] = [
    {
      key: 'file',
      head: t('lists.file'),
      cell: ({ id, fileName }) => (
        <Link to={`/admissions/lists/${id}`}>{fileName || t('lists.gone')}</Link>
      ),
    },
    {
      key: 'programme',
      head: t('lists.programme'),
      cell: ({ programme }) => (programme === null ? t('ask.perRow') : programmeName(programme)),
    },
    { key: 'sent', head: t('lists.sent'), cell: ({ createdAt }) => format.moment(createdAt) },
    {
      key: 'counts',
      head: t('lists.result'),
      cell: ({ counts }) =>
        counts &&
        t('lists.counts', {
          matched: format.count(counts.matched),
          notMatched: format.count(counts.notMatched),
          notChecked: format.count(counts.notChecked),
        }),
    },
    { key: 'state', head: t('lists.stateHead'), cell: ({ state }) => <ListTag state={state} /> },
  ];
  return (
    <DataTable
      caption={t('lists.recent')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
