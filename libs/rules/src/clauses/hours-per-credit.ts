import {
  compare,
  formatCredits,
  formatHours,
  multiply,
  parseCredits,
  parseDecimal,
  parseHours,
  type Rational,
  rational,
} from '#libs/credit';
import type { Lot } from '../learner/lots.js';
import type { OutcomeFact } from '../types.js';
import { worthOf } from './credits.js';
import { type Example, lotTest, type LotTest, type LotTestKind, truth } from './lot-test.js';

interface Range {
  readonly atLeast?: string;
  readonly atMost?: string;
}

/**
 * How many hours stand behind one credit of the outcome (R05). An outcome outside the range is not
 * refused for good when the rule offers another way, for example what a person finds.
 */
export const hoursPerCredit: LotTestKind<
  'hoursPerCredit',
  Range,
  Range | undefined,
  'hours-per-credit',
  'hours-per-credit'
> = {
  member: 'hoursPerCredit',
  field: 'hours-per-credit',

  canonical(written) {
    return written;
  },

  check(value, path, { check }) {
    if (value?.atLeast !== undefined) check.positive(`${path}/atLeast`, value.atLeast);
    if (value?.atMost !== undefined) check.positive(`${path}/atMost`, value.atMost);
  },

  compile(value) {
    return [...endTest('>=', value?.atLeast), ...endTest('<=', value?.atMost)];
  },

  sentences: {
    change: { en: '{wanted} hours for each credit', zh: '每学分 {wanted} 学时' },
    waits: {
      'hours-per-credit': {
        en: 'the hours or the credits of {lot} are unknown',
        zh: '{lot} 的学时或学分未知',
      },
    },
  },
};

function endTest(sign: '>=' | '<=', limit: string | undefined): LotTest[] {
  const end = limit === undefined ? undefined : parseDecimal(limit);
  if (limit === undefined || !end) return [];
  const test = lotTest(
    {
      field: 'hours-per-credit',
      wanted: `${sign} ${limit}`,
      verdict: (lot) => {
        const read = hoursOf(lot);
        if (!read) return 'not-evaluated';
        const order = compare(read, end);
        return truth(sign === '>=' ? order >= 0 : order <= 0);
      },
      read: (lot) => formatHoursPerCredit(hoursOf(lot)),
      values: ['hours', 'credits'],
      examples: (fact) => examplesOf(end, fact),
    },
    'hours-per-credit',
  );
  return [test];
}

/** Hours that go with the credits as they are, or credits that go with the hours. */
function examplesOf(end: Rational, fact: OutcomeFact): Example[] {
  const worth = parseCredits(fact.credits ?? '1');
  const minutes = fact.hours === null ? undefined : parseHours(fact.hours);
  const examples: Example[] = [];
  if (worth.ok) {
    const known = worthOf(fact, formatCredits(worth.amount));
    const fitting = multiply(end, rational(60n * worth.amount, 1000n));
    for (const hours of around(fitting, WRITABLE)) {
      examples.push({ fact: { ...known, hours: formatHours(hours) } });
    }
  }
  if (minutes !== undefined) {
    const fitting = rational(minutes * 1000n * end.den, 60n * end.num);
    for (const credits of around(fitting, 1n)) {
      examples.push({ fact: worthOf(fact, formatCredits(credits)) });
    }
  }
  return examples;
}

/** Minutes whose multiples are hours that a decimal can say. */
const WRITABLE = 3n;

/** The steps just below and above a value: the next test says which is on the right side. */
function around({ num, den }: Rational, step: bigint): bigint[] {
  const below = (num / (den * step)) * step;
  return [below, below + step];
}

/** Hours of one credit of a lot; undefined when one of the two is unknown or there is no credit. */
function hoursOf({ minutes, worthMillicredits: worth }: Lot): Rational | undefined {
  if (minutes === null || worth === null || worth === 0n) return undefined;
  return multiply(rational(minutes, 60n), rational(1000n, worth));
}

/** At most three decimals, cut: it is shown, never compared. */
function formatHoursPerCredit(hours: Rational | undefined): string | null {
  if (!hours) return null;
  const thousandths = (hours.num * 1000n) / hours.den;
  const decimals = String(thousandths % 1000n)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${thousandths / 1000n}${decimals === '' ? '' : `.${decimals}`}`;
}
