import type { Text } from '#libs/problems';
import { titleOf, wordsOf } from './diff.js';
import { same } from './words.js';

/** What may stand in a place: a decimal string, a share of a hundred, a whole number, or a day. */
export type LimitKind = 'amount' | 'percent' | 'count' | 'day';

/** A value of a document that officers change most: an amount, a share, a number of years, a day. */
export interface Limit {
  /** JSON pointer of the value. */
  readonly path: string;
  /** The rule, cap, course or example it belongs to, by its title; null for the whole document. */
  readonly where: Text | null;
  /** The clause in words, for example "minimum grade". */
  readonly what: Text;
  readonly kind: LimitKind;
  /** Null where an end is open. */
  readonly value: string | null;
}

/** Parts of a document in which such values stand. */
const PARTS: readonly string[] = [
  'inForce',
  'target',
  'lots',
  'ratios',
  'agreements',
  'caps',
  'rules',
  'requirements',
  'rights',
];

const DAYS: readonly string[] = ['from', 'to', 'onOrAfter', 'before'];
const COUNTS: readonly string[] = ['shelfLifeYears', 'withinYears', 'ageAtLeast'];
const AMOUNTS: readonly string[] = [
  'total',
  'step',
  'hours',
  'credits',
  'max',
  'percent',
  'accepts',
  'atLeast',
  'atMost',
  'below',
];
const AMOUNT = /^\d+(\.\d+)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The values of a document as it is written, in its order. What is no document gives none: it is
 * called with texts that nobody vouches for.
 */
export function limitsOf(document: unknown): Limit[] {
  if (!isMap(document)) return [];
  const limits = PARTS.flatMap((part) => inside(document[part], `/${part}`, [part], null));
  return [...limits, ...expectedCredits(document.examples)];
}

function inside(value: unknown, path: string, way: readonly string[], where: Text | null): Limit[] {
  const [member = ''] = way.slice(-1);
  if (!isMap(value) && !Array.isArray(value)) return leaf(value, member, { path, way, where });
  const named = (Array.isArray(value) ? null : titleIn(way, value)) ?? where;
  return Object.entries(value).flatMap(([name, below]) =>
    inside(below, `${path}/${name}`, Array.isArray(value) ? way : [...way, name], named),
  );
}

/** Ratios have no title: their names are what officers write into rules. */
function titleIn(way: readonly string[], value: unknown): Text | null {
  const [part, name] = way;
  if (part === 'ratios' && name !== undefined) return same(name);
  return part === 'target' && way.length === 1 ? null : titleOf(value);
}

function leaf(
  value: unknown,
  member: string,
  { path, way, where }: { path: string; way: readonly string[]; where: Text | null },
): Limit[] {
  const kind = kindOf(value, member);
  if (!kind) return [];
  return [{ path, where, what: wordsOf(way), kind, value: textOf(value) }];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function kindOf(value: unknown, member: string): LimitKind | null {
  if (DAYS.includes(member)) {
    const isDay = value === null ? member === 'to' : typeof value === 'string' && DAY.test(value);
    return isDay ? 'day' : null;
  }
  if (COUNTS.includes(member)) return Number.isSafeInteger(value) ? 'count' : null;
  if (!AMOUNTS.includes(member) || typeof value !== 'string' || !AMOUNT.test(value)) return null;
  return member === 'percent' ? 'percent' : 'amount';
}

/** What examples expect: it changes with the limits that they show. */
function expectedCredits(examples: unknown): Limit[] {
  if (!Array.isArray(examples)) return [];
  return examples.flatMap((example: unknown, index): Limit[] => {
    if (!isMap(example) || !isMap(example.expect)) return [];
    const { credits } = example.expect;
    if (typeof credits !== 'string') return [];
    return [
      {
        path: `/examples/${index}/expect/credits`,
        where: same(String(example.name)),
        what: wordsOf(['expect', 'credits']),
        kind: 'amount',
        value: credits,
      },
    ];
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
