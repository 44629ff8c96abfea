import { compare } from '#libs/credit';
import { parseShare } from '../share.js';
import { lotTest, type LotTest, type LotTestKind, truth } from './lot-test.js';

interface JudgedDocument {
  readonly what: string;
  /** A decimal, or a fraction such as `2/3`. */
  readonly atLeast?: string;
  readonly below?: string;
  readonly course?: string;
}

interface Judged {
  readonly what: string;
  readonly atLeast?: string;
  readonly below?: string;
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
    for (const member of ['atLeast', 'below'] as const) {
      const limit = value?.[member];
      if (limit !== undefined && !parseShare(limit)) {
        check.fault(`${path}/${member}`, 'rulebook-number', { value: limit, range: '66.7, 2/3' });
      }
    }
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
    return [
      ...endTest('>=', value.atLeast, value.what, course),
      ...endTest('<', value.below, value.what, course),
    ];
  },

  sentences: {
    change: { en: 'a finding of {wanted}', zh: '人工认定结果 {wanted}' },
    waits: {
      finding: {
        en: 'a person has to find {wanted} for {lot} and {course}',
        zh: '需人工认定 {lot} 与 {course} 的{wanted}',
      },
    },
  },
};

function endTest(
  sign: '>=' | '<',
  limit: string | undefined,
  what: string,
  course: string | null,
): LotTest[] {
  if (limit === undefined) return [];
  const end = parseShare(limit);
  const test = lotTest(
    {
      field: 'finding',
      wanted: `${sign} ${limit}`,
      course,
      finding: what,
      values: [`finding ${JSON.stringify([what, course])}`],
      verdict: (lot, reading) => {
        const text = reading.finding(what, lot.id, course);
        const found = text === undefined ? undefined : parseShare(text);
        return truth(found && end && compare(found, end) >= 0 === (sign === '>='));
      },
      read: (lot, reading) => reading.finding(what, lot.id, course) ?? null,
      examples: () => [{ finding: sign === '>=' ? limit : '0' }],
    },
    'finding',
  );
  return [test];
}
