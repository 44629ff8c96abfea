import { type ReactNode, useId } from 'react';

/** What a labelled control needs to be tied to its label, hint and fault. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

/** Label, hint and fault around one control. */
export function Field(props: {
  label: string;
  hint?: string;
  fault?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const described = [props.hint && `${id}hint`, props.fault && `${id}fault`].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.hint && (
        <span id={`${id}hint`} className="small soft">
          {props.hint}
        </span>
      )}
      {props.children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': props.fault ? true : undefined,
      })}
      {props.fault && (
        <span id={`${id}fault`} className="fault">
          {props.fault}
        </span>
      )}
    </div>
  );
}
