import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/problem';
import { Field } from '../field';
import { textOf } from '../form';
import { Icon } from '../icon';
import { Note } from '../note';
import { digitsOf } from './digits';

const SHORTEST = 6;
const LONGEST = 12;
const WRONG = 'share-pin-wrong';

/** Whether the right code was refused only for want of its PIN. A locked one takes none. */
export function asksForPin(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && ['share-pin-required', WRONG].includes(error.code);
}

/** Asks for the PIN of a proof. What cannot be one is not sent: each wrong one counts. */
export function PinForm(props: {
  problem: ApiProblem;
  isPending: boolean;
  onPin: (pin: string) => void;
}) {
  const { t } = useTranslation('verify');
  const { problem, isPending, onPin } = props;
  const [fault, setFault] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), [problem]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const pin = digitsOf(textOf(new FormData(event.currentTarget), 'pin'));
    const isPin = pin.length >= SHORTEST && pin.length <= LONGEST;
    setFault(isPin ? undefined : t('pin.fault', { count: pin.length }));
    if (isPin) onPin(pin);
    else input.current?.focus();
  };
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {problem.code === WRONG ? (
        <Note tone="bad" urgent title={problem.title}>
          <p>{problem.detail}</p>
        </Note>
      ) : (
        <Note tone="wait" urgent title={t('pin.title')}>
          <p>{t('pin.needed')}</p>
        </Note>
      )}
      <Field label={t('pin.label')} hint={t('pin.hint')} fault={fault}>
        {(control) => (
          <input
            {...control}
            ref={input}
            name="pin"
            className="code-entry"
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            maxLength={30}
            required
          />
        )}
      </Field>
      <div>
        <button type="submit" className="button main" disabled={isPending}>
          <Icon name="lock" />
          {t('pin.open')}
        </button>
      </div>
    </form>
  );
}
