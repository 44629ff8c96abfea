import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Proposal } from '../../api/authority-types';
import { proposalsApi } from '../../api/proposals';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { live } from '../../parts/live';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useFormat } from '../../parts/use-format';
import { ProposalTag, useKindName } from './words';

/** Proposals, those that wait first; among these the longest waiting first. */
export function ProposalList() {
  const { t } = useTranslation('proposals');
  const [isOpen, setOpen] = useState(true);
  const proposals = useInfiniteQuery({
    queryKey: ['proposals', isOpen],
    queryFn: ({ pageParam }) => proposalsApi.list(isOpen, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = proposals.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      <section className="card">
        <Field label={t('show')}>
          {(control) => (
            <select
              {...control}
              value={isOpen ? 'open' : 'all'}
              onChange={(event) => setOpen(event.currentTarget.value === 'open')}
            >
              <option value="open">{t('onlyOpen')}</option>
              <option value="all">{t('all')}</option>
            </select>
          )}
        </Field>
        {proposals.isPending && <Loading />}
        {proposals.isError && <ProblemNote error={proposals.error} />}
        {proposals.data && rows.length === 0 && <p>{t(isOpen ? 'noneOpen' : 'none')}</p>}
        {rows.length > 0 && <Table rows={isOpen ? rows.toReversed() : rows} />}
        <MoreButton
          more={proposals.hasNextPage}
          busy={proposals.isFetchingNextPage}
          onMore={() => void proposals.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function Table({ rows }: { rows: readonly Proposal[] }) {
  const { t } = useTranslation('proposals');
  const format = useFormat();
  const kindName = useKindName();
  const names = useInstitutionNames();
  const columns: Column<Proposal>[] = [
    {
      key: 'what',
      head: t('column.what'),
      cell: ({ id, kind }) => <Link to={`/proposals/${id}`}>{kindName(kind)}</Link>,
    },
    {
      key: 'institution',
      head: t('column.institution'),
      cell: ({ institutionId }) => {
        const name = institutionId === null ? undefined : names.get(institutionId);
        return institutionId === null ? t('bank') : name && format.text(name);
      },
    },
    { key: 'by', head: t('column.by'), cell: ({ proposedByName }) => proposedByName },
    { key: 'age', head: t('column.age'), cell: ({ proposedAt }) => format.ago(proposedAt) },
    { key: 'until', head: t('column.until'), cell: ({ expiresAt }) => format.moment(expiresAt) },
    { key: 'state', head: t('column.state'), cell: ({ state }) => <ProposalTag state={state} /> },
  ];
  return (
    <DataTable
      caption={t('caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
