import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { authorityApi } from '../../../api/authority';
import type { Institution, Member } from '../../../api/authority-types';
import { publicApi } from '../../../api/public';
import { type Column, DataTable } from '../../../parts/data-table';
import { live } from '../../../parts/live';
import { ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { Tag } from '../../../parts/tag';
import { useFormat } from '../../../parts/use-format';
import { keyOf } from '../queries';

/** Who works for an institution, and with how many keys it signs. */
export function Members({ institution: { id, code } }: { institution: Institution }) {
  const { t } = useTranslation('authority');
  const members = useQuery({
    queryKey: keyOf('members', id),
    queryFn: () => authorityApi.members(id),
    ...live,
  });
  const keys = useQuery({
    queryKey: keyOf('signing-keys', code),
    queryFn: () => publicApi.signingKeys(code),
  });
  const active = members.data?.filter(({ disabledAt }) => disabledAt === null).length ?? 0;
  return (
    <section className="card stack" aria-labelledby="members">
      <h2 id="members">{t('institution.members')}</h2>
      {members.isPending && <Loading />}
      {members.isError && <ProblemNote error={members.error} />}
      {members.data && (
        <p>{t('institution.membersText', { count: members.data.length, active })}</p>
      )}
      {members.data && members.data.length > 0 && <Table rows={members.data} />}
      {keys.data !== undefined && (
        <p>
          {keys.data === 0
            ? t('institution.keysNone')
            : t('institution.keysText', { count: keys.data })}
        </p>
      )}
    </section>
  );
}

function Table({ rows }: { rows: readonly Member[] }) {
  const { t } = useTranslation('authority');
  const { t: word } = useTranslation('role');
  const format = useFormat();
  const columns: Column<Member>[] = [
    {
      key: 'name',
      head: t('institution.member'),
      cell: ({ name, disabledAt }) => (
        <>
          {name}{' '}
          {disabledAt && (
            <Tag tone="quiet" icon="cross">
              {t('institution.disabled')}
            </Tag>
          )}
        </>
      ),
    },
    {
      key: 'signIn',
      head: t('institution.signInName'),
      cell: ({ signInName }) => <span className="code">{signInName}</span>,
    },
    {
      key: 'roles',
      head: t('institution.roles'),
      cell: ({ roles }) => format.list(roles.map((role) => word(role))),
    },
    {
      key: 'seen',
      head: t('institution.lastSeen'),
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? t('institution.never') : format.ago(lastSeenAt),
    },
  ];
  return (
    <DataTable
      caption={t('institution.membersCaption')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}
