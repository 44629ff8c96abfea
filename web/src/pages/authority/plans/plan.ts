import type { NewScheme, SchemeDetail } from '../../../api/schemes';
import { trimmedOf } from '../../../parts/form';

/** What a plan is filled with before anybody types. */
interface Copy {
  readonly year: number;
  readonly code: string | undefined;
  readonly title: { readonly zh: string; readonly en: string };
  readonly opens: string | undefined;
  readonly closes: string | undefined;
  readonly evidenceUntil: string | undefined;
}

/** A plan a year later: its days, and the year in its names. Without one, only the next year. */
export function copyOf(base: SchemeDetail | null, today: string): Copy {
  if (!base) {
    const days = { opens: undefined, closes: undefined, evidenceUntil: undefined };
    return { year: yearOf(today) + 1, code: undefined, title: { zh: '', en: '' }, ...days };
  }
  const { year } = base;
  const renamed = (text: string): string => text.replaceAll(String(year), String(year + 1));
  return {
    year: year + 1,
    code: renamed(base.code),
    title: { zh: renamed(base.title.zh), en: renamed(base.title.en) },
    opens: yearLater(base.opens),
    closes: yearLater(base.closes),
    evidenceUntil: yearLater(base.evidenceUntil),
  };
}

/** The same day of the next year; the last of February stays the last. */
function yearLater(day: string): string {
  return `${yearOf(day) + 1}${day.slice(4)}`.replace('-02-29', '-02-28');
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** What was typed, as the service takes it. All rules of the document count when none is named. */
export function wantedOf(
  form: FormData,
  around: {
    base: SchemeDetail | null;
    /** Of the rows of places, in their order. */
    keys: readonly number[];
    scoring: string | null;
  },
): NewScheme {
  const { base, keys, scoring } = around;
  const text = (name: string): string => trimmedOf(form, name);
  const named = form.getAll('rule').filter((one) => typeof one === 'string');
  const isEvery = named.length === 0 || named.length === base?.rules.length;
  return {
    code: text('code'),
    programme: text('programme'),
    year: Number(text('year')),
    title: { zh: text('zh'), en: text('en') },
    opens: text('opens'),
    closes: text('closes'),
    evidenceUntil: text('evidenceUntil'),
    ...(!isEvery && { rules: named }),
    ...(scoring !== null && { scoring }),
    places: keys.map((key) => ({
      institution: text(`${key}-institution`),
      major: text(`${key}-major`),
      title: { zh: text(`${key}-zh`), en: text(`${key}-en`) },
      places: Number(text(`${key}-places`)),
    })),
  };
}
