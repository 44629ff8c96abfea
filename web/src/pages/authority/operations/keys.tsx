import { useTranslation } from 'react-i18next';
import type { EncryptionKey } from '../../../api/authority-types';
import { type Column, DataTable } from '../../../parts/data-table';
import type { IconName } from '../../../parts/icon';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { Tag, type Tone } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { useEncryptionKeys } from '../queries';

const LOOKS = {
  current: { tone: 'good', icon: 'lock' },
  retiring: { tone: 'wait', icon: 'clock' },
  retired: { tone: 'quiet', icon: 'dash' },
} as const satisfies Record<EncryptionKey['state'], { tone: Tone; icon: IconName }>;

/** Which keys the database needs, and how far a rotation has come. */
export function Keys() {
  const { t } = useTranslation('operations');
  const keys = useEncryptionKeys(true);
  return (
    <section className="card stack" aria-labelledby="keys">
      <div>
        <h2 id="keys">{t('operations.keys')}</h2>
        <p>{t('operations.keysLead')}</p>
      </div>
      {keys.isPending && <Loading />}
      {keys.isError && <ProblemNote error={keys.error} />}
      {keys.data && <Table rows={keys.data} />}
    </section>
  );
}

function Table({ rows }: { rows: readonly EncryptionKey[] }) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const columns: Column<EncryptionKey>[] = [
    { key: 'kind', head: t('operations.key'), cell: ({ kind }) => t(`operations.keyKind.${kind}`) },
    {
      key: 'version',
      head: t('operations.version'),
      number: true,
      cell: ({ version }) => format.count(version),
    },
    {
      key: 'id',
      head: t('operations.keyId'),
      cell: ({ keyId }) => <span className="code">{keyId}</span>,
    },
    {
      key: 'created',
      head: t('operations.created'),
      cell: ({ createdAt }) => format.moment(createdAt),
    },
    {
      key: 'state',
      head: t('operations.state'),
      cell: ({ state, progress }) => (
        <>
          <Tag {...LOOKS[state]}>{t(`operations.keyState.${state}`)}</Tag>
          {state === 'current' &&
            progress
              .filter(({ endedAt }) => endedAt === null)
              .map(({ holder, rowsDone }) => (
                <div key={holder} className="small soft">
                  {t('operations.rows', { holder, count: rowsDone })}
                </div>
              ))}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('operations.keys')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ kind, version }) => `${kind} ${version}`}
    />
  );
}
