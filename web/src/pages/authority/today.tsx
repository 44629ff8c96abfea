import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { authorityApi } from '../../api/authority';
import { proposalsApi } from '../../api/proposals';
import { type Column, DataTable } from '../../parts/data-table';
import { bankDay } from '../../parts/format';
import { live } from '../../parts/live';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useSignedIn } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import {
  type Need,
  answersOf,
  auditOf,
  endingsOf,
  holidaysOf,
  keysOf,
  nextYear,
  overdueOf,
  proposalsOf,
  requestsOf,
  tasksOf,
} from './needs';
import {
  keyOf,
  useAgreements,
  useAudits,
  useEncryptionKeys,
  useInstitutions,
  useOverdue,
  useRequests,
  useWork,
} from './queries';

/** What needs somebody today, the things that wait before those that do not. */
export function Today() {
  const { t } = useTranslation('authority');
  const { needs, error } = useNeeds();
  const waiting = needs.filter(({ count }) => count > 0);
  const quiet = needs.filter(({ count }) => count === 0);
  const lead =
    waiting.length === 0 ? t('today.nothing') : t('today.some', { count: waiting.length });
  return (
    <Page title={t('today.title')} lead={needs.length > 0 && <p>{lead}</p>}>
      {error !== null && <ProblemNote error={error} />}
      {needs.length === 0 && error === null && <Loading />}
      {needs.length > 0 && (
        <div className="stack">
          <section className="card">
            {waiting.length === 0 ? (
              <Note tone="good" title={t('today.nothing')} />
            ) : (
              <Waiting needs={waiting} />
            )}
          </section>
          <section className="card" aria-labelledby="quiet">
            <h2 id="quiet">{t('today.quiet')}</h2>
            <ul>
              {quiet.map(({ name, to }) => (
                <li key={name}>
                  <Link to={to}>{t(`today.calm.${name}`)}</Link>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Page>
  );
}

function Waiting({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation('authority');
  const format = useFormat();
  const columns: Column<Need>[] = [
    {
      key: 'what',
      head: t('today.what'),
      cell: ({ name, to }) => <Link to={to}>{t(`today.row.${name}`)}</Link>,
    },
    {
      key: 'count',
      head: t('today.count'),
      number: true,
      cell: ({ count }) => format.count(count),
    },
    {
      key: 'since',
      head: t('today.since'),
      cell: ({ name, since }) => {
        if (since === null) return '–';
        return name === 'endings' || name === 'answers' ? format.date(since) : format.ago(since);
      },
    },
  ];
  return (
    <DataTable
      caption={t('today.caption')}
      hideCaption
      columns={columns}
      rows={needs}
      rowKey={({ name }) => name}
    />
  );
}

/** Everything that can need somebody, as far as it has been read. */
function useNeeds(): { needs: readonly Need[]; error: unknown } {
  const { roles, institutionId } = useSignedIn();
  const now = Date.now();
  const today = bankDay(now);
  const year = nextYear(today);
  const institutions = useInstitutions();
  const requests = useRequests();
  const proposals = useQuery({
    queryKey: ['proposals', 'open'],
    queryFn: () => proposalsApi.list(true, null),
    ...live,
  });
  const overdue = useOverdue(roles.includes('authority'));
  const work = useWork();
  const agreements = useAgreements();
  const audits = useAudits();
  const keys = useEncryptionKeys(roles.includes('operator'));
  const holidays = useQuery({
    queryKey: keyOf('holidays', year),
    queryFn: () => authorityApi.holidays(year),
  });
  const ownCode = institutions.data?.find(({ id }) => id === institutionId)?.code;
  const needs = [
    requests.data && requestsOf(requests.data),
    proposals.data && proposalsOf(proposals.data.items),
    overdue.data && overdueOf(overdue.data),
    work.data && tasksOf(work.data),
    agreements.data && institutions.data && answersOf(agreements.data, ownCode),
    agreements.data && endingsOf(agreements.data, now),
    audits.data && auditOf(audits.data, now),
    keys.data && keysOf(keys.data),
    holidays.data !== undefined && holidaysOf(holidays.data !== null, today),
  ];
  const all = [requests, proposals, overdue, work, agreements, audits, keys, institutions];
  return {
    needs: needs.filter((need) => need !== undefined && need !== false),
    error: all.find(({ isError }) => isError)?.error ?? null,
  };
}
