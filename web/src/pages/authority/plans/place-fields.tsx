import { useTranslation } from 'react-i18next';
import type { SchemePlace } from '../../../api/schemes';
import { Field } from '../../../parts/field';
import { useInstitutions } from '../../../parts/records';
import { TextField } from '../../../parts/text-field';
import { useFormat } from '../../../parts/use-format';

export const MOST_PLACES = 100_000;
const OFFICE = 'admissions-office';

/** A row of the plan while it is written: its number in the form, and the place it is copied from. */
export interface PlaceRow {
  readonly key: number;
  readonly from: SchemePlace | null;
}

/** Institution, major and number of places of one row. */
export function PlaceFields(props: {
  row: PlaceRow;
  /** As people count, from 1. */
  number: number;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('plans');
  const { row, number, onRemove } = props;
  const { key, from } = row;
  return (
    <fieldset>
      <legend>{t('form.place', { number })}</legend>
      <div className="columns fields">
        <OfficeField name={`${key}-institution`} chosen={from?.institution.code ?? ''} />
        <TextField
          name={`${key}-places`}
          label={t('form.number')}
          type="number"
          required
          min={0}
          max={MOST_PLACES}
          defaultValue={from?.places}
        />
        <TextField
          name={`${key}-major`}
          label={t('form.major')}
          hint={t('form.majorHint')}
          required
          maxLength={40}
          autoComplete="off"
          defaultValue={from?.major}
        />
        <TextField
          name={`${key}-zh`}
          label={t('form.majorZh')}
          required
          maxLength={200}
          defaultValue={from?.title.zh}
        />
        <TextField
          name={`${key}-en`}
          label={t('form.majorEn')}
          required
          maxLength={200}
          defaultValue={from?.title.en}
        />
      </div>
      {onRemove && (
        <p>
          <button type="button" className="button" onClick={onRemove}>
            {t('form.remove', { number })}
          </button>
        </p>
      )}
    </fieldset>
  );
}

/** Offices of admission first; any institution may have places. */
function OfficeField({ name, chosen }: { name: string; chosen: string }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { data = [] } = useInstitutions();
  const rank = ({ kind }: (typeof data)[number]): number => (kind === OFFICE ? 0 : 1);
  const offices = data.toSorted((a, b) => rank(a) - rank(b));
  return (
    <Field label={t('form.school')}>
      {(control) => (
        // Made anew when the names have come, so that the one chosen beforehand is among them.
        <select {...control} key={data.length} name={name} required defaultValue={chosen}>
          <option value="">{t('form.choose')}</option>
          {offices.map(({ code, name: title }) => (
            <option key={code} value={code}>
              {format.text(title)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
