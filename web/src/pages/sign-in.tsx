import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { ApiProblem } from '../api/problem';
import { sessionApi } from '../api/session';
import { textOf } from '../parts/form';
import { Icon } from '../parts/icon';
import { Note, ProblemNote } from '../parts/note';
import { Page } from '../parts/page';
import { answerPasskey, canUsePasskey } from '../parts/passkey';
import { homeOf, useAccount, useBegin, useSession, useSignIn } from '../parts/session';
import { TextField } from '../parts/text-field';

/** One way in for everybody: passkey, another place's sign-in, or name and password. */
export function SignIn() {
  const { t } = useTranslation(['common', 'signing']);
  const account = useAccount();
  const [search] = useSearchParams();
  const next = ownPath(search.get('next'));
  if (account) return <Onwards to={next ?? homeOf(account)} />;
  return (
    <Page title={t('signInPage.title')} lead={<p>{t('signInPage.lead')}</p>}>
      <div className="stack">
        {search.has('problem') && <Note tone="bad" title={t('signing:providerFailed')} urgent />}
        <div className="card stack">
          <OtherWays next={next} />
          <SignInForm />
        </div>
        <Help />
      </div>
    </Page>
  );
}

/** Whoever still owes a password or a second factor goes there first. */
function Onwards({ to }: { to: string }) {
  const session = useSession();
  const owes = session?.mustChangePassword || session?.mustAddSecondFactor;
  return <Navigate to={owes ? '/settings' : to} replace />;
}

function OtherWays({ next }: { next: string | null }) {
  const { t } = useTranslation(['common', 'signing']);
  const provider = useQuery({
    queryKey: ['provider'],
    queryFn: sessionApi.provider,
    staleTime: Infinity,
  });
  const passkey = useMutation({
    mutationFn: async () =>
      sessionApi.signInByPasskey(await answerPasskey(await sessionApi.passkeyOptions())),
    onSuccess: useBegin(),
  });
  const name = provider.data?.name ?? null;
  if (!canUsePasskey() && name === null) return null;
  const returnTo = next === null ? '' : `?returnTo=${encodeURIComponent(next)}`;
  return (
    <>
      {passkey.error instanceof DOMException && (
        <Note tone="wait" title={t('signing:cancelled')} urgent />
      )}
      {passkey.isError && !(passkey.error instanceof DOMException) && (
        <ProblemNote error={passkey.error} />
      )}
      <div className="row">
        {canUsePasskey() && (
          <button
            type="button"
            className="button"
            disabled={passkey.isPending}
            onClick={() => passkey.mutate()}
          >
            <Icon name="lock" />
            {t('signing:passkey')}
          </button>
        )}
        {name !== null && (
          <a className="button" href={`/v1/session/provider/start${returnTo}`}>
            {t('signing:provider', { name })}
          </a>
        )}
        {canUsePasskey() && <span className="small soft">{t('signing:passkeyHint')}</span>}
      </div>
      <p>{t('signing:or')}</p>
    </>
  );
}

/** The codes of refusals after which a code is asked for. */
const ASKS_CODE: readonly string[] = ['second-factor-needed', 'second-factor-failed'];

function SignInForm() {
  const { t } = useTranslation(['common', 'signing']);
  const signIn = useSignIn();
  const [shown, setShown] = useState(false);
  const { error } = signIn;
  const [asksCode, setAsksCode] = useState(false);
  if (!asksCode && error instanceof ApiProblem && ASKS_CODE.includes(error.code)) setAsksCode(true);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = textOf(form, 'code').trim();
    signIn.mutate({
      name: textOf(form, 'name'),
      password: textOf(form, 'password'),
      ...(code && { code }),
    });
  };
  return (
    <form onSubmit={submit} className="stack">
      {signIn.isError && <ProblemNote error={error} />}
      <div>
        <TextField
          label={t('signInPage.name')}
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          required
        />
        <TextField
          label={t('signInPage.password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          required
        />
        {asksCode && (
          <TextField
            label={t('signing:code')}
            hint={t('signing:codeHint')}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            autoFocus
            required
          />
        )}
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

function Help() {
  const { t } = useTranslation(['common', 'signing']);
  return (
    <section className="card">
      <details>
        <summary>{t('signing:help')}</summary>
        <div className="inside">
          <p>{t('signing:helpForgotten')}</p>
          <p>{t('signing:helpLost')}</p>
        </div>
      </details>
      <p>
        <Link to="/claim">{t('signing:claim')}</Link>
      </p>
      <p>
        <Link to="/invitation">{t('signing:invited')}</Link>
      </p>
    </section>
  );
}

/** Only an address of this site: a link from elsewhere must not lead away after signing in. */
function ownPath(next: string | null): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
