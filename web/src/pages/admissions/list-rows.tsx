import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { equivalenceApi } from '../../api/equivalence';
import type { EquivalenceRow } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import type { IconName } from '../../parts/icon';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { AskSchoolButton } from './ask-school';
import { Tabs } from '../../parts/tabs';

const SHOWN = [null, 'matched', 'not-matched', 'not-checked'] as const;

/** The answers of a list, row by row. Reading them is in the logs of the people they are about. */
export function ListRows({ id }: { id: string }) {
  const { t } = useTranslation('admissions');
  const [status, setStatus] = useState<EquivalenceRow['status'] | null>(null);
  const rows = useInfiniteQuery({
    queryKey: ['equivalence', 'rows', id, status],
    queryFn: ({ pageParam }) => equivalenceApi.rows(id, status, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    // A finished list does not change, and each reading is a line in somebody's log.
    staleTime: Infinity,
  });
  return (
    <section className="card stack" aria-labelledby="rows">
      <h2 id="rows">{t('rows.title')}</h2>
      <Tabs
        label={t('rows.show')}
        tabs={SHOWN.map((one) => ({ key: one, label: t(`rows.tab.${one ?? 'all'}`) }))}
        chosen={status}
        onChoose={setStatus}
      />
      {rows.isPending && <Loading />}
      {rows.isError && <ProblemNote error={rows.error} />}
      {rows.data && <Table rows={rows.data.pages.flatMap(({ items }) => items)} />}
      <MoreButton
        more={rows.hasNextPage}
        busy={rows.isFetchingNextPage}
        onMore={() => void rows.fetchNextPage()}
      />
    </section>
  );
}

const LOOKS: Record<EquivalenceRow['status'], { tone: Tone; icon: IconName }> = {
  matched: { tone: 'good', icon: 'check' },
  'not-matched': { tone: 'bad', icon: 'cross' },
  'not-checked': { tone: 'quiet', icon: 'dash' },
};

function Table({ rows }: { rows: readonly EquivalenceRow[] }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  if (rows.length === 0) return <p>{t('rows.none')}</p>;
  const columns: Column<EquivalenceRow>[] = [
    {
      key: 'row',
      head: t('rows.who'),
      cell: (row) => <Who row={row} />,
    },
    {
      key: 'status',
      head: t('rows.status'),
      cell: ({ status }) => <Tag {...LOOKS[status]}>{t(`rows.tab.${status}`)}</Tag>,
    },
    {
      key: 'credits',
      head: t('rows.credits'),
      number: true,
      cell: ({ answer }) => (answer?.credits ? format.amount(answer.credits.grantable) : '—'),
    },
    { key: 'why', head: t('rows.why'), cell: (row) => <Why row={row} /> },
  ];
  return (
    <DataTable
      caption={t('rows.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ rowNumber }) => String(rowNumber)}
    />
  );
}

function Who({ row: { rowNumber, asked } }: { row: EquivalenceRow }) {
  const { t } = useTranslation('admissions');
  const named = asked.document ?? asked.shareCode ?? asked.learner;
  return (
    <>
      {asked.name ?? t('rows.nameless')}
      {named && (
        <div className="small">
          <span className="code">{named}</span>
        </div>
      )}
      <div className="small soft">{t('rows.row', { number: rowNumber })}</div>
    </>
  );
}

/** Why, in the words of the rules; and what to do about it. */
function Why({ row: { status, problem, answer } }: { row: EquivalenceRow }) {
  const { t } = useTranslation('admissions');
  const format = useFormat();
  if (problem) {
    return (
      <>
        {format.text(problem.title)}
        <div className="small soft">{format.text(problem.change)}</div>
      </>
    );
  }
  if (!answer) return <>{t('rows.notChecked')}</>;
  const granted = answer.clauses.filter(({ verdict }) => verdict === 'granted');
  return (
    <>
      {granted.length > 0 && (
        <ul>
          {granted.map((clause, index) => (
            <li key={index}>
              {format.text(clause.title)}
              {clause.basis && <span className="small soft"> {clause.basis}</span>}
            </li>
          ))}
        </ul>
      )}
      {answer.missing && <p>{format.text(answer.missing.text)}</p>}
      {status === 'not-matched' && (
        <div className="no-print">
          <AskSchoolButton answer={answer} />
        </div>
      )}
    </>
  );
}
