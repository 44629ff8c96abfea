import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type ApiKey, keysApi } from '../../../api/systems';
import { ActProblem } from '../../../parts/act-problem';
import { ConfirmButton } from '../../../parts/confirm-button';
import { type Column, DataTable } from '../../../parts/data-table';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';

const OVERLAP_HOURS = 24;

/** Keys with what they may do, when they were used, and the two things to do with one. */
export function KeyTable(props: {
  institution: string;
  keys: readonly ApiKey[];
  /** With the new secret where there is one. */
  onChanged: (secret: string | null) => void;
}) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const columns: Column<ApiKey>[] = [
    {
      key: 'label',
      head: t('keys.label'),
      cell: ({ label, clientId }) => (
        <>
          {label}
          <div className="small soft code">{clientId}</div>
        </>
      ),
    },
    {
      key: 'scopes',
      head: t('keys.may'),
      cell: ({ scopes }) => (scopes === null ? t('keys.everything') : scopes.join(' ')),
    },
    {
      key: 'used',
      head: t('keys.used'),
      cell: ({ lastUsedAt }) =>
        lastUsedAt === null ? t('keys.neverUsed') : format.moment(lastUsedAt),
    },
    { key: 'state', head: t('state'), cell: (key) => <KeyState apiKey={key} /> },
    {
      key: 'acts',
      head: t('acts'),
      cell: (key) => key.revokedAt === null && <KeyActs {...props} apiKey={key} />,
    },
  ];
  return (
    <DataTable
      caption={t('keys.list')}
      hideCaption
      columns={columns}
      rows={props.keys}
      rowKey={({ id }) => id}
    />
  );
}

function KeyActs(props: {
  institution: string;
  apiKey: ApiKey;
  onChanged: (secret: string | null) => void;
}) {
  const { id, label } = props.apiKey;
  const { t } = useTranslation('systems');
  const rotate = useMutation({
    mutationFn: () => keysApi.rotate(props.institution, id, OVERLAP_HOURS),
    onSuccess: ({ key }) => props.onChanged(key),
  });
  const end = useMutation({
    mutationFn: () => keysApi.end(props.institution, id),
    onSuccess: () => props.onChanged(null),
  });
  const failed = [rotate, end].find(({ isError }) => isError);
  return (
    <>
      {failed && <ActProblem error={failed.error} />}
      <div className="row">
        <ConfirmButton
          tone="plain"
          label={t('keys.rotate')}
          title={t('keys.rotateTitle', { label })}
          question={<p>{t('keys.rotateQuestion', { hours: OVERLAP_HOURS })}</p>}
          confirmLabel={t('keys.rotate')}
          disabled={rotate.isPending}
          onConfirm={() => rotate.mutate()}
        />
        <ConfirmButton
          tone="grave"
          label={t('keys.end')}
          title={t('keys.endTitle', { label })}
          question={<p>{t('keys.endQuestion')}</p>}
          confirmLabel={t('keys.end')}
          disabled={end.isPending}
          onConfirm={() => end.mutate()}
        />
      </div>
    </>
  );
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  if (apiKey.revokedAt !== null) {
    return (
      <Tag tone="quiet" icon="dash">
        {t('keys.ended', { at: format.date(apiKey.revokedAt) })}
      </Tag>
    );
  }
  const isOver = Date.parse(apiKey.expiresAt) <= Date.now();
  return (
    <Tag tone={isOver ? 'quiet' : 'good'} icon={isOver ? 'clock' : 'check'}>
      {t(isOver ? 'keys.over' : 'keys.works', { until: format.date(apiKey.expiresAt) })}
    </Tag>
  );
}
