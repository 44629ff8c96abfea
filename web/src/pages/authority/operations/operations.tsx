import { useTranslation } from 'react-i18next';
import type { KindOfWork } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { useFormat } from '../../../parts/use-format';
import { useWork } from '../queries';
import { GivenUp } from './given-up';
import { Keys } from './keys';
import { useWorkName } from './words';

/** What the queue has before it, what it gave up, and the keys of the database. */
export function Operations() {
  const { t } = useTranslation('operations');
  const { roles } = useSignedIn();
  const work = useWork();
  return (
    <Page title={t('operations.title')} lead={<p>{t('operations.lead')}</p>}>
      <div className="stack">
        <section className="card stack" aria-labelledby="queue">
          <h2 id="queue">{t('operations.queue')}</h2>
          {work.isPending && <Loading />}
          {work.isError && <ProblemNote error={work.error} />}
          {work.data && <Health rows={work.data} />}
          {work.data && work.data.length > 0 && <Work rows={work.data} />}
        </section>
        <GivenUp />
        {roles.includes('operator') ? (
          <Keys />
        ) : (
          <section className="card" aria-labelledby="keys">
            <h2 id="keys">{t('operations.keys')}</h2>
            <p>{t('operations.keysOther')}</p>
          </section>
        )}
      </div>
    </Page>
  );
}

/** Longer than this no task waits while the workers keep up. */
const BEHIND_MS = 60 * 60_000;

/** Whether the queue is well, in words, and what to do when it is not. */
function Health({ rows }: { rows: readonly KindOfWork[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const open = rows.reduce((sum, one) => sum + one.open, 0);
  const givenUp = rows.reduce((sum, one) => sum + one.givenUp, 0);
  const oldest = rows.flatMap(({ oldestAt }) => oldestAt ?? []).toSorted()[0];
  const isBehind = oldest !== undefined && Date.now() - Date.parse(oldest) > BEHIND_MS;
  return (
    <>
      {givenUp > 0 && (
        <Note tone="bad" title={t('operations.health.givenUp', { count: givenUp })}>
          <p>{t('operations.health.givenUpText')}</p>
        </Note>
      )}
      {isBehind && (
        <Note tone="wait" title={t('operations.health.behind', { ago: format.ago(oldest) })}>
          <p>{t('operations.health.behindText')}</p>
        </Note>
      )}
      {givenUp === 0 && !isBehind && (
        <Note tone="good" title={t('operations.health.well')}>
          <p>
            {open === 0 ? t('operations.idle') : t('operations.health.wellText', { count: open })}
          </p>
        </Note>
      )}
    </>
  );
}

function Work({ rows }: { rows: readonly KindOfWork[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const workName = useWorkName();
  const columns: Column<KindOfWork>[] = [
    { key: 'kind', head: t('operations.kind'), cell: ({ kind }) => workName(kind) },
    {
      key: 'open',
      head: t('operations.open'),
      number: true,
      cell: ({ open }) => format.count(open),
    },
    {
      key: 'oldest',
      head: t('operations.oldest'),
      cell: ({ oldestAt }) => oldestAt && format.ago(oldestAt),
    },
    {
      key: 'givenUp',
      head: t('operations.givenUp'),
      number: true,
      cell: ({ givenUp }) => format.count(givenUp),
    },
  ];
  return (
    <DataTable
      caption={t('operations.caption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ kind }) => kind}
    />
  );
}
