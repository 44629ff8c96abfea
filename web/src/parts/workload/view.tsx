import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type TrainingIncome,
  type Workload,
  type WorkloadEntry,
  type WorkloadLine,
  type WorkloadOf,
  workloadApi,
} from '../../api/workload';
import { type Column, DataTable } from '../data-table';
import { DownloadButton } from '../download-button';
import { Fact } from '../fact';
import { MoreButton } from '../more-button';
import { Note, ProblemNote } from '../note';
import { Loading } from '../page';
import { useFormat } from '../use-format';
import { yuanOf } from './fen';

/** Everything about the workload of one institution in one period. */
export function WorkloadView({ asked, data }: { asked: WorkloadOf; data: Workload }) {
  return (
    <>
      <Summary asked={asked} data={data} />
      <Lines data={data} />
      <Income data={data} />
    </>
  );
}

function Summary({ asked, data }: { asked: WorkloadOf; data: Workload }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const { total, closed, hoursPerFte } = data;
  const says = t('says', { period: data.period, units: format.amount(total.units) });
  const fte = total.fte === null ? '' : t('saysFte', { fte: format.amount(total.fte) });
  return (
    <section className="card stack" aria-labelledby="workload-says">
      <h2 id="workload-says">{says + fte + t('end')}</h2>
      {closed ? (
        <Note
          tone="good"
          title={t('closed', {
            at: format.moment(closed.closedAt),
            units: format.amount(closed.total.units),
          })}
        >
          <p>
            {t('closedText')} <span className="code">{closed.hash}</span>
          </p>
        </Note>
      ) : (
        <p className="soft">{t('open')}</p>
      )}
      <Warnings data={data} />
      <dl className="facts">
        <Fact term={t('count')} figure>
          {format.count(total.count)}
        </Fact>
        <Fact term={t('hours')} figure>
          {format.amount(total.hours)}
        </Fact>
        <Fact term={t('units')} figure>
          {format.amount(total.units)}
        </Fact>
        {total.fte !== null && (
          <Fact term={t('fte')} figure>
            {format.amount(total.fte)}
          </Fact>
        )}
      </dl>
      {hoursPerFte && (
        <p className="small soft">
          {t('perFte', {
            hours: format.amount(hoursPerFte.value),
            source: format.text(hoursPerFte.source),
          })}
        </p>
      )}
      <p className="small soft">{t('downloadText')}</p>
      <div>
        <DownloadButton
          label={t('download')}
          fileName={`workload-${data.institution.code}-${data.period}.xlsx`}
          load={() => workloadApi.evidence(asked, closed?.id ?? null)}
        />
      </div>
    </section>
  );
}

function Warnings({ data: { unknownHours, differences } }: { data: Workload }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  return (
    <>
      {unknownHours > 0 && (
        <Note tone="wait" title={t('unknown', { count: unknownHours })}>
          <p>{t('unknownText')}</p>
        </Note>
      )}
      {differences.count > 0 && (
        <Note
          tone="wait"
          title={t('differences', {
            count: differences.count,
            units: format.amount(differences.units),
          })}
        >
          <p>{t('differencesText')}</p>
        </Note>
      )}
    </>
  );
}

function Lines({ data }: { data: Workload }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const columns: Column<WorkloadLine>[] = [
    { key: 'kind', head: t('kindHead'), cell: ({ kind }) => t(`kind.${kind as 'unknown'}`) },
    { key: 'level', head: t('levelHead'), cell: ({ level }) => t(`level.${level as 'none'}`) },
    { key: 'mode', head: t('modeHead'), cell: ({ mode }) => t(`mode.${mode as 'unknown'}`) },
    {
      key: 'count',
      head: t('count'),
      number: true,
      cell: ({ count }) => format.count(count),
    },
    { key: 'hours', head: t('hours'), number: true, cell: ({ hours }) => format.amount(hours) },
    {
      key: 'coefficient',
      head: t('coefficient'),
      number: true,
      cell: ({ coefficient }) => format.amount(coefficient),
    },
    { key: 'units', head: t('units'), number: true, cell: ({ units }) => format.amount(units) },
  ];
  return (
    <section className="card" aria-labelledby="workload-lines">
      <h2 id="workload-lines">{t('lines')}</h2>
      {data.lines.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <DataTable
          caption={t('lines')}
          hideCaption
          columns={columns}
          rows={data.lines}
          rowKey={({ kind, level, mode, coefficient }) => `${kind}${level}${mode}${coefficient}`}
        />
      )}
    </section>
  );
}

/** Every single training of the period; long, so it stands last on a page. */
export function WorkloadEntries({ asked }: { asked: WorkloadOf }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const entries = useInfiniteQuery({
    queryKey: ['workload', 'entries', asked.institution, asked.period],
    queryFn: ({ pageParam }) => workloadApi.entries(asked, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = entries.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns: Column<WorkloadEntry>[] = [
    { key: 'day', head: t('entry.day'), date: true, cell: ({ day }) => format.date(day) },
    {
      key: 'outcome',
      head: t('entry.outcome'),
      cell: ({ outcome }) => <span className="nowrap">{outcome}</span>,
    },
    {
      key: 'person',
      head: t('entry.person'),
      cell: ({ person }) => <span className="code nowrap">{person}</span>,
    },
    {
      key: 'hours',
      head: t('hours'),
      number: true,
      cell: ({ hours }) => (hours === null ? t('kind.unknown') : format.amount(hours)),
    },
    {
      key: 'coefficient',
      head: t('coefficient'),
      number: true,
      cell: ({ coefficient }) => format.amount(coefficient),
    },
    {
      key: 'entry',
      head: t('entry.entry'),
      cell: ({ entryId }) =>
        entryId === null ? t('entry.noEntry') : <span className="code">{entryId}</span>,
    },
    {
      key: 'log',
      head: t('entry.log'),
      number: true,
      cell: ({ logIndex }) => (logIndex === null ? '—' : String(logIndex)),
    },
  ];
  return (
    <section className="card" aria-labelledby="workload-entries">
      <h2 id="workload-entries">{t('entries')}</h2>
      {entries.isPending && <Loading />}
      {entries.isError && <ProblemNote error={entries.error} />}
      {entries.data && rows.length === 0 && <p>{t('none')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('entries')}
          hideCaption
          columns={columns}
          rows={rows}
          rowKey={({ outcomeId }) => outcomeId}
        />
      )}
      <MoreButton
        more={entries.hasNextPage}
        busy={entries.isFetchingNextPage}
        onMore={() => void entries.fetchNextPage()}
      />
    </section>
  );
}

function Income({ data: { income, incomeFen } }: { data: Workload }) {
  const { t } = useTranslation('workload');
  const format = useFormat();
  const columns: Column<TrainingIncome>[] = [
    { key: 'project', head: t('income.project'), cell: ({ project }) => project },
    { key: 'on', head: t('income.on'), date: true, cell: ({ on }) => format.date(on) },
    {
      key: 'yuan',
      head: t('income.yuan'),
      number: true,
      cell: ({ amountFen }) => format.amount(yuanOf(amountFen)),
    },
    { key: 'source', head: t('income.source'), cell: ({ source }) => source },
  ];
  return (
    <section className="card stack" aria-labelledby="workload-income">
      <div>
        <h2 id="workload-income">{t('income.title')}</h2>
        <p className="soft">{t('income.lead')}</p>
      </div>
      {income.length === 0 ? (
        <p>{t('income.none')}</p>
      ) : (
        <>
          <DataTable
            caption={t('income.title')}
            hideCaption
            columns={columns}
            rows={income}
            rowKey={({ id }) => id}
          />
          <p>{t('income.total', { yuan: format.amount(yuanOf(incomeFen)) })}</p>
        </>
      )}
    </section>
  );
}
