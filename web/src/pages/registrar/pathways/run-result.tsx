import { useTranslation } from 'react-i18next';
import type { GateRun } from '../../../api/pathways';
import { ConfirmButton } from '../../../parts/confirm-button';
import { type Column, DataTable } from '../../../parts/data-table';
import { Note } from '../../../parts/note';
import { GateFacts, VerdictTag } from '../../../parts/pathway-gate';
import { useFormat } from '../../../parts/use-format';

type Item = GateRun['items'][number];

/** What a gate says of a whole cohort, with the reasons; confirmed exactly as it is shown. */
export function RunResult({
  run,
  onConfirm,
}: {
  run: GateRun;
  onConfirm: (digest: string) => void;
}) {
  const { t } = useTranslation('pathways');
  const format = useFormat();
  const { counts, items, state, digest } = run;
  if (items.length === 0) return <Note tone="quiet" urgent title={t('office.nothing')} />;
  const columns: Column<Item>[] = [
    { key: 'name', head: t('office.learner'), cell: ({ name }) => name ?? t('office.nobody') },
    {
      key: 'verdict',
      head: t('office.verdict'),
      cell: ({ answer }) => <VerdictTag {...answer} />,
    },
    {
      key: 'to',
      head: t('office.to'),
      cell: ({ answer: { from, to, toTitle } }) =>
        from === to ? t('office.same') : format.text(toTitle),
    },
    { key: 'why', head: t('office.why'), cell: ({ answer }) => <GateFacts answer={answer} /> },
  ];
  const { passed, failed } = counts;
  const label = t('office.confirm', { passed, failed });
  return (
    <div className="stack" aria-live="polite">
      {state === 'confirmed' && <Note tone="good" title={t('office.done')} />}
      <p>{t('office.counts', { ...counts })}</p>
      <DataTable
        caption={t('office.result', { year: run.intake })}
        columns={columns}
        rows={items}
        rowKey={({ enrolment }) => enrolment}
      />
      {state === 'preview' && passed + failed > 0 && (
        <div>
          <ConfirmButton
            label={label}
            title={label}
            question={<p>{t('office.confirmQuestion')}</p>}
            confirmLabel={label}
            onConfirm={() => onConfirm(digest)}
          />
        </div>
      )}
    </div>
  );
}
