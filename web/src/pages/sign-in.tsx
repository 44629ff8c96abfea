import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { Field } from '../parts/field';
import { ProblemNote } from '../parts/note';
import { Page } from '../parts/page';
import { homeOf, useAccount, useSignIn } from '../parts/session';

export function SignIn() {
  const { t } = useTranslation();
  const account = useAccount();
  const [search] = useSearchParams();
  if (account) return <Navigate to={ownPath(search.get('next')) ?? homeOf(account)} replace />;
  return (
    <Page title={t('signInPage.title')} lead={<p>{t('signInPage.lead')}</p>}>
      <div className="card">
        <SignInForm />
      </div>
    </Page>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [shown, setShown] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ name: String(form.get('name')), password: String(form.get('password')) });
  };
  return (
    <form onSubmit={submit} className="stack">
      {signIn.isError && <ProblemNote error={signIn.error} />}
      <div>
        <Field label={t('signInPage.name')}>
          {(control) => (
            <input
              {...control}
              name="name"
              autoComplete="username"
              autoCapitalize="none"
              required
            />
          )}
        </Field>
        <Field label={t('signInPage.password')}>
          {(control) => (
            <input
              {...control}
              name="password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              required
            />
          )}
        </Field>
        <div className="row">
          <button type="submit" className="button main" disabled={signIn.isPending}>
            {signIn.isPending ? t('loading') : t('signIn')}
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
          >
            {t('signInPage.show')}
          </button>
        </div>
      </div>
    </form>
  );
}

/** Only an address of this site: a link from elsewhere must not lead away after signing in. */
function ownPath(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
