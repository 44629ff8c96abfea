import { useTranslation } from 'react-i18next';
import type { Pathway } from '../../../api/pathways';
import { Field } from '../../../parts/field';

/** The intake that somebody joins: the newest first, each with the places that are left. */
export function IntakeField({
  pathway,
  onChange,
}: {
  pathway: Pathway;
  onChange?: (year: number) => void;
}) {
  const { t } = useTranslation('enrolment');
  const intakes = pathway.intakes.toSorted((a, b) => b.year - a.year);
  return (
    <Field label={t('intakeLabel')}>
      {(control) => (
        <select
          {...control}
          name="intake"
          required
          onChange={(event) => onChange?.(Number(event.currentTarget.value))}
        >
          {intakes.map(({ year, left }) => (
            <option key={year} value={year}>
              {t('intakeOption', { year, count: left })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
