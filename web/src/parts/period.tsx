import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field';
import { bankDay } from './format';

const YEARS = 5;
/** A school year begins with September. */
const SCHOOL_YEAR_MONTH = 9;

/** The calendar year by the calendar of the bank, which is looked at until another is chosen. */
export function thisPeriod(): string {
  return bankDay(Date.now()).slice(0, 4);
}

/** A period in words: a calendar year `2026`, or a school year `2025-2026`. */
export function usePeriodName(): (period: string) => string {
  const { t } = useTranslation('report');
  return useCallback(
    (period) => {
      const [from = '', to] = period.split('-');
      return to === undefined ? t('year', { year: from }) : t('schoolYear', { from, to });
    },
    [t],
  );
}

/** Chooses a calendar year or a school year; the two kinds stand apart, so that both are seen. */
export function PeriodSelect(props: { value: string; onChange: (period: string) => void }) {
  const { t } = useTranslation('report');
  const name = usePeriodName();
  const { years, schoolYears } = periods(bankDay(Date.now()));
  const isSchoolYear = props.value.includes('-');
  const groups = [
    { label: t('years'), known: isSchoolYear ? years : withOne(years, props.value) },
    {
      label: t('schoolYears'),
      known: isSchoolYear ? withOne(schoolYears, props.value) : schoolYears,
    },
  ];
  return (
    <Field label={t('period')} hint={t('periodHint')}>
      {(control) => (
        <select
          {...control}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          {groups.map(({ label, known }) => (
            <optgroup key={label} label={label}>
              {known.map((one) => (
                <option key={one} value={one}>
                  {name(one)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}

/** An address may name an older period than those that are offered. */
function withOne(known: readonly string[], period: string): readonly string[] {
  return known.includes(period) ? known : [...known, period];
}

/** Calendar years and school years that have begun, the newest first. */
function periods(today: string): { years: string[]; schoolYears: string[] } {
  const year = Number(today.slice(0, 4));
  const isAutumn = Number(today.slice(5, 7)) >= SCHOOL_YEAR_MONTH;
  const school = isAutumn ? year : year - 1;
  const back = Array.from({ length: YEARS }, (_, index) => index);
  return {
    years: back.map((ago) => String(year - ago)),
    schoolYears: back.map((ago) => `${school - ago}-${school - ago + 1}`),
  };
}
