import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation } from 'react-router';
import type { Role } from '../api/types';
import { Note } from './note';
import { Loading, Page } from './page';
import { homeOf, useAccount } from './session';

/** Shows a page to the people it is for and sends everybody else to sign in. */
export function ForRoles({ roles, children }: { roles: readonly Role[]; children: ReactNode }) {
  const { t } = useTranslation();
  const account = useAccount('always');
  const { pathname } = useLocation();
  if (account === undefined) return <Loading />;
  if (account === null) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname)}`} replace />;
  }
  if (!roles.some((role) => account.roles.includes(role))) {
    return (
      <Page title={t('otherRole.title')}>
        <Note tone="wait" title={t('otherRole.note', { name: account.name })}>
          <p>
            <Link to={homeOf(account)}>{t('otherRole.home')}</Link>
          </p>
        </Note>
      </Page>
    );
  }
  return children;
}
