import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { counterApi } from '../../api/counter';
import type { CounterSession } from '../../api/types';
import { type Column, DataTable } from '../../parts/data-table';
import { Field } from '../../parts/field';
import { bankDay } from '../../parts/format';
import { MoreButton } from '../../parts/more-button';
import { ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useAccount } from '../../parts/session';
import { Tag } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { deedsOf } from './deeds';

/** Whom the counters served on a day: a clerk's own sessions, a manager's all of the office. */
export function CounterSessions() {
  const { t } = useTranslation('counter');
  const today = bankDay(Date.now());
  const [day, setDay] = useState(today);
  // Each list is a line in the log of everybody in it, so nothing asks again by itself.
  const sessions = useInfiniteQuery({
    queryKey: ['counter', 'day', day],
    queryFn: ({ pageParam }) => counterApi.sessions(day, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const rows = sessions.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('day.title')} lead={<p>{t('day.lead')}</p>}>
      <section className="card stack" aria-label={t('day.title')}>
        <div className="row ends no-print">
          <Field label={t('day.on')}>
            {(control) => (
              <input
                {...control}
                type="date"
                max={today}
                value={day}
                onChange={({ target }) => target.value !== '' && setDay(target.value)}
              />
            )}
          </Field>
          <button
            type="button"
            className="button"
            disabled={sessions.isFetching}
            onClick={() => void sessions.refetch()}
          >
            {t('day.again')}
          </button>
        </div>
        {sessions.isPending && <Loading />}
        {sessions.isError && <ProblemNote error={sessions.error} />}
        <p role="status" className="soft">
          {sessions.isSuccess && t('day.count', { count: rows.length })}
        </p>
        {rows.length > 0 && <SessionTable rows={rows} />}
        <MoreButton
          more={sessions.hasNextPage}
          busy={sessions.isFetchingNextPage}
          onMore={() => void sessions.fetchNextPage()}
        />
      </section>
    </Page>
  );
}

function SessionTable({ rows }: { rows: readonly CounterSession[] }) {
  const { t } = useTranslation(['counter', 'acting']);
  const account = useAccount();
  const columns: Column<CounterSession>[] = [
    { key: 'learner', head: t('day.learner'), cell: (session) => <Who session={session} /> },
    { key: 'time', head: t('day.time'), date: true, cell: (session) => <When session={session} /> },
    ...(account?.roles.includes('manager')
      ? [{ key: 'clerk', head: t('day.clerk'), cell: ({ clerk }: CounterSession) => clerk }]
      : []),
    {
      key: 'acts',
      head: t('day.acts'),
      cell: (session) => (
        <>
          {session.acts.map((act) => t(`acting:acts.${act}`)).join(t('acting:and'))}
          <div className="small soft">
            {t(`acting:given.${session.given}`)}
            {session.record !== null && t('day.record', { record: session.record })}
          </div>
        </>
      ),
    },
    {
      key: 'done',
      head: t('day.done'),
      cell: ({ done }) =>
        deedsOf(done)
          .map((deed) => t(`day.deeds.${deed}`))
          .join(t('acting:and')) || t('day.nothing'),
    },
  ];
  return (
    <DataTable
      caption={t('day.title')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function Who({ session }: { session: CounterSession }) {
  const { t } = useTranslation('counter');
  const { id, name, state } = session;
  const account = useAccount();
  const shown = name ?? t('day.nobody');
  if (state === 'ended') return shown;
  return (
    <>
      {account?.roles.includes('clerk') ? (
        <Link to={`/counter/serving/${id}`}>{shown}</Link>
      ) : (
        shown
      )}{' '}
      <Tag tone="wait" icon="clock">
        {t('day.running')}
      </Tag>
    </>
  );
}

function When({ session }: { session: CounterSession }) {
  const { t } = useTranslation('counter');
  const format = useFormat();
  const { beginsAt, endsAt, endedAt } = session;
  return t('day.period', { from: format.time(beginsAt), to: format.time(endedAt ?? endsAt) });
}
