import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Invitation, type IssuedInvitation, membersApi } from '../../../api/members';
import { ActForm } from '../../../parts/act-form';
import { ActProblem } from '../../../parts/act-problem';
import { ConfirmButton } from '../../../parts/confirm-button';
import { CopyButton } from '../../../parts/copy-button';
import { type Column, DataTable } from '../../../parts/data-table';
import { textOf } from '../../../parts/form';
import type { IconName } from '../../../parts/icon';
import { live } from '../../../parts/live';
import { Note, ProblemNote } from '../../../parts/note';
import { Loading } from '../../../parts/page';
import { Tag, type Tone } from '../../../parts/tag';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { RoleFields, rolesOf, useRoleWords } from './roles';

const LOOKS: Record<Invitation['state'], { tone: Tone; icon: IconName }> = {
  open: { tone: 'wait', icon: 'clock' },
  used: { tone: 'good', icon: 'check' },
  withdrawn: { tone: 'quiet', icon: 'dash' },
  expired: { tone: 'quiet', icon: 'clock' },
};

/** Invite somebody by a link that is shown once, and see what became of those before. */
export function Invitations({ institution }: { institution: string }) {
  const { t } = useTranslation('systems');
  const queries = useQueryClient();
  const [issued, setIssued] = useState<IssuedInvitation | null>(null);
  const invitations = useQuery({
    queryKey: ['invitations', institution],
    queryFn: () => membersApi.invitations(institution),
    ...live,
  });
  const onIssued = (made: IssuedInvitation): void => {
    setIssued(made);
    void queries.invalidateQueries({ queryKey: ['invitations', institution] });
  };
  return (
    <section className="card stack" aria-labelledby="invite">
      <div>
        <h2 id="invite">{t('invite.title')}</h2>
        <p>{t('invite.text')}</p>
      </div>
      {issued && <Issued issued={issued} />}
      <ActForm
        label={t('invite.action')}
        act={(form) =>
          membersApi.invite(institution, {
            label: textOf(form, 'label').trim(),
            roles: rolesOf(form),
          })
        }
        onDone={onIssued}
      >
        <TextField
          label={t('invite.label')}
          hint={t('invite.labelHint')}
          name="label"
          maxLength={100}
          required
        />
        <RoleFields have={['registrar']} />
      </ActForm>
      {invitations.isPending && <Loading />}
      {invitations.isError && <ProblemNote error={invitations.error} />}
      {invitations.data && invitations.data.length > 0 && (
        <InvitationTable institution={institution} rows={invitations.data} />
      )}
    </section>
  );
}

/** The link carries the code behind `#`, where no server and no log sees it. */
function Issued({ issued }: { issued: IssuedInvitation }) {
  const { t } = useTranslation('systems');
  const format = useFormat();
  const link = `${window.location.origin}/invitation#${issued.code}`;
  return (
    <Note tone="good" title={t('invite.made')} urgent>
      <p>{t('invite.once', { until: format.moment(issued.expiresAt) })}</p>
      <p className="code">{link}</p>
      <p className="row">
        <CopyButton text={link} label={t('invite.copyLink')} />
        <CopyButton text={issued.code} label={t('invite.copyCode')} />
      </p>
    </Note>
  );
}

function InvitationTable(props: { institution: string; rows: readonly Invitation[] }) {
  const { institution, rows } = props;
  const { t } = useTranslation('systems');
  const format = useFormat();
  const roleWords = useRoleWords();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: string) => membersApi.withdraw(institution, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['invitations', institution] }),
  });
  const columns: Column<Invitation>[] = [
    { key: 'label', head: t('invite.label'), cell: ({ label }) => label },
    { key: 'roles', head: t('members.roles'), cell: ({ roles }) => roleWords(roles) },
    { key: 'until', head: t('invite.until'), cell: ({ expiresAt }) => format.moment(expiresAt) },
    {
      key: 'state',
      head: t('state'),
      cell: ({ state }) => <Tag {...LOOKS[state]}>{t(`invite.state.${state}`)}</Tag>,
    },
    {
      key: 'acts',
      head: t('acts'),
      cell: ({ id, state, label }) =>
        state === 'open' && (
          <ConfirmButton
            tone="grave"
            label={t('invite.withdraw')}
            title={t('invite.withdrawTitle', { label })}
            question={<p>{t('invite.withdrawQuestion')}</p>}
            confirmLabel={t('invite.withdraw')}
            disabled={withdraw.isPending}
            onConfirm={() => withdraw.mutate(id)}
          />
        ),
    },
  ];
  return (
    <>
      {withdraw.isError && <ActProblem error={withdraw.error} />}
      <DataTable caption={t('invite.list')} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </>
  );
}
