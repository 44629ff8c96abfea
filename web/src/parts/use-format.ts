import { useMemo } from 'react';
import {
  type Text,
  formatAgo,
  formatAmount,
  formatCount,
  formatDate,
  formatDayOfYear,
  formatDaysIn,
  formatGrade,
  formatList,
  formatMoment,
  formatTime,
  sideOf,
} from './format';
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
      /** A day without its year, which is said beside it. */
      dayOfYear: (value: string) => formatDayOfYear(value, language),
      grade: (value: string) => formatGrade(value, language),
      /** How long ago: as of now, so it is right while the page looks again by itself. */
      ago: (value: string) => formatAgo(value, Date.now(), language),
      list: (items: readonly string[]) => formatList(items, language),
      moment: (value: string) => formatMoment(value, language),
      /** One side of words that were written as “中文 / English”. */
      side: (value: string) => sideOf(value, language),
      time: (value: string) => formatTime(value, language),
      // The service has its texts in Chinese and English.
      /** The `lang` of such a text on a page in another language, for screen readers. */
      textLang: language === 'th' ? 'en' : undefined,
      text: (value: Text) => value[language === 'zh' ? 'zh' : 'en'],
      /** A sentence of the service, its days as the reader writes them. */
      sentence: (value: Text) => formatDaysIn(value[language === 'zh' ? 'zh' : 'en'], language),
    }),
    [language],
  );
}
