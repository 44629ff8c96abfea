import { useTranslation } from 'react-i18next';
import { Field } from '../field';
import { bankDay } from '../format';

const YEARS = 5;

/** This year and those before it, by the calendar of the bank. */
export function thisYear(): string {
  return bankDay(Date.now()).slice(0, 4);
}

/** Chooses a calendar year. */
export function PeriodField(props: { value: string; onChange: (period: string) => void }) {
  const { t } = useTranslation('workload');
  const last = Number(thisYear());
  const years = Array.from({ length: YEARS }, (_, i) => String(last - i));
  return (
    <Field label={t('period')}>
      {(control) => (
        <select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          {years.map((year) => (
            <option key={year} value={year}>
              {t('year', { year })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
