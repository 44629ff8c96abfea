import { compare, parseDecimal } from '#libs/credit';
import { lotTest, type LotTestKind, truth } from './lot-test.js';

interface JudgedDocument {
  readonly what: string;
  readonly atLeast: string;
  readonly course?: string;
}

interface Judged {
  readonly what: string;
  readonly atLeast: string;
  readonly course: string | null;
}

/** A person has to find something, for example how far contents overlap, in percent (R07). */
export const judged: LotTestKind<'judged', JudgedDocument, Judged | null, 'finding'> = {
  member: 'judged',
  field: 'finding',

  canonical(written) {
    return written ? { course: null, ...written } : null;
  },

  check(value, path, { check, courses, target }) {
    if (value && value.course !== null) {
      const codes = target.courses.map(({ code }) => code);
      check.known(`${path}/course`, value.course, codes);
    } else if (value && courses.length > 1) {
      check.fault(path, 'rulebook-judged-course', { count: String(courses.length) });
    }
  },

  compile(value, { courses }) {
    if (!value) return [];
    const course = value.course ?? courses[0] ?? null;
    const wanted = parseDecimal(value.atLeast);
    const test = lotTest(
      {
        field: 'finding',
        wanted: `>= ${value.atLeast}`,
        course,
        finding: value.what,
        verdict: (lot, reading) => {
          const text = reading.finding(value.what, lot.id, course);
          const found = text === undefined ? undefined : parseDecimal(text);
          return truth(found && wanted && compare(found, wanted) >= 0);
        },
        read: (lot, reading) => reading.finding(value.what, lot.id, course) ?? null,
      },
      'finding',
    );
    return [test];
  },

  sentences: {
    change: { en: 'a finding of {wanted}', zh: '人工认定结果 {wanted}' },
    waits: {
      finding: {
        en: 'a person has to find "{finding}" {wanted} for {lot} and {course}',
        zh: '需人工认定 {lot} 与 {course} 的“{finding}”{wanted}',
      },
    },
  },
};
