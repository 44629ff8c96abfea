import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ownDataApi } from '../../api/own-data';
import type { Consent, NewConsent } from '../../api/types';
import { ConfirmButton } from '../../parts/confirm-button';
import { DialogButton } from '../../parts/dialog-button';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import type { IconName } from '../../parts/icon';
import { ProblemNote } from '../../parts/note';
import { Loading } from '../../parts/page';
import { useInstitutions } from '../../parts/records';
import { Tag, type Tone } from '../../parts/tag';
import { useFormat } from '../../parts/use-format';
import { FIELDS, fieldsKnown } from './access-words';
import { useAct, useOwn, useWhose } from './record';

/** Which offices may look without a code: list them, let another, take it back. */
export function Consents() {
  const { t } = useTranslation('mine');
  const { acts } = useWhose();
  const consents = useOwn(['consents'], ownDataApi.consents);
  return (
    <section className="card stack" aria-labelledby="consents">
      <div>
        <h2 id="consents">{t('consents.title')}</h2>
        <p>{t('consents.text')}</p>
      </div>
      {consents.isPending && <Loading />}
      {consents.isError && <ProblemNote error={consents.error} />}
      {consents.data?.items.length === 0 && <p>{t('consents.none')}</p>}
      {consents.data && consents.data.items.length > 0 && (
        <ul className="lines">
          {consents.data.items.map((consent) => (
            <ConsentLine key={consent.id} consent={consent} />
          ))}
        </ul>
      )}
      {acts.includes('share') && (
        <div className="no-print">
          <DialogButton label={t('consents.give')} title={t('consents.give')}>
            {(close) => <ConsentForm onDone={close} />}
          </DialogButton>
        </div>
      )}
    </section>
  );
}

const TAGS: Record<Consent['state'], { tone: Tone; icon: IconName }> = {
  active: { tone: 'good', icon: 'check' },
  ended: { tone: 'quiet', icon: 'clock' },
  withdrawn: { tone: 'bad', icon: 'cross' },
  spent: { tone: 'quiet', icon: 'eye' },
};

function ConsentLine({ consent }: { consent: Consent }) {
  const { t } = useTranslation('mine');
  const format = useFormat();
  const { acts } = useWhose();
  const withdraw = useAct((client) => ownDataApi.withdrawConsent(client, consent.id));
  const { receiver, purpose, fields, endsAt, once, state } = consent;
  return (
    <li className="stack tight">
      <div>
        <strong>{format.text(receiver)}</strong>{' '}
        <Tag {...TAGS[state]}>{t(`consents.state.${state}`)}</Tag>
        <div>{t('consents.purpose', { purpose })}</div>
        <div className="small soft">
          {t('consents.fields', {
            fields: fieldsKnown(fields)
              .map((field) => t(`fields.${field}`))
              .join(t('and')),
          })}
        </div>
        <div className="small soft">
          {t('consents.until', { date: format.date(endsAt) })}
          {once && <span className="then">{t('consents.once')}</span>}
        </div>
      </div>
      {withdraw.isError && <ProblemNote error={withdraw.error} />}
      {state === 'active' && acts.includes('share') && (
        <div className="no-print">
          <ConfirmButton
            tone="grave"
            label={t('consents.withdraw')}
            title={t('consents.withdraw')}
            question={<p>{t('consents.withdrawQuestion')}</p>}
            confirmLabel={t('consents.withdraw')}
            disabled={withdraw.isPending}
            onConfirm={() => withdraw.mutate()}
          />
        </div>
      )}
    </li>
  );
}

const DAYS = [7, 30, 90, 180] as const;
const DEFAULT_DAYS = 30;
const MAX_PURPOSE = 100;
const USUAL: readonly string[] = ['name', 'outcomes'];

function ConsentForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('mine');
  const { t: tc } = useTranslation();
  const format = useFormat();
  const { data: institutions = [] } = useInstitutions();
  const [fault, setFault] = useState<string>();
  const give = useAct((client, body: NewConsent) => ownDataApi.giveConsent(client, body));
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fields = FIELDS.filter((field) => form.has(field));
    setFault(fields.length === 0 ? t('consents.noField') : undefined);
    if (fields.length === 0) return;
    give.mutate(
      {
        receiver: textOf(form, 'receiver'),
        purpose: textOf(form, 'purpose').trim(),
        fields,
        days: Number(textOf(form, 'days')),
        once: form.has('once'),
      },
      { onSuccess: onDone },
    );
  };
  return (
    <form onSubmit={submit}>
      {give.isError && <ProblemNote error={give.error} />}
      <Field label={t('consents.receiver')}>
        {(control) => (
          <select {...control} name="receiver" required>
            {institutions.map(({ code, name }) => (
              <option key={code} value={code}>
                {format.text(name)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('consents.what')}>
        {(control) => <input {...control} name="purpose" maxLength={MAX_PURPOSE} required />}
      </Field>
      <FieldChoice fault={fault} />
      <Field label={t('consents.days')}>
        {(control) => (
          <select {...control} name="days" defaultValue={DEFAULT_DAYS}>
            {DAYS.map((days) => (
              <option key={days} value={days}>
                {t('sharing.dayCount', { count: days })}
              </option>
            ))}
          </select>
        )}
      </Field>
      <label className="choice">
        <input type="checkbox" name="once" />
        {t('consents.onceOnly')}
      </label>
      <div className="row dialog-actions">
        <button type="submit" className="button main" disabled={give.isPending}>
          {t('consents.give')}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {tc('cancel')}
        </button>
      </div>
    </form>
  );
}

function FieldChoice({ fault }: { fault: string | undefined }) {
  const { t } = useTranslation('mine');
  return (
    <fieldset>
      <legend>{t('consents.which')}</legend>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {FIELDS.map((field) => (
        <label key={field} className="choice">
          <input type="checkbox" name={field} defaultChecked={USUAL.includes(field)} />
          {t(`fields.${field}`)}
        </label>
      ))}
    </fieldset>
  );
}
