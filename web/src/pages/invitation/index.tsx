import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { membersApi } from '../../api/members';
import { ActForm } from '../../parts/act-form';
import { textOf } from '../../parts/form';
import { Note } from '../../parts/note';
import { Page } from '../../parts/page';
import { TextField } from '../../parts/text-field';

/** Open an account with the code of an invitation; the link has it behind `#`. */
export function Invitation() {
  const { t } = useTranslation('invitation');
  const [name, setName] = useState<string | null>(null);
  return (
    <Page title={t('title')} lead={name === null && <p>{t('lead')}</p>}>
      {name === null ? (
        <Acceptance onDone={setName} />
      ) : (
        <div className="stack">
          <Note tone="good" title={t('done')} urgent>
            <p>{t('doneText', { name })}</p>
          </Note>
          <p>
            <Link className="button main" to="/sign-in">
              {t('signIn')}
            </Link>
          </p>
        </div>
      )}
    </Page>
  );
}

function Acceptance({ onDone }: { onDone: (signInName: string) => void }) {
  const { t } = useTranslation('invitation');
  const { hash } = useLocation();
  return (
    <section className="card" aria-label={t('title')}>
      <ActForm
        label={t('action')}
        act={(form) =>
          membersApi.accept({
            code: textOf(form, 'code').trim(),
            name: textOf(form, 'name').trim(),
            signInName: textOf(form, 'signInName').trim(),
            password: textOf(form, 'password'),
          })
        }
        onDone={({ signInName }) => onDone(signInName)}
      >
        <TextField
          label={t('code')}
          hint={t('codeHint')}
          name="code"
          defaultValue={decodeURIComponent(hash.slice(1))}
          autoComplete="off"
          required
        />
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          autoComplete="name"
          maxLength={100}
          required
        />
        <TextField
          label={t('signInName')}
          hint={t('signInNameHint')}
          name="signInName"
          autoComplete="username"
          autoCapitalize="none"
          pattern="[A-Za-z0-9._\-]{3,40}"
          required
        />
        <NewPassword label={t('password')} hint={t('passwordHint')} again={t('again')} />
      </ActForm>
    </section>
  );
}

/** A new password, typed twice; the browser keeps the form back while they differ. */
function NewPassword(props: { label: string; hint: string; again: string }) {
  const { t } = useTranslation('invitation');
  const [first, setFirst] = useState('');
  return (
    <>
      <TextField
        label={props.label}
        hint={props.hint}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={8}
        maxLength={128}
        required
        onChange={(event) => setFirst(event.currentTarget.value)}
      />
      <TextField
        label={props.again}
        name="again"
        type="password"
        autoComplete="new-password"
        required
        onChange={(event) => {
          const isSame = event.currentTarget.value === first;
          event.currentTarget.setCustomValidity(isSame ? '' : t('different'));
        }}
      />
    </>
  );
}
