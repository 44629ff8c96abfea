import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import type { AccessEntry } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { fieldsKnown, purposeKnown } from './access-words';
import { useClient, useRecordKey, useWhose } from './record';

/** Who looked at the record: a person or an office, why, when, and what was seen. */
export function Looks() {
  const { t } = useTranslation('mine');
  const { actingFor } = useWhose();
  const client = useClient();
  const key = useRecordKey();
  const looks = useInfiniteQuery({
    queryKey: [...key, 'looks'],
    queryFn: ({ pageParam }) => ownDataApi.accessLog(client, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...(actingFor === null && live),
  });
  const rows = looks.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('looks.title')} lead={<p>{t('looks.lead')}</p>}>
      <section className="card" aria-label={t('looks.title')}>
        {looks.isPending && <Loading />}
        {looks.isError && <ProblemNote error={looks.error} />}
        {looks.isSuccess && rows.length === 0 && <p>{t('looks.none')}</p>}
        {rows.length > 0 && <Table rows={rows} />}
        <MoreButton
          more={looks.hasNextPage}
          busy={looks.isFetchingNextPage}
          onMore={() => void looks.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function Table({ rows }: { rows: readonly AccessEntry[] }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const columns: Column<AccessEntry>[] = [
    { key: 'who', head: t('looks.who'), cell: (entry) => <Reader entry={entry} /> },
    {
      key: 'purpose',
      head: t('looks.purpose'),
      cell: ({ purpose }) => <Words>{t(`looks.purposes.${purposeKnown(purpose)}`)}</Words>,
    },
    {
      key: 'fields',
      head: t('looks.fields'),
      cell: ({ fields }) => (
        <Words>
          {fieldsKnown(fields)
            .map((field) => t(`fields.${field}`))
            .join(t('and'))}
        </Words>
      ),
    },
    {
      key: 'ground',
      head: t('looks.ground'),
      cell: ({ ground }) => <Words>{t(`looks.grounds.${ground}`)}</Words>,
    },
    {
      key: 'at',
      head: t('looks.at'),
      date: true,
      cell: ({ at }) => (
        <>
          {format.date(at)}
          <div>{format.time(at)}</div>
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('looks.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ seq }) => String(seq)}
    />
  );
}

/** Words that also stand within sentences, as a cell of their own: with a capital. */
function Words({ children }: { children: string }) {
  return <span className="capital">{children}</span>;
}

function Reader({ entry }: { entry: AccessEntry }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { office, by } = entry;
  if (!office) return <Words>{t(`looks.by.${by}`)}</Words>;
  return (
    <>
      {format.text(office)}
      <div className="small soft">{t(`looks.by.${by}`)}</div>
    </>
  );
}
