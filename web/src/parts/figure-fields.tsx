import { Field } from './field';

/** The fields of a figure that somebody states: how much, on which day, and who says so. */
export function FigureFields(props: {
  words: { value: string; on: string; source: string; sourceHint: string };
  /** The day that stands there at first, `YYYY-MM-DD`; none when it is to be chosen. */
  day?: string;
}) {
  const { value, on, source, sourceHint } = props.words;
  return (
    <>
      <Field label={value}>
        {(control) => (
          <input
            {...control}
            name="value"
            required
            inputMode="decimal"
            pattern="[0-9]{1,12}([.][0-9]{1,6})?"
          />
        )}
      </Field>
      <Field label={on}>
        {(control) => (
          <input {...control} type="date" name="on" required defaultValue={props.day} />
        )}
      </Field>
      <Field label={source} hint={sourceHint}>
        {(control) => <input {...control} name="source" required maxLength={300} />}
      </Field>
    </>
  );
}
