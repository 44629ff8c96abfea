import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActProblem } from './act-problem';
import { textOf } from './form';

/**
 * A form that does one thing: it sends what stands in its fields, says what went wrong above them,
 * and is empty again once it is done.
 */
export function ActForm<T>(props: {
  label: ReactNode;
  act: (form: FormData) => Promise<T>;
  onDone?: (made: T) => void;
  tone?: 'main' | 'grave';
  /** What stands beside the button. */
  beside?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const act = useMutation({ mutationFn: props.act });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const element = event.currentTarget;
    act.mutate(new FormData(element), {
      onSuccess: (made) => {
        element.reset();
        props.onDone?.(made);
      },
    });
  };
  return (
    <form onSubmit={submit} className="stack">
      {act.isError && <ActProblem error={act.error} />}
      {props.children && <div>{props.children}</div>}
      <div className="row">
        <button type="submit" className={`button ${props.tone ?? 'main'}`} disabled={act.isPending}>
          {act.isPending ? t('loading') : props.label}
        </button>
        {props.beside}
      </div>
    </form>
  );
}

/** Fields that were filled in, under the names of the request; the others are left out. */
export function filled<K extends string>(
  form: FormData,
  names: readonly K[],
): Partial<Record<K, string>> {
  const given: Partial<Record<K, string>> = {};
  for (const name of names) {
    const text = textOf(form, name).trim();
    if (text) given[name] = text;
  }
  return given;
}
