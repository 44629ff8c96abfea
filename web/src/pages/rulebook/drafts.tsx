import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type RuleDraftSummary, draftsApi } from '../../api/drafts';
import { type Column, DataTable } from '../../parts/data-table';
import { useInstitutionByCode } from '../../parts/institution-codes';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { DraftTag } from './draft-state';
import { mayBeTurn } from './turn';

/** Every draft of the reader's institution, for the authority of all. */
export function Drafts() {
  const { t } = useTranslation('rulebook');
  const { roles } = useSignedIn();
  const drafts = useQuery({ queryKey: ['drafts'], queryFn: draftsApi.drafts, ...live });
  const mayWrite = mayBeTurn('draft', roles);
  return (
    <Page title={t('drafts.title')} lead={<p>{t('drafts.lead')}</p>}>
      <section className="card stack">
        {mayWrite && (
          <div>
            <Link to="/rulebook/drafts/new" className="button main">
              {t('draft.new')}
            </Link>
          </div>
        )}
        {drafts.isPending && <Loading />}
        {drafts.isError && <ProblemNote error={drafts.error} />}
        {drafts.data?.length === 0 && <p>{t('drafts.none')}</p>}
        {drafts.data && drafts.data.length > 0 && (
          <DraftTable drafts={drafts.data} caption={t('drafts.title')} />
        )}
      </section>
    </Page>
  );
}

export function DraftTable(props: { drafts: readonly RuleDraftSummary[]; caption: string }) {
  const { t } = useTranslation('rulebook');
  const format = useFormat();
  const institutionName = useInstitutionByCode();
  const columns: Column<RuleDraftSummary>[] = [
    {
      key: 'title',
      head: t('drafts.rule'),
      cell: (draft) => (
        <Link to={`/rulebook/drafts/${draft.id}`}>
          {t('drafts.version', { title: format.text(draft.title), version: draft.version })}
        </Link>
      ),
    },
    {
      key: 'institution',
      head: t('drafts.institution'),
      cell: ({ institution }) => institutionName(institution),
    },
    {
      key: 'changed',
      head: t('drafts.changed'),
      cell: ({ changedAt }) => format.moment(changedAt),
    },
    { key: 'state', head: t('drafts.state'), cell: ({ state }) => <DraftTag state={state} /> },
  ];
  return (
    <DataTable
      caption={props.caption}
      hideCaption
      columns={columns}
      rows={props.drafts}
      rowKey={({ id }) => id}
    />
  );
}
