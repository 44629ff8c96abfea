import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { learnerApi } from '../../api/learner';
import { all } from '../../api/http';
import { ownDataApi } from '../../api/own-data';
import type { Entry } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { DownloadButton } from '../../parts/download-button';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useFormat } from '../../parts/use-format';
import { EntryTag } from './entry-tag';
import { useClient, useOwn, useRecordKey, useWhose } from './record';

/** All lines of the learner's ledger. */
export function useEntries() {
  return useOwn(['entries'], (client) => all((after) => learnerApi.statement(client, after)));
}

/** The lines of the ledger behind one credit, each with its receipt and its place in the log. */
export function CreditEntries({ outcomeId }: { outcomeId: string }) {
  const { t } = useTranslation('learner');
  const entries = useEntries();
  const own = entries.data?.filter((entry) => entry.outcomeId === outcomeId) ?? [];
  if (entries.isSuccess && own.length === 0) return null;
  return (
    <section className="card" aria-labelledby="entries">
      <h2 id="entries">{t('credit.entries')}</h2>
      <p>{t('credit.entriesText')}</p>
      {entries.isPending && <Loading />}
      {entries.isError && <ProblemNote error={entries.error} />}
      {own.length > 0 && <Entries entries={own} />}
    </section>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const columns: Column<Entry>[] = [
    { key: 'kind', head: t('statement.kind'), cell: ({ kind }) => <EntryTag kind={kind} /> },
    {
      key: 'amount',
      head: t('statement.amount'),
      number: true,
      cell: ({ amount }) => format.amount(amount),
    },
    {
      key: 'recorded',
      head: t('statement.recorded'),
      cell: ({ recordedAt }) => format.moment(recordedAt),
    },
    { key: 'proof', head: t('credit.proof'), cell: (entry) => <Proof entry={entry} /> },
  ];
  return (
    <DataTable
      caption={t('credit.entries')}
      hideCaption
      columns={columns}
      rows={entries}
      rowKey={({ id }) => id}
    />
  );
}

/** What proves a line to somebody who trusts nobody: its receipt, and where the log holds it. */
function Proof({ entry }: { entry: Entry }) {
  const { t } = useTranslation('learner');
  const { actingFor } = useWhose();
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="row no-print">
      {actingFor === null && (
        <DownloadButton
          label={t('credit.receipt')}
          fileName={`${entry.id}.receipt.json`}
          load={() => ownDataApi.receipt(entry.id)}
        />
      )}
      {isAsked ? (
        <LogPlace entryId={entry.id} />
      ) : (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {t('credit.checkLog')}
        </button>
      )}
    </div>
  );
}

function LogPlace({ entryId }: { entryId: string }) {
  const { t } = useTranslation('learner');
  const format = useFormat();
  const client = useClient();
  const key = useRecordKey();
  const proof = useQuery({
    queryKey: [...key, 'proof', entryId],
    queryFn: () => ownDataApi.proof(client, entryId),
    staleTime: Infinity,
  });
  if (proof.isError) return <ProblemNote error={proof.error} />;
  if (!proof.data) return <Loading />;
  const { index, size } = proof.data;
  return (
    <p role="status">
      {t('credit.inLog', { index: format.count(index + 1), size: format.count(size) })}
    </p>
  );
}
