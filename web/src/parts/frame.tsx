import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import type { Account } from '../api/types';
import { preferences } from '../preferences';
import { Icon } from './icon';
import { useAccount, usePersonName, useSignOut } from './session';
import { usePreferences } from './use-preferences';

/** What stands around every page: its tools, its navigation and its foot. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip-link visually-hidden" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <div className="top-row tools">
          <ReadingTools />
          <PersonTools />
        </div>
        <div className="top-row">
          <Link to="/" className="brand">
            {t('siteName')}
          </Link>
          <MainNavigation />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <div>
          <p>{t('foot.promise')}</p>
          <p>
            <a href="/docs">{t('foot.api')}</a>
          </p>
        </div>
      </footer>
    </>
  );
}

/** Senior mode first: it is the first control of every page. */
function ReadingTools() {
  const { t } = useTranslation();
  const { language, senior, textSize } = usePreferences();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <div className="top-group">
      <button
        type="button"
        className="switch"
        aria-pressed={senior}
        onClick={() => preferences.set({ senior: !senior })}
      >
        <Icon name={senior ? 'check' : 'text'} />
        {t('senior.mode')}
      </button>
      {senior && (
        <button
          type="button"
          className="switch"
          onClick={() => preferences.set({ textSize: textSize === 2 ? 0 : textSize === 1 ? 2 : 1 })}
        >
          {t(`senior.size${textSize}`)}
        </button>
      )}
      <button
        type="button"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        onClick={() => preferences.set({ language: other })}
      >
        {other === 'zh' ? '中文' : 'English'}
      </button>
    </div>
  );
}

function PersonTools() {
  const { t } = useTranslation();
  const account = useAccount();
  if (account === undefined) return null;
  if (account === null) {
    return (
      <div className="top-group">
        <NavLink to="/sign-in">{t('signIn')}</NavLink>
      </div>
    );
  }
  return <SignedIn account={account} />;
}

function SignedIn({ account }: { account: Account }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <div className="top-group">
      <span className="row">
        <Icon name="person" />
        {usePersonName(account)}
      </span>
      <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('signOut')}
      </button>
    </div>
  );
}

function MainNavigation() {
  const { t } = useTranslation();
  const roles = useAccount()?.roles ?? [];
  const posts = roles.includes('registrar') || roles.includes('issuer');
  const reviews = roles.includes('registrar') || roles.includes('admissions');
  return (
    <nav aria-label={t('nav.label')}>
      <ul>
        {roles.includes('learner') && <NavItem to="/account" label={t('nav.account')} />}
        {posts && <NavItem to="/imports" label={t('nav.imports')} />}
        {reviews && <NavItem to="/review" label={t('nav.review')} />}
        <NavItem to="/verify" label={t('nav.verify')} />
      </ul>
    </nav>
  );
}

function NavItem({ to, label }: { to: string; label: string }) {
  return (
    <li>
      <NavLink to={to}>{label}</NavLink>
    </li>
  );
}
