import type { Language } from '../preferences';

/** Both languages of a text that comes from the service. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Records of one country carry its time, wherever they are read. */
const ZONE = 'Asia/Shanghai';

/** Thai dates are told in the Gregorian year, as the records are. */
const LOCALES: Readonly<Record<Language, string>> = {
  zh: 'zh-CN',
  en: 'en-GB',
  th: 'th-TH-u-ca-gregory',
};

function locale(language: Language): string {
  return LOCALES[language];
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

/** A date as precise as its source: a year, a month or a day; of a moment, the bank's day. */
export function formatDate(date: string, language: Language): string {
  const [year = '', month, day] = (date.includes('T') ? bankDay(Date.parse(date)) : date).split(
    '-',
  );
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: language === 'zh' ? 'long' : 'short' }),
    ...(day && { day: 'numeric' }),
  };
  const instant = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(locale(language), options).format(instant);
}

/** A day without its year: “10月1日”, “1 Oct”. */
export function formatDayOfYear(date: string, language: Language): string {
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
  };
  return new Intl.DateTimeFormat(locale(language), options).format(
    Date.parse(`${date.slice(0, 10)}T00:00:00Z`),
  );
}

/** One side of words that were written as “中文 / English”; other words stay as they are. */
export function sideOf(words: string, language: Language): string {
  const sides = words.split(' / ');
  const [chinese, english] = sides;
  if (sides.length !== 2 || !chinese || !english) return words;
  const isPair = /[一-鿿]/.test(chinese) && !/[一-鿿]/.test(english);
  if (!isPair) return words;
  return language === 'zh' ? chinese : english;
}

/** Grades that are Chinese words, as they read in English; a grade is a record and else stands as it is. */
const GRADES: Readonly<Record<string, string>> = {
  优秀: 'excellent',
  优: 'excellent',
  良好: 'good',
  良: 'good',
  中等: 'fair',
  中: 'fair',
  及格: 'pass',
  合格: 'pass',
  通过: 'pass',
  不及格: 'fail',
  不合格: 'fail',
  特等奖: 'grand prize',
  一等奖: 'first prize',
  二等奖: 'second prize',
  三等奖: 'third prize',
};

/** A grade or a level, behind it what it means for those who do not read Chinese: “合格 (pass)”. */
export function formatGrade(grade: string, language: Language): string {
  const meaning = language === 'zh' ? undefined : GRADES[grade];
  return meaning === undefined ? grade : `${grade} (${meaning})`;
}

/** Words of the service with their days written as the reader writes them; Chinese sets no spaces. */
export function formatDaysIn(words: string, language: Language): string {
  const days = language === 'zh' ? / ?(\d{4}-\d\d-\d\d) ?/g : /(\d{4}-\d\d-\d\d)/g;
  return words.replaceAll(days, (_, day: string) => formatDate(day, language));
}

/** Several things in one line: “A、B和C”, “A, B and C”. */
export function formatList(items: readonly string[], language: Language): string {
  return new Intl.ListFormat(locale(language)).format(items);
}

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** How long ago a moment was, in the largest unit that says enough: “3 days ago”. */
export function formatAgo(instant: string, now: number, language: Language): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
  const [size, unit] = unitOf(seconds);
  const words = new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' });
  return words.format(-Math.floor(seconds / size), unit);
}

function unitOf(seconds: number): [number, Intl.RelativeTimeFormatUnit] {
  if (seconds < MINUTE_S) return [1, 'second'];
  if (seconds < HOUR_S) return [MINUTE_S, 'minute'];
  if (seconds < 2 * DAY_S) return [HOUR_S, 'hour'];
  return [DAY_S, 'day'];
}

/** A moment to the minute, in the time of the record. */
export function formatMoment(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone: ZONE,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(instant));
}

/** The time of day of a moment, in the time of the record. */
export function formatTime(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { timeZone: ZONE, timeStyle: 'short' }).format(
    new Date(instant),
  );
}

/** The day of the bank's calendar at an instant, `yyyy-mm-dd`. */
export function bankDay(instant: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(instant);
}

const DAY_MS = DAY_S * 1000;

/** The moment at which a day of the bank's calendar begins, `plusDays` later. China keeps UTC+8. */
export function startOfBankDay(day: string, plusDays: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + plusDays * DAY_MS).toISOString();
}
