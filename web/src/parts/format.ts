import type { Language } from '../i18n';

/** Both languages of a text that comes from the service. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Records of one country carry its time, wherever they are read. */
const ZONE = 'Asia/Shanghai';

function locale(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-GB';
}

/**
 * Groups the digits of a decimal string. Intl reads the string exactly, so no amount ever passes
 * through a binary fraction.
 */
export function formatAmount(amount: string, language: Language): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: 3 }).format(
    amount as Intl.StringNumericLiteral,
  );
}

export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(count);
}

/** Whether a decimal string is zero, whatever its sign and trailing zeros. */
export function isZero(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

/** A date as precise as its source: a year, a month or a day. */
export function formatDate(date: string, language: Language): string {
  const [year = '', month, day] = date.slice(0, 10).split('-');
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: language === 'zh' ? 'long' : 'short' }),
    ...(day && { day: 'numeric' }),
  };
  const instant = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(locale(language), options).format(instant);
}

/** A moment to the minute, in the time of the record. */
export function formatMoment(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: ZONE,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant));
}
