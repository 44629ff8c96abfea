import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { securityApi } from '../../api/security';
import type { Account } from '../../api/types';
import { Note, ProblemNote } from '../../parts/note';
import { Loading, Page } from '../../parts/page';
import { useInstitutionNames } from '../../parts/records';
import { useAccount, useSession } from '../../parts/session';
import { useFormat } from '../../parts/use-format';
import { OneTimeCode } from './one-time-code';
import { Passkeys } from './passkeys';
import { Password } from './password';
import { RecoveryCodes } from './recovery-codes';
import { Sessions } from './sessions';

/** How one signs in, and where one is signed in: for everybody with an account. */
export function Settings() {
  useTranslation(['settings', 'role']);
  const account = useAccount('always');
  if (account === undefined) return <Loading />;
  if (account === null) return <Navigate to="/sign-in?next=/settings" replace />;
  return <Own account={account} />;
}

function Own({ account }: { account: Account }) {
  const { t } = useTranslation('settings');
  const session = useSession();
  const own = useQuery({ queryKey: ['own', 'security'], queryFn: securityApi.account });
  return (
    <Page title={t('title')} lead={<Who account={account} />}>
      <div className="stack">
        {session?.mustChangePassword && (
          <Note tone="wait" title={t('must.password')}>
            <p>{t('must.passwordText')}</p>
          </Note>
        )}
        {session?.mustAddSecondFactor && (
          <Note tone="wait" title={t('must.factor')}>
            <p>{t('must.factorText')}</p>
          </Note>
        )}
        {own.isPending && <Loading />}
        {own.isError && <ProblemNote error={own.error} />}
        {own.data && (
          <>
            <Passkeys own={own.data} />
            <OneTimeCode own={own.data} />
            <RecoveryCodes own={own.data} />
            <Password own={own.data} />
          </>
        )}
        <Sessions />
      </div>
    </Page>
  );
}

function Who({ account }: { account: Account }) {
  const { t } = useTranslation(['settings', 'role']);
  const format = useFormat();
  const names = useInstitutionNames();
  const institution = account.institutionId === null ? undefined : names.get(account.institutionId);
  return (
    <p>
      {t('lead', { name: account.name })}
      {' · '}
      {account.roles.map((role) => t(`role:${role}`)).join(t('and'))}
      {institution && ` · ${format.text(institution)}`}
    </p>
  );
}
