import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Member, membersApi } from '../../../api/members';
import { ActForm } from '../../../parts/act-form';
import { ActProblem } from '../../../parts/act-problem';
import { ConfirmButton } from '../../../parts/confirm-button';
import { type Column, DataTable } from '../../../parts/data-table';
import { DialogButton } from '../../../parts/dialog-button';
import { textOf } from '../../../parts/form';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading, Page } from '../../../parts/page';
import { useSignedIn } from '../../../parts/session';
import { Tag } from '../../../parts/tag';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { Invitations } from './invitations';
import { RoleFields, rolesOf, useRoleWords } from './roles';

/** Who works for the institution, who is invited, and what each may do. */
export function MembersPage() {
  const { t } = useTranslation('systems');
  const { institutionId } = useSignedIn();
  return (
    <Page title={t('members.title')} lead={<p>{t('members.lead')}</p>}>
      {institutionId === null ? (
        <Note tone="quiet" title={t('noInstitution')} />
      ) : (
        <div className="stack">
          <Members institution={institutionId} />
          <Invitations institution={institutionId} />
        </div>
      )}
    </Page>
  );
}

function Members({ institution }: { institution: string }) {
  const { t } = useTranslation('systems');
  const members = useQuery({
    queryKey: ['members', institution],
    queryFn: () => membersApi.list(institution),
    ...live,
  });
  return (
    <section className="card stack" aria-labelledby="members">
      <h2 id="members">{t('members.list')}</h2>
      {members.isPending && <Loading />}
      {members.isError && <ProblemNote error={members.error} />}
      {members.data && <MemberTable institution={institution} rows={members.data} />}
    </section>
  );
}

function MemberTable({ institution, rows }: { institution: string; rows: readonly Member[] }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const roleWords = useRoleWords();
  const columns: Column<Member>[] = [
    {
      key: 'name',
      head: t('members.name'),
      cell: ({ name, signInName }) => (
        <>
          {name}
          <div className="small soft">{signInName}</div>
        </>
      ),
    },
    { key: 'roles', head: t('members.roles'), cell: ({ roles }) => roleWords(roles) },
    {
      key: 'seen',
      head: t('members.seen'),
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? t('members.neverSeen') : format.moment(lastSeenAt),
    },
    { key: 'state', head: t('state'), cell: (member) => <MemberState member={member} /> },
    {
      key: 'acts',
      head: t('acts'),
      cell: (member) => <MemberActs institution={institution} member={member} />,
    },
  ];
  return (
    <DataTable
      caption={t('members.list')}
      hideCaption
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
    />
  );
}

function MemberState({ member }: { member: Member }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  return member.disabledAt === null ? (
    <Tag tone="good" icon="check">
      {t('members.works')}
    </Tag>
  ) : (
    <Tag tone="quiet" icon="lock">
      {t('members.disabled', { at: format.date(member.disabledAt) })}
    </Tag>
  );
}

function MemberActs({ institution, member }: { institution: string; member: Member }) {
  const { t } = useTranslation('systems');
  const { id, name, roles, disabledAt } = member;
  const account = useSignedIn();
  const queries = useQueryClient();
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['members'] });
  const signOut = useMutation({
    mutationFn: () => membersApi.signOut(institution, id),
    onSuccess: refresh,
  });
  if (account.id === id) return t('members.self');
  const isOn = disabledAt === null;
  return (
    <div className="row">
      {signOut.isError && <ActProblem error={signOut.error} />}
      <DialogButton label={t('members.setRoles')} title={t('members.rolesOf', { name })}>
        {(close) => (
          <ActForm
            label={t('members.save')}
            act={(form) => membersApi.setRoles(institution, id, rolesOf(form))}
            onDone={() => (refresh(), close())}
          >
            <RoleFields have={roles} />
          </ActForm>
        )}
      </DialogButton>
      <DialogButton
        tone={isOn ? 'grave' : 'plain'}
        label={t(isOn ? 'members.disable' : 'members.enable')}
        title={t(isOn ? 'members.disableTitle' : 'members.enableTitle', { name })}
      >
        {(close) => (
          <ActForm
            tone={isOn ? 'grave' : 'main'}
            label={t(isOn ? 'members.disable' : 'members.enable')}
            act={(form) => {
              const reason = textOf(form, 'reason').trim();
              return isOn
                ? membersApi.disable(institution, id, reason)
                : membersApi.enable(institution, id, reason);
            }}
            onDone={() => (refresh(), close())}
          >
            <TextField
              label={t('members.reason')}
              hint={t('members.reasonHint')}
              name="reason"
              maxLength={200}
              required
            />
          </ActForm>
        )}
      </DialogButton>
      {isOn && (
        <ConfirmButton
          tone="plain"
          label={t('members.signOut')}
          title={t('members.signOutTitle', { name })}
          question={<p>{t('members.signOutQuestion')}</p>}
          confirmLabel={t('members.signOut')}
          disabled={signOut.isPending}
          onConfirm={() => signOut.mutate()}
        />
      )}
    </div>
  );
}
