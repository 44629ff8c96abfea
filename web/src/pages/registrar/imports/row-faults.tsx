import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importsApi } from '../../../api/imports';
import type { FaultCode, Import, RowFault } from '../../../api/types';
import { type Column, DataTable } from '../../../parts/data-table';
import { Field } from '../../../parts/field';
import type { Text } from '../../../parts/format';
import { MoreButton } from '../../../parts/more-button';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { useFormat } from '../../../parts/use-format';
import { isMoving } from './use-live-import';

/** Rows at fault: where, what was read, why not, what to do. */
export function RowFaults({ item }: { item: Import }) {
  const { t } = useTranslation('registrar');
  const [code, setCode] = useState<FaultCode | null>(null);
  const faults = useInfiniteQuery({
    // While the file is being checked rows are still found; afterwards they stay.
    queryKey: ['imports', item.id, 'rows', code, isMoving(item.state)],
    queryFn: ({ pageParam }) => importsApi.importRows(item.id, code, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = faults.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card">
      <h2>{t('faults.title')}</h2>
      <ReasonFilter rows={rows} code={code} onCode={setCode} />
      {faults.isPending && <Loading />}
      {faults.isError && <ProblemNote error={faults.error} />}
      {rows.length > 0 && <FaultTable rows={rows} />}
      <MoreButton
        more={faults.hasNextPage}
        busy={faults.isFetchingNextPage}
        onMore={() => void faults.fetchNextPage()}
      />
    </section>
  );
}

function ReasonFilter(props: {
  rows: readonly RowFault[];
  code: FaultCode | null;
  onCode: (code: FaultCode | null) => void;
}) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const [known, setKnown] = useState<ReadonlyMap<string, Text>>(new Map());
  const seen = props.rows.filter(({ code }) => !known.has(code));
  if (seen.length > 0) {
    setKnown(new Map([...known, ...seen.map(({ code, message }) => [code, message] as const)]));
  }
  return (
    <Field label={t('faults.filter')}>
      {(control) => (
        <select
          {...control}
          value={props.code ?? ''}
          onChange={(event) =>
            props.onCode((event.currentTarget.value || null) as FaultCode | null)
          }
        >
          <option value="">{t('faults.all')}</option>
          {[...known].map(([code, message]) => (
            <option key={code} value={code}>
              {format.text(message)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function FaultTable({ rows }: { rows: readonly RowFault[] }) {
  const { t } = useTranslation('registrar');
  const format = useFormat();
  const columns: Column<{ fault: RowFault; at: number }>[] = [
    {
      key: 'row',
      head: t('faults.row'),
      cell: ({ fault }) => (
        <span className="nowrap">{t('faults.rowNumber', { row: fault.row })}</span>
      ),
    },
    { key: 'column', head: t('faults.column'), cell: ({ fault }) => fault.column ?? '–' },
    {
      key: 'value',
      head: t('faults.value'),
      cell: ({ fault }) =>
        fault.value ? <span className="code">{fault.value}</span> : t('faults.empty'),
    },
    { key: 'reason', head: t('faults.reason'), cell: ({ fault }) => format.text(fault.message) },
    { key: 'hint', head: t('faults.hint'), cell: ({ fault }) => format.text(fault.hint) },
  ];
  return (
    <DataTable
      caption={t('faults.title')}
      hideCaption
      columns={columns}
      rows={rows.map((fault, at) => ({ fault, at }))}
      rowKey={({ at }) => String(at)}
    />
  );
}
