import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstitutionKind, NewInstitutionRequest } from '../../api/authority-types';
import { joiningApi } from '../../api/joining';
import { CopyButton } from '../../parts/copy-button';
import { Field } from '../../parts/field';
import { trimmedOf } from '../../parts/form';
import { Note, ProblemNote } from '../../parts/note';

/** An authority does not ask: it is there from the beginning. */
const KINDS = [
  'school',
  'issuer',
  'community-college',
  'senior-university',
  'open-university',
  'admissions-office',
  'enterprise',
  'contest-organiser',
  'overseas-partner',
  'pupil-school',
] as const satisfies readonly InstitutionKind[];

/** The form, and after it the receipt. */
export function Ask({ onReceipt }: { onReceipt: (receipt: string) => void }) {
  const { t } = useTranslation('joining');
  const ask = useMutation({
    mutationFn: (body: NewInstitutionRequest) => joiningApi.ask(body),
    onSuccess: ({ receipt }) => onReceipt(receipt),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    ask.mutate(requestOf(new FormData(event.currentTarget)));
  };
  if (ask.data) return <Receipt receipt={ask.data.receipt} />;
  return (
    <section className="card" aria-labelledby="ask">
      <h2 id="ask">{t('ask.title')}</h2>
      {ask.isError && <ProblemNote error={ask.error} />}
      <form onSubmit={submit}>
        <Fields />
        <button type="submit" className="button main" disabled={ask.isPending}>
          {t(ask.isPending ? 'ask.sending' : 'ask.submit')}
        </button>
      </form>
    </section>
  );
}

function Receipt({ receipt }: { receipt: string }) {
  const { t } = useTranslation('joining');
  return (
    <section className="card">
      <Note tone="good" urgent title={t('receipt.title')}>
        <p>{t('receipt.text')}</p>
        <p className="code">{receipt}</p>
        <CopyButton text={receipt} label={t('receipt.copy')} />
      </Note>
    </section>
  );
}

function Fields() {
  const { t } = useTranslation('joining');
  const { t: word } = useTranslation('institution');
  return (
    <>
      <Field label={t('ask.nameZh')}>
        {(control) => <input {...control} name="zh" required maxLength={100} />}
      </Field>
      <Field label={t('ask.nameEn')}>
        {(control) => <input {...control} name="en" required maxLength={200} />}
      </Field>
      <Field label={t('ask.kind')}>
        {(control) => (
          <select {...control} name="kind" required>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {word(`kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('ask.region')}>
        {(control) => <input {...control} name="region" required maxLength={100} />}
      </Field>
      <Field label={t('ask.code')} hint={t('ask.codeHint')}>
        {(control) => (
          <input
            {...control}
            name="code"
            required
            pattern="[A-Za-z0-9][A-Za-z0-9\-]{1,39}"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label={t('ask.contact')} hint={t('ask.contactHint')}>
        {(control) => <input {...control} name="contact" required minLength={3} maxLength={200} />}
      </Field>
      <Field label={t('ask.purpose')} hint={t('ask.purposeHint')}>
        {(control) => (
          <textarea {...control} name="purpose" required minLength={3} maxLength={1000} />
        )}
      </Field>
    </>
  );
}

function requestOf(form: FormData): NewInstitutionRequest {
  const text = (name: string): string => trimmedOf(form, name);
  return {
    code: text('code'),
    kind: text('kind') as InstitutionKind,
    name: { zh: text('zh'), en: text('en') },
    region: text('region'),
    contact: text('contact'),
    purpose: text('purpose'),
  };
}
