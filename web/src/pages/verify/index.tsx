import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { Page } from '../../parts/page';
import { digitsOf } from './digits';
import { DocumentAnswer } from './document-answer';
import { DocumentForm } from './document-form';
import { VerificationResult } from './result';
import { useDocument } from './use-document';

/** Check what a learner handed over: the code or link of a proof, a file, or a text. */
export function Verify() {
  const { t } = useTranslation('verify');
  const { code } = useParams();
  return (
    <Page title={t(code ? 'resultTitle' : 'title')} lead={<p className="no-print">{t('lead')}</p>}>
      <div className="stack">
        {code ? <VerificationResult key={code} code={code} /> : <Start />}
        <HowTo />
      </div>
    </Page>
  );
}

const DIGITS = 12;

/** The answer stands above what asked for it, where the focus is brought to it. */
function Start() {
  const check = useDocument();
  const asked = check.variables;
  return (
    <>
      {check.data && (
        <DocumentAnswer
          key={check.submittedAt}
          answer={check.data}
          name={asked?.kind === 'file' ? asked.file.name : undefined}
        />
      )}
      <CodeForm />
      <DocumentForm check={check} />
    </>
  );
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
