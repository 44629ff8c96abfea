import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../../api/authority-types';
import { operationsApi } from '../../../api/operations';
import { DialogButton } from '../../../parts/dialog-button';
import { Fact } from '../../../parts/fact';
import { live } from '../../../parts/live';
import { MoreButton } from '../../../parts/more-button';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { ReasonForm } from '../../../parts/reason-form';
import { useFormat } from '../../../parts/use-format';
import { keyOf, renew } from '../queries';
import { useWorkName } from './words';

const MOST_NOTE = 500;

/** Tasks that failed too often, the oldest first, with the two ways out. */
export function GivenUp() {
  const { t } = useTranslation('operations');
  const tasks = useInfiniteQuery({
    queryKey: keyOf('given-up'),
    queryFn: ({ pageParam }) => operationsApi.givenUp(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...live,
  });
  const rows = tasks.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="card stack" aria-labelledby="failed">
      <h2 id="failed">{t('operations.failed')}</h2>
      {tasks.isPending && <Loading />}
      {tasks.isError && <ProblemNote error={tasks.error} />}
      {tasks.data && rows.length === 0 && <Note tone="good" title={t('operations.failedNone')} />}
      {rows.length > 0 && (
        <ul className="lines">
          {rows.map((task) => (
            <li key={task.id}>
              <OneTask task={task} />
            </li>
          ))}
        </ul>
      )}
      <MoreButton
        more={tasks.hasNextPage}
        busy={tasks.isFetchingNextPage}
        onMore={() => void tasks.fetchNextPage()}
      />
    </section>
  );
}

function OneTask({ task }: { task: Task }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const workName = useWorkName();
  const { kind, attempts, failedAt, error, about, requestId } = task;
  return (
    <div className="stack">
      <h3>{workName(kind)}</h3>
      <p className="soft">
        {t('operations.attempts', { count: attempts })}
        {failedAt && ` · ${t('operations.since', { ago: format.ago(failedAt) })}`}
      </p>
      <dl className="facts wide">
        <Fact term={t('operations.stopped')}>
          <span lang="en">{error}</span>
        </Fact>
        <Fact term={t('operations.about')}>
          <span className="code small">{Object.values(about).map(String).join(' ')}</span>
        </Fact>
        {requestId !== null && (
          <Fact term={t('operations.request')}>
            <span className="code small">{requestId}</span>
          </Fact>
        )}
      </dl>
      <WaysOut id={task.id} />
    </div>
  );
}

function WaysOut({ id }: { id: string }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  return (
    <div className="row no-print">
      <DialogButton label={t('operations.retry')} title={t('operations.retryTitle')} tone="main">
        {(close) => (
          <ReasonForm
            optional
            label={t('operations.note')}
            hint={t('operations.retryHint')}
            submit={t('operations.retry')}
            most={MOST_NOTE}
            close={close}
            act={async (note) => {
              await operationsApi.retry(id, note);
              await renew(queries);
            }}
          />
        )}
      </DialogButton>
      <DialogButton label={t('operations.close')} title={t('operations.closeTitle')} tone="grave">
        {(close) => (
          <ReasonForm
            label={t('operations.note')}
            submit={t('operations.close')}
            tone="grave"
            most={MOST_NOTE}
            close={close}
            act={async (note) => {
              await operationsApi.close(id, note);
              await renew(queries);
            }}
          >
            <p>{t('operations.closeText')}</p>
          </ReasonForm>
        )}
      </DialogButton>
    </div>
  );
}
