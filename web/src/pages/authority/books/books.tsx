import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { operationsApi } from '../../../api/operations';
import type { AuditRun } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import type { IconName } from '../../../parts/icon';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { Tag, type Tone } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { renew, useAudits } from '../queries';
import { Findings } from './findings';
import { LogState } from './log-state';

/** Whether books and public log agree, and how it stands with the log itself. */
export function Books() {
  const { t } = useTranslation('operations');
  const audits = useAudits();
  return (
    <Page title={t('books.title')} lead={<p>{t('books.lead')}</p>}>
      <div className="stack">
        {audits.isPending && <Loading />}
        {audits.isError && <ProblemNote error={audits.error} />}
        {audits.data && <Checked runs={audits.data} />}
        <LogState />
        {audits.data && audits.data.length > 0 && <Runs rows={audits.data} />}
      </div>
    </Page>
  );
}

/** The newest result in words, whether a check runs now, and the way to begin one. */
function Checked({ runs }: { runs: readonly AuditRun[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const queries = useQueryClient();
  const start = useMutation({
    mutationFn: operationsApi.startAudit,
    onSettled: () => renew(queries),
  });
  const open = runs.find(({ state }) => state === 'open');
  const newest = runs.find(({ state }) => state !== 'open');
  return (
    <section className="card stack" aria-live="polite">
      {newest ? (
        <Result run={newest} />
      ) : (
        <Note tone="wait" title={t('books.never')}>
          <p>{t('books.neverText')}</p>
        </Note>
      )}
      {newest && newest.findings.length > 0 && <Findings findings={newest.findings} />}
      {open && (
        <Note tone="wait" title={t('books.open')}>
          <p>{t('books.openText', { at: format.ago(open.askedAt) })}</p>
        </Note>
      )}
      {start.isError && <ProblemNote error={start.error} />}
      <p className="no-print">
        <button
          type="button"
          className="button main"
          disabled={start.isPending || open !== undefined}
          onClick={() => start.mutate()}
        >
          {t('books.start')}
        </button>
      </p>
      <p className="small soft">
        {t('books.inside')} <Link to="/log">{t('books.inside2')}</Link>
      </p>
    </section>
  );
}

const FAULTY_STEPS = ['keep', 'again', 'compare', 'tell'] as const;

function Result({ run }: { run: AuditRun }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const at = run.endedAt === null ? '' : format.moment(run.endedAt);
  const entries = format.count(run.entries ?? 0);
  if (run.state === 'not-done') {
    return (
      <Note tone="bad" title={t('books.notDone')}>
        <p>
          {t('books.notDoneText', { at })} <Link to="/authority/operations">{t('books.why')}</Link>
        </p>
      </Note>
    );
  }
  if (run.state === 'faulty') {
    return (
      <Note tone="bad" urgent title={t('books.faulty')}>
        <p>{t('books.faultyText', { at, entries, count: run.found ?? 0 })}</p>
        <ol>
          {FAULTY_STEPS.map((step) => (
            <li key={step}>{t(`books.steps.${step}`)}</li>
          ))}
        </ol>
      </Note>
    );
  }
  return (
    <Note tone="good" title={t('books.clean')}>
      <p>{t('books.cleanText', { at, entries })}</p>
      {run.waiting !== null && run.waiting > 0 && (
        <p className="small">{t('books.waiting', { count: run.waiting })}</p>
      )}
    </Note>
  );
}

const LOOKS = {
  open: { tone: 'wait', icon: 'clock' },
  clean: { tone: 'good', icon: 'check' },
  faulty: { tone: 'bad', icon: 'warn' },
  'not-done': { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<AuditRun['state'], { tone: Tone; icon: IconName }>;

function Runs({ rows }: { rows: readonly AuditRun[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const columns: Column<AuditRun>[] = [
    { key: 'when', head: t('books.when'), cell: ({ askedAt }) => format.moment(askedAt) },
    { key: 'by', head: t('books.by'), cell: ({ askedByName }) => askedByName ?? t('books.daily') },
    {
      key: 'entries',
      head: t('books.entries'),
      number: true,
      cell: ({ entries }) => entries !== null && format.count(entries),
    },
    {
      key: 'took',
      head: t('books.took'),
      cell: (run) => {
        const seconds = secondsOf(run);
        return seconds !== null && t('books.seconds', { count: seconds });
      },
    },
    {
      key: 'result',
      head: t('books.result'),
      cell: ({ state }) => <Tag {...LOOKS[state]}>{t(`books.state.${state}`)}</Tag>,
    },
  ];
  return (
    <section className="card" aria-labelledby="runs">
      <h2 id="runs">{t('books.history')}</h2>
      <DataTable
        caption={t('books.history')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </section>
  );
}

/** To a tenth of a second. */
function secondsOf({ startedAt, endedAt }: AuditRun): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 100) / 10;
}
