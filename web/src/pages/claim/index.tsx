import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';
import { Page } from '../../parts/page';
import { PersonFields, personOf } from '../../parts/person-fields';
import { useClaim } from '../../parts/session';
import { PasskeyOffer } from './passkey-offer';

const MAX_CODE = 40;
const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

/** Whoever got a code from a school or a counter opens the own account with it. */
export function Claim() {
  const { t } = useTranslation('claim');
  const [isClaimed, setClaimed] = useState(false);
  return (
    <Page title={t('title')} lead={<p>{t('lead')}</p>}>
      {isClaimed ? (
        <div className="stack">
          <Note tone="good" urgent title={t('done')}>
            <p>
              <Link to="/account">{t('toAccount')}</Link>
            </p>
          </Note>
          <PasskeyOffer />
        </div>
      ) : (
        <section className="card" aria-label={t('title')}>
          <ClaimForm onClaimed={() => setClaimed(true)} />
        </section>
      )}
    </Page>
  );
}

function ClaimForm({ onClaimed }: { onClaimed: () => void }) {
  const { t } = useTranslation('claim');
  const claim = useClaim();
  // Numbers that schools hand out are unique within the school only.
  const [isOfSchool, setOfSchool] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { name, document } = personOf(form);
    const school = textOf(form, 'school').trim();
    claim.mutate(
      {
        name,
        document,
        code: textOf(form, 'code').trim(),
        signInName: textOf(form, 'signInName').trim(),
        password: textOf(form, 'password'),
        ...(school && { school }),
      },
      { onSuccess: onClaimed },
    );
  };
  return (
    <form onSubmit={submit}>
      {claim.isError && <ProblemNote error={claim.error} />}
      <Field label={t('code')} hint={t('codeHint')}>
        {(control) => (
          <input
            {...control}
            className="code-entry"
            name="code"
            maxLength={MAX_CODE}
            autoCapitalize="none"
            autoComplete="one-time-code"
            spellCheck={false}
            required
          />
        )}
      </Field>
      <PersonFields onKind={(kind) => setOfSchool(kind === 'foreign-student-number')} />
      {isOfSchool && (
        <Field label={t('school')} hint={t('schoolHint')}>
          {(control) => <input {...control} name="school" maxLength={MAX_CODE} required />}
        </Field>
      )}
      <SignInFields />
      <button type="submit" className="button main" disabled={claim.isPending}>
        {claim.isPending ? t('opening') : t('open')}
      </button>
    </form>
  );
}

function SignInFields() {
  const { t } = useTranslation('claim');
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field label={t('signInName')} hint={t('signInNameHint')}>
        {(control) => (
          <input
            {...control}
            name="signInName"
            pattern="[A-Za-z0-9](?:[A-Za-z0-9._\-]*[A-Za-z0-9])?"
            minLength={3}
            maxLength={50}
            autoComplete="username"
            autoCapitalize="none"
            required
          />
        )}
      </Field>
      <Field label={t('password')} hint={t('passwordHint')}>
        {(control) => (
          <input
            {...control}
            name="password"
            type={isShown ? 'text' : 'password'}
            minLength={MIN_PASSWORD}
            maxLength={MAX_PASSWORD}
            autoComplete="new-password"
            required
          />
        )}
      </Field>
      <label className="choice field">
        <input type="checkbox" checked={isShown} onChange={() => setShown(!isShown)} />
        {t('show')}
      </label>
    </>
  );
}
