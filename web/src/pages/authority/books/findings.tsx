import { useTranslation } from 'react-i18next';
import type { AuditFinding } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { useFormat } from '../../../parts/use-format';

/** What a check of the books found wrong, the first entry first. */
export function Findings({ findings }: { findings: readonly AuditFinding[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const columns: Column<AuditFinding>[] = [
    { key: 'kind', head: t('books.kind'), cell: ({ kind }) => t(`books.finding.${kind}`) },
    {
      key: 'place',
      head: t('books.place'),
      cell: ({ index }) => (index === null ? t('books.outside') : format.count(index)),
    },
    {
      key: 'entry',
      head: t('books.entry'),
      cell: ({ entryId }) => entryId !== null && <span className="code small">{entryId}</span>,
    },
    {
      key: 'detail',
      head: t('books.detail'),
      // The words of the program, which are in English everywhere.
      cell: ({ detail }) => <span lang="en">{detail}</span>,
    },
  ];
  return (
    <DataTable
      caption={t('books.findings')}
      columns={columns}
      rows={findings}
      rowKey={({ kind, index, entryId, detail }) => `${kind} ${index} ${entryId} ${detail}`}
    />
  );
}
