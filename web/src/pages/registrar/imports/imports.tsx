import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InstitutionKind } from '../../../api/authority-types';
import { importsApi } from '../../../api/imports';
import type { Import } from '../../../api/types';
import { type Column, DataTable } from '../../../parts/data-table';
import { Icon } from '../../../parts/icon';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { useOwnKind } from '../../../parts/own-kind';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { WaitingReviews } from '../../../parts/waiting-reviews';
import { ImportTag } from './import-tag';
import { Upload } from './upload';

const LOOK_AGAIN_MS = 5_000;

/** Sources with columns of their own; everybody else has the common template. */
const TEMPLATE_OF_KIND: Readonly<Partial<Record<InstitutionKind, string>>> = {
  enterprise: 'template-enterprise',
  'contest-organiser': 'template-contest',
  'overseas-partner': 'template-overseas',
  'pupil-school': 'template-pupils',
};

/** Upload a file, and find the ones uploaded before. */
export function Imports() {
  const { t } = useTranslation('registrar');
  const kind = useOwnKind();
  const { roles } = useSignedIn();
  const template = (kind && TEMPLATE_OF_KIND[kind]) ?? 'template';
  return (
    <Page title={t('imports.title')} lead={<p>{t('imports.lead')}</p>}>
      <div className="stack">
        {roles.includes('registrar') && <WaitingReviews />}
        <Upload />
        <section className="card" aria-labelledby="template">
          <h2 id="template">{t('template.title')}</h2>
          <p>{t('template.text')}</p>
          <div className="row">
            <a href={`/${template}.xlsx`} download className="button">
              <Icon name="down" />
              {t('template.xlsx')}
            </a>
            <a href={`/${template}.csv`} download className="button">
              <Icon name="down" />
              {t('template.csv')}
            </a>
          </div>
        </section>
        <Recent />
      </div>
    </Page>
  );
}

function Recent() {
  const { t } = useTranslation('registrar');
  const imports = useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) => importsApi.imports(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <section className="card">
      <h2>{t('recent.title')}</h2>
      {imports.isPending && <Loading />}
      {imports.isError && <ProblemNote error={imports.error} />}
      {imports.data && <RecentTable rows={imports.data.pages.flatMap(({ items }) => items)} />}
      <MoreButton
        more={imports.hasNextPage}
        busy={imports.isFetchingNextPage}
        onMore={() => void imports.fetchNextPage()}
      />
    </section>
  );
}

function RecentTable({ rows }: { rows: readonly Import[] }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  if (rows.length === 0) return <p>{t('recent.none')}</p>;
  const columns: Column<Import>[] = [
    {
      key: 'file',
      head: t('recent.file'),
      cell: (item) => <Link to={`/registrar/imports/${item.id}`}>{item.fileName}</Link>,
    },
    { key: 'created', head: t('recent.created'), cell: (item) => format.moment(item.createdAt) },
    {
      key: 'posted',
      head: t('recent.posted'),
      number: true,
      cell: ({ rows: { posted } }) => format.count(posted),
    },
    {
      key: 'faulty',
      head: t('recent.faulty'),
      number: true,
      cell: ({ rows: { faulty } }) => format.count(faulty),
    },
    { key: 'state', head: t('recent.state'), cell: (item) => <ImportTag state={item.state} /> },
  ];
  return (
    <DataTable
      caption={t('recent.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
