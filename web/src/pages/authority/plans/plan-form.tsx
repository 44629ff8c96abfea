import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewScheme, SchemeDetail } from '../../../api/schemes';
import { Field } from '../../../parts/field';
import { FileButton } from '../../../parts/file-button';
import { bankDay } from '../../../parts/format';
import { useProgrammes } from '../../../parts/records';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';
import { PlaceFields, type PlaceRow } from './place-fields';
import { copyOf, wantedOf } from './plan';

/** The fields of a plan, filled with those of another one a year later. */
export function PlanForm(props: {
  base: SchemeDetail | null;
  onReady: (wanted: NewScheme) => void;
}) {
  const { t } = useTranslation('plans');
  const { base } = props;
  const [rows, setRows] = useState(() => rowsOf(base));
  const [scoring, setScoring] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const keys = rows.map(({ key }) => key);
    props.onReady(wantedOf(form, { base, keys, scoring }));
  };
  const more = (): void =>
    setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, from: null }]);
  return (
    <form onSubmit={submit}>
      <Names base={base} />
      <Days base={base} />
      {base && base.rules.length > 0 && <Rules base={base} />}
      <Scoring base={base} scoring={scoring} onScoring={setScoring} />
      {rows.map((row, at) => (
        <PlaceFields
          key={row.key}
          row={row}
          number={at + 1}
          onRemove={
            rows.length > 1 ? () => setRows(rows.filter(({ key }) => key !== row.key)) : null
          }
        />
      ))}
      <div className="row dialog-actions">
        <button type="submit" className="button main">
          {t('form.review')}
        </button>
        <button type="button" className="button" onClick={more}>
          {t('form.more')}
        </button>
      </div>
    </form>
  );
}

function rowsOf(base: SchemeDetail | null): PlaceRow[] {
  if (!base || base.places.length === 0) return [{ key: 0, from: null }];
  return base.places.map((from, key) => ({ key, from }));
}

function Names({ base }: { base: SchemeDetail | null }) {
  const { t } = useTranslation('plans');
  const copy = copyOf(base, bankDay(Date.now()));
  return (
    <div className="columns fields">
      <ProgrammeField chosen={base?.programme ?? ''} />
      <TextField
        name="year"
        label={t('form.year')}
        type="number"
        required
        min={2000}
        max={2200}
        defaultValue={copy.year}
      />
      <TextField
        name="zh"
        label={t('form.nameZh')}
        required
        maxLength={200}
        defaultValue={copy.title.zh}
      />
      <TextField
        name="en"
        label={t('form.nameEn')}
        required
        maxLength={200}
        defaultValue={copy.title.en}
      />
      <TextField
        name="code"
        label={t('form.code')}
        hint={t('form.codeHint')}
        required
        pattern="[A-Za-z0-9][A-Za-z0-9\-]{2,59}"
        autoComplete="off"
        spellCheck={false}
        defaultValue={copy.code}
      />
    </div>
  );
}

/** Programmes of admission: their rules give rights and scores, and no credit. */
function ProgrammeField({ chosen }: { chosen: string }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { data = [] } = useProgrammes();
  const programmes = data.filter(({ totalCredits }) => Number(totalCredits) === 0);
  return (
    <Field label={t('form.programme')}>
      {(control) => (
        // Made anew when the titles have come, so that the one chosen beforehand is among them.
        <select {...control} key={data.length} name="programme" required defaultValue={chosen}>
          <option value="">{t('form.choose')}</option>
          {programmes.map(({ code, title }) => (
            <option key={code} value={code}>
              {format.text(title)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Days({ base }: { base: SchemeDetail | null }) {
  const { t } = useTranslation('plans');
  const copy = copyOf(base, bankDay(Date.now()));
  return (
    <div className="columns fields">
      {(['opens', 'closes', 'evidenceUntil'] as const).map((day) => (
        <TextField
          key={day}
          name={day}
          label={t(`form.${day}`)}
          hint={t(`form.${day}Hint`)}
          type="date"
          required
          defaultValue={copy[day]}
        />
      ))}
    </div>
  );
}

function Rules({ base }: { base: SchemeDetail }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  return (
    <fieldset>
      <legend>{t('form.rules')}</legend>
      {base.rules.map(({ id, title, isEntitling }) => (
        <label key={id} className="choice">
          <input type="checkbox" name="rule" value={id} defaultChecked={isEntitling} />
          <span>{format.text(title)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** How parts add up to a total, as a document; without one the rules alone give a score, or none. */
function Scoring(props: {
  base: SchemeDetail | null;
  scoring: string | null;
  onScoring: (text: string) => void;
}) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const before = props.base?.scoring;
  const [name, setName] = useState('');
  const read = async (file: File): Promise<void> => {
    setName(file.name);
    props.onScoring(await file.text());
  };
  return (
    <fieldset>
      <legend>{t('form.scoring')}</legend>
      <p className="soft">
        {before ? t('form.scoringBefore', { title: format.text(before.title) }) : t('form.noScore')}
      </p>
      {props.scoring !== null && <p role="status">{t('form.scoringRead', { name })}</p>}
      <FileButton
        label={t('form.scoringFile')}
        accept=".yaml,.yml,.json"
        tone="plain"
        onFile={(file) => void read(file)}
      />
    </fieldset>
  );
}
