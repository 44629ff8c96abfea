import type { Text } from '#libs/problems';
import type { Effect, RemainderPolicy, Source } from '../types.js';

/** Words of the rule document, for sentences about it. Closed: a new word does not compile alone. */
export const SOURCE_WORDS: Readonly<Record<Source, Text>> = {
  course: { en: 'course', zh: '课程' },
  'online-course': { en: 'online course', zh: '在线课程' },
  certificate: { en: 'certificate', zh: '证书' },
  training: { en: 'training', zh: '培训' },
  outreach: { en: 'record of a pupil', zh: '中小学成长记录' },
};

/** Categories of courses that many rulebooks use; others are said by the rulebook's own word. */
const CATEGORIES: Readonly<Record<string, Text>> = {
  major: { en: 'major', zh: '专业课' },
  'major-basic': { en: 'basic major', zh: '专业基础课' },
  practice: { en: 'practice', zh: '实践课' },
  public: { en: 'public', zh: '公共课' },
  general: { en: 'general', zh: '通识课' },
  elective: { en: 'elective', zh: '选修课' },
  free: { en: 'free elective', zh: '任选课' },
  required: { en: 'required', zh: '必修课' },
  theory: { en: 'theory', zh: '理论课' },
  skill: { en: 'skill', zh: '技能课' },
};

export function sayCategory(category: string): Text {
  return (Object.hasOwn(CATEGORIES, category) && CATEGORIES[category]) || same(category);
}

export const EFFECT_WORDS: Readonly<Record<Effect, Text>> = {
  credit: { en: 'credit for {what}', zh: '计入“{what}”' },
  exemption: { en: 'exemption from {what}', zh: '免修/免考“{what}”' },
  score: { en: 'the score {what}', zh: '折算成绩 {what}' },
  right: { en: 'the right "{what}"', zh: '取得资格“{what}”' },
};

export const REMAINDER_WORDS: Readonly<Record<RemainderPolicy, Text>> = {
  forfeit: { en: 'what is left of the outcome is lost', zh: '剩余学分不保留' },
  keep: { en: 'what is left of the outcome stays in the account', zh: '剩余学分保留在账户' },
  elective: { en: 'what is left of the outcome goes to {pool}', zh: '剩余学分计入“{pool}”' },
};

export const COUNT_WORDS: Readonly<Record<'credits' | 'applications' | 'lots', Text>> = {
  credits: { en: 'credits', zh: '学分' },
  applications: { en: 'conversions', zh: '次转换' },
  lots: { en: 'outcomes', zh: '项成果' },
};

export const PER_WORDS: Readonly<
  Record<'learner' | 'lot' | 'issuer' | 'academic-year' | 'semester', Text>
> = {
  learner: { en: '', zh: '' },
  lot: { en: ' for each outcome', zh: '（每项成果）' },
  issuer: { en: ' for each institution', zh: '（每个机构）' },
  'academic-year': { en: ' for each academic year', zh: '（每学年）' },
  semester: { en: ' for each semester', zh: '（每学期）' },
};

/** The same words in both languages: codes, numbers and names of the document. */
export function same(text: string): Text {
  return { en: text, zh: text };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day as people write it; what is no day stays as it is. */
export function sayDay(day: string): Text {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return same(day);
  return {
    en: `${Number(date)} ${name} ${year}`,
    zh: `${year}年${Number(month)}月${Number(date)}日`,
  };
}

/** What a reader calls the things that a document names by code; without a catalogue, the codes. */
export interface Names {
  readonly outcome: (code: string) => Text;
  readonly institution: (code: string) => Text;
}

export const CODES: Names = { outcome: same, institution: same };

/** Puts texts into the places `{name}` of a text. */
export function put(template: Text, parts: Readonly<Record<string, Text>>): Text {
  const one = (language: keyof Text): string =>
    template[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      return parts[name]?.[language] ?? whole;
    });
  return { en: one('en'), zh: one('zh') };
}

/** Texts one after the other, each language with its own joint. */
export function join(texts: readonly Text[], joint: Text): Text {
  const one = (language: keyof Text): string =>
    texts
      .map((text) => text[language])
      .filter((text) => text !== '')
      .join(joint[language]);
  return { en: one('en'), zh: one('zh') };
}

export const AND: Text = { en: ' and ', zh: '且' };
export const OR: Text = { en: ' or ', zh: '或' };
export const COMMA: Text = { en: ', ', zh: '，' };
export const LIST: Text = { en: ', ', zh: '、' };

/** Whether a programme counts credit: documents of admission have a total of 0. */
export function isOfCredit({ total }: { readonly total: string }): boolean {
  return total !== '0';
}
