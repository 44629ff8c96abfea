import { useMemo } from 'react';
import { type Text, formatAmount, formatCount, formatDate, formatMoment } from './format';
import { usePreferences } from './use-preferences';

/** The formatters of `format.ts`, bound to the language of the page. */
export function useFormat() {
  const { language } = usePreferences();
  return useMemo(
    () => ({
      language,
      amount: (value: string) => formatAmount(value, language),
      count: (value: number) => formatCount(value, language),
      date: (value: string) => formatDate(value, language),
      moment: (value: string) => formatMoment(value, language),
      text: (value: Text) => value[language],
    }),
    [language],
  );
}
