import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type OwnSession, securityApi } from '../../api/security';
import { ActProblem } from '../../parts/act-problem';
import { ConfirmButton } from '../../parts/confirm-button';
import { type Column, DataTable } from '../../parts/data-table';
import { live } from '../../parts/live';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { forgetSession } from '../../parts/session';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';

/** Where one is signed in; a session that is ended is over at once. */
export function Sessions() {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const sessions = useQuery({
    queryKey: ['own', 'sessions'],
    queryFn: securityApi.sessions,
    ...live,
  });
  const endAll = useMutation({
    mutationFn: securityApi.endAll,
    onSuccess: async () => {
      await navigate('/sign-in');
      forgetSession(queries);
    },
  });
  return (
    <section className="card stack" aria-labelledby="sessions">
      <div>
        <h2 id="sessions">{t('sessions.title')}</h2>
        <p>{t('sessions.text')}</p>
      </div>
      {sessions.isPending && <Loading />}
      {sessions.isError && <ProblemNote error={sessions.error} />}
      {sessions.data && <SessionTable rows={sessions.data.items} />}
      {endAll.isError && <ActProblem error={endAll.error} />}
      <div>
        <ConfirmButton
          tone="grave"
          label={t('sessions.endAll')}
          title={t('sessions.endAllTitle')}
          question={<p>{t('sessions.endAllQuestion')}</p>}
          confirmLabel={t('sessions.endAll')}
          disabled={endAll.isPending}
          onConfirm={() => endAll.mutate()}
        />
      </div>
    </section>
  );
}

function SessionTable({ rows }: { rows: readonly OwnSession[] }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: (id: string) => securityApi.endSession(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['own', 'sessions'] }),
  });
  const columns: Column<OwnSession>[] = [
    {
      key: 'device',
      head: t('sessions.device'),
      cell: ({ device, network, isCurrent }) => (
        <>
          {deviceName(device) ?? t('sessions.unknown')}{' '}
          {isCurrent && (
            <Tag tone="good" icon="check">
              {t('sessions.current')}
            </Tag>
          )}
          <Network name={network} />
        </>
      ),
    },
    {
      key: 'method',
      head: t('sessions.method'),
      cell: ({ method }) => t(`sessions.methods.${method}`),
    },
    {
      key: 'seen',
      head: t('sessions.seen'),
      cell: ({ lastSeenAt }) => format.moment(lastSeenAt),
    },
    {
      key: 'started',
      head: t('sessions.started'),
      cell: ({ startedAt }) => format.moment(startedAt),
    },
    {
      key: 'end',
      head: t('sessions.end'),
      cell: ({ id, isCurrent }) =>
        !isCurrent && (
          <button
            type="button"
            className="button grave"
            disabled={end.isPending}
            onClick={() => end.mutate(id)}
          >
            {t('sessions.end')}
          </button>
        ),
    },
  ];
  return (
    <>
      {end.isError && <ActProblem error={end.error} />}
      <DataTable
        caption={t('sessions.title')}
        hideCaption
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
      />
    </>
  );
}

function Network({ name }: { name: string | null }) {
  const { t } = useTranslation('settings');
  if (name === null) return null;
  if (name === 'loopback' || name === 'private') {
    return <div className="small soft">{t(`sessions.networks.${name}`)}</div>;
  }
  return <div className="small soft code">{name}</div>;
}

const BROWSERS = ['Edg', 'OPR', 'MicroMessenger', 'Firefox', 'Chrome', 'Safari'] as const;
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'Linux'] as const;
const NAMES: Readonly<Record<string, string>> = {
  Edg: 'Edge',
  OPR: 'Opera',
  MicroMessenger: '微信',
  'Mac OS X': 'macOS',
};

/** A browser and a system, as people know them; the first that fits, because each claims to be others. */
function deviceName(device: string | null): string | undefined {
  if (device === null) return undefined;
  const known = [BROWSERS, SYSTEMS].flatMap((list) => {
    const found = list.find((name) => device.includes(name));
    return found === undefined ? [] : (NAMES[found] ?? found);
  });
  return known.length > 0 ? known.join(' · ') : device.slice(0, 40);
}
