import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field';
import { trimmedOf } from './form';
import { ProblemNote } from './note';

/**
 * The form of a dialog that asks why, does it, and closes when it is done. What is refused stays in
 * the dialog with what was typed.
 */
export function ReasonForm(props: {
  label: string;
  hint?: string;
  submit: string;
  tone?: 'main' | 'grave';
  /** Characters at most. */
  most?: number;
  optional?: boolean;
  /** Whether there is nothing to write, only something to confirm. */
  silent?: boolean;
  children?: ReactNode;
  act: (reason: string, form: FormData) => Promise<unknown>;
  close: () => void;
}) {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: (form: FormData) => props.act(trimmedOf(form, 'reason'), form),
    onSuccess: props.close,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    act.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit}>
      {act.isError && <ProblemNote error={act.error} />}
      {props.children}
      {!props.silent && (
        <Field label={props.label} {...(props.hint !== undefined && { hint: props.hint })}>
          {(control) => (
            <textarea
              {...control}
              name="reason"
              maxLength={props.most ?? 300}
              required={!props.optional}
            />
          )}
        </Field>
      )}
      <div className="row dialog-actions">
        <button type="submit" className={`button ${props.tone ?? 'main'}`} disabled={act.isPending}>
          {props.submit}
        </button>
        <button type="button" className="button" onClick={props.close}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
