import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import type { Account } from '../api/types';
import { LANGUAGES, type Language, preferences } from '../preferences';
import { GROUPS, hasThai, PUBLIC } from './groups';
import { Icon } from './icon';
import { useAccount, usePersonName, useSignOut } from './session';
import { usePreferences } from './use-preferences';

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  zh: '中文',
  en: 'English',
  th: 'ไทย',
};

/** What stands around every page: its tools, its navigation and its foot. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { pathname } = useLocation();
  // A screen reader has to know where the texts are not in the language of the page.
  const isEnglish = language === 'th' && !hasThai(pathname);
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
      <main id="main" tabIndex={-1} lang={isEnglish ? 'en' : undefined}>
        {children}
      </main>
      <footer className="foot">
        <div>
          <p>{t('foot.promise')}</p>
          <ul>
            {PUBLIC.map(({ to, name }) => (
              <li key={to}>
                <Link to={to}>{t(`foot.${name}`)}</Link>
              </li>
            ))}
            <li>
              <a href="/docs">{t('foot.api')}</a>
            </li>
          </ul>
        </div>
      </footer>
    </>
  );
}

/** Senior mode first: it is the first control of every page. */
function ReadingTools() {
  const { t } = useTranslation();
  const { language, senior, textSize } = usePreferences();
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
      {LANGUAGES.filter((other) => other !== language).map((other) => (
        <button
          key={other}
          type="button"
          lang={other === 'zh' ? 'zh-CN' : other}
          onClick={() => preferences.set({ language: other })}
        >
          {LANGUAGE_NAMES[other]}
        </button>
      ))}
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
      <NavLink to="/settings">
        <Icon name="person" />
        {usePersonName(account)}
      </NavLink>
      <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('signOut')}
      </button>
    </div>
  );
}

function MainNavigation() {
  const { t } = useTranslation();
  const roles = useAccount()?.roles ?? [];
  const groups = GROUPS.filter((group) => group.roles.some((role) => roles.includes(role)));
  return (
    <nav aria-label={t('nav.label')}>
      <ul>
        {groups.map(({ to, name }) => (
          <NavItem key={to} to={to} label={t(`nav.${name}`)} />
        ))}
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
