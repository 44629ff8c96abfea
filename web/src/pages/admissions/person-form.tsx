import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EquivalenceQuestion, IdentityKind } from '../../api/types';
import { Field } from '../../parts/field';
import { textOf } from '../../parts/form';
import { IDENTITY_KINDS } from '../../parts/person-fields';
import { Icon } from '../../parts/icon';
import { digitsOf } from '../../parts/verification/digits';
import type { HandedOn } from './person';
import { DayField, ProgrammeField } from './question-fields';

const WAYS = ['code', 'document', 'id'] as const;
type Way = (typeof WAYS)[number];

/** About whom, against what, on which day. */
export function PersonForm(props: {
  known: HandedOn | undefined;
  isBusy: boolean;
  onAsk: (question: EquivalenceQuestion) => void;
}) {
  const { t } = useTranslation('admissions');
  const [way, setWay] = useState<Way>('code');
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => textOf(form, name).trim();
    props.onAsk({ ...whomOf(way, text), programme: text('programme'), on: text('on') });
  };
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>{t('ask.by')}</legend>
        <div className="choices">
          {WAYS.map((one) => (
            <label key={one} className="choice">
              <input
                type="radio"
                name="way"
                value={one}
                checked={way === one}
                onChange={() => setWay(one)}
              />
              <span>{t(`ask.way.${one}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {way === 'code' && <CodeFields known={props.known} />}
      {way === 'document' && <DocumentFields />}
      {way === 'id' && <IdField />}
      <div className="columns fields">
        <ProgrammeField />
        <DayField />
      </div>
      <button type="submit" className="button main" disabled={props.isBusy}>
        <Icon name="search" />
        {t('ask.send')}
      </button>
    </form>
  );
}

function whomOf(
  way: Way,
  text: (name: string) => string,
): Pick<EquivalenceQuestion, 'learner' | 'person' | 'shareCode' | 'sharePin'> {
  if (way === 'id') return { learner: text('learner').toLowerCase() };
  if (way === 'code') {
    const pin = digitsOf(text('pin'));
    return { shareCode: digitsOf(text('code')), ...(pin && { sharePin: pin }) };
  }
  const document = { kind: text('kind') as IdentityKind, number: text('number') };
  return { person: { name: text('name'), document } };
}

function CodeFields({ known }: { known: HandedOn | undefined }) {
  const { t } = useTranslation('admissions');
  return (
    <div className="columns fields">
      <Field label={t('ask.code')} hint={t('ask.codeHint')}>
        {(control) => (
          <input
            {...control}
            name="code"
            className="code-entry"
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            maxLength={30}
            defaultValue={known?.code}
            required
          />
        )}
      </Field>
      <Field label={t('ask.pin')} hint={t('ask.pinHint')}>
        {(control) => (
          <input
            {...control}
            name="pin"
            inputMode="numeric"
            autoComplete="off"
            maxLength={30}
            defaultValue={known?.pin}
          />
        )}
      </Field>
    </div>
  );
}

function DocumentFields() {
  const { t } = useTranslation(['admissions', 'common']);
  return (
    <>
      <p className="soft">{t('ask.documentHint')}</p>
      <div className="columns fields">
        <Field label={t('ask.name')}>
          {(control) => (
            <input {...control} name="name" autoComplete="off" maxLength={100} required />
          )}
        </Field>
        <Field label={t('ask.kind')}>
          {(control) => (
            <select {...control} name="kind">
              {IDENTITY_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`common:person.kinds.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('ask.number')}>
          {(control) => (
            <input
              {...control}
              name="number"
              autoComplete="off"
              spellCheck={false}
              maxLength={60}
              required
            />
          )}
        </Field>
      </div>
    </>
  );
}

function IdField() {
  const { t } = useTranslation('admissions');
  return (
    <Field label={t('ask.id')} hint={t('ask.idHint')}>
      {(control) => (
        <input
          {...control}
          name="learner"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          required
        />
      )}
    </Field>
  );
}
