import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { Page } from '../../parts/page';
import { VerificationResult } from './result';

/** Check a proof that a learner shared: by typing its code, or by opening its link. */
export function Verify() {
  const { t } = useTranslation('verify');
  const { code } = useParams();
  return (
    <Page title={t(code ? 'resultTitle' : 'title')} lead={<p className="no-print">{t('lead')}</p>}>
      <div className="stack">
        {code ? <VerificationResult key={code} code={code} /> : <CodeForm />}
        <HowTo />
      </div>
    </Page>
  );
}

const DIGITS = 12;

/** Full-width digits, as Chinese input methods give them, count as digits. */
function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

function CodeForm() {
  const { t } = useTranslation('verify');
  const navigate = useNavigate();
  const [fault, setFault] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const digits = digitsOf(String(new FormData(event.currentTarget).get('code')));
    if (digits.length === DIGITS) void navigate(`/verify/${digits}`);
    else setFault(t('form.fault', { count: digits.length }));
  };
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Field label={t('form.code')} hint={t('form.hint')} fault={fault}>
        {(control) => (
          <input
            {...control}
            name="code"
            className="code-entry"
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            maxLength={30}
            required
          />
        )}
      </Field>
      <button type="submit" className="button main">
        <Icon name="search" />
        {t('form.check')}
      </button>
    </form>
  );
}

function HowTo() {
  const { t } = useTranslation('verify');
  return (
    <section className="card" aria-labelledby="how">
      <h2 id="how">{t('how.title')}</h2>
      <ol>
        <li>{t('how.address', { host: window.location.host })}</li>
        <li>{t('how.code')}</li>
        <li>{t('how.person')}</li>
        <li>{t('how.fresh')}</li>
      </ol>
    </section>
  );
}
