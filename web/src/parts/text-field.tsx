import type { InputHTMLAttributes } from 'react';
import { Field } from './field';

/** A labelled line of text; everything else is what `input` takes. */
export function TextField({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(control) => <input {...input} {...control} />}
    </Field>
  );
}

/** A labelled choice among a few words. */
export function SelectField<T extends string>(props: {
  label: string;
  hint?: string;
  name?: string;
  options: readonly (readonly [T, string])[];
  value?: T;
  defaultValue?: T;
  onChange?: (value: T) => void;
}) {
  const { label, hint, options, onChange, ...select } = props;
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(control) => (
        <select
          {...select}
          {...control}
          onChange={(event) => onChange?.(event.currentTarget.value as T)}
        >
          {options.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
