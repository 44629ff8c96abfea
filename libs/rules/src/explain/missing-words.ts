import type { Text } from '#libs/problems';
import { COMMA, join, OR, put, same, SOURCE_WORDS } from '../describe/words.js';
import type { Change, Source } from '../types.js';
import { CHANGES } from './sentences.js';

/** Says a list of changes, each new outcome with everything it has to be. */
export function sayChanges(changes: readonly Change[]): Text[] {
  return groupsOf(changes).map(([head, ...others]) => {
    if (!head) return same('');
    if (others.length === 0) return sayChange(head);
    const parts = { what: sayChange(head), like: join(others.map(sayChange), COMMA) };
    return put({ en: '{what}: {like}', zh: '{what}：{like}' }, parts);
  });
}

/** Changes of one new outcome together; every other change by itself. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const { newOutcome } = change;
    const last = groups.at(-1);
    const isSame = newOutcome !== undefined && last?.[0]?.newOutcome === newOutcome;
    if (last && isSame) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function sayChange(change: Change): Text {
  const { kind, lot, wanted, read, outcomes } = change;
  const now =
    read === null
      ? same('')
      : put({ en: ' (now {read})', zh: '（现为 {read}）' }, { read: same(read) });
  const during =
    change.period === undefined
      ? same('')
      : put({ en: ' in {period}', zh: '（{period}）' }, { period: same(change.period) });
  const of =
    lot === null ? same('') : put({ en: ' of {lot}', zh: '（{lot}）' }, { lot: same(lot) });
  const isMore = wanted.startsWith('+ ') && (kind === 'hours' || kind === 'credits');
  const what = put(isMore ? MORE[kind] : CHANGES[kind], {
    wanted: wantedOf(change),
    names: outcomes.length > 0 ? same(outcomes.join(' / ')) : unnamedOf(change),
  });
  const { en, zh } = join([what, of, during, now], same(''));
  // Words of two texts that meet: Chinese has no space between them.
  return { en, zh: zh.replace(/(?<=[一-鿿]) (?=[一-鿿])/gu, '') };
}

/** An outcome of any code: what it is like is said after it, where it is said at all. */
function unnamedOf({ newOutcome, wanted }: Change): Text {
  const isSaid = newOutcome === undefined && wanted !== '';
  return isSaid ? same(wanted) : { en: 'an outcome', zh: '一项成果' };
}

const MORE = {
  hours: { en: '{wanted} more hours', zh: '另需 {wanted} 学时' },
  credits: { en: '{wanted} more credits', zh: '另需 {wanted} 学分' },
} as const satisfies Partial<Record<Change['kind'], Text>>;

/** What is wanted, in words; a value is named with the finding or in the words of its list. */
function wantedOf({ kind, wanted, finding, course }: Change): Text {
  if (finding !== undefined) {
    const about = course ? { en: ' for {course}', zh: '（{course}）' } : same('');
    return put(
      { en: `"{finding}" {value}${about.en}`, zh: `“{finding}”{value}${about.zh}` },
      { finding: same(finding), value: plain(wanted, LIMITS), course: same(course ?? '') },
    );
  }
  if (kind === 'source') {
    return join(
      wanted.split(' | ').map((source) => SOURCE_WORDS[source as Source] ?? same(source)),
      OR,
    );
  }
  return plain(wanted, kind === 'completed' ? DAYS : LIMITS);
}

type Signs = readonly (readonly [RegExp, Text])[];

const LIMITS: Signs = [
  [/^>= (?<value>.*)$/, { en: 'at least {value}', zh: '不低于 {value}' }],
  [/^<= (?<value>.*)$/, { en: 'at most {value}', zh: '不高于 {value}' }],
  [/^< (?<value>.*)$/, { en: 'below {value}', zh: '低于 {value}' }],
  [/^= (?<value>.*)$/, { en: 'exactly {value}', zh: '恰为 {value}' }],
  [/^\+ (?<value>.*)$/, { en: '{value}', zh: '{value}' }],
  [/^not (?<value>.*)$/, { en: 'other than {value}', zh: '除 {value} 外' }],
  [/^(?<value>passed)$/, { en: 'passed', zh: '合格' }],
];

const DAYS: Signs = [
  [/^>= (?<value>.*)$/, { en: 'on or after {value}', zh: '不早于 {value}' }],
  [/^<= (?<value>.*)$/, { en: 'on or before {value}', zh: '不晚于 {value}' }],
  [/^< (?<value>.*)$/, { en: 'before {value}', zh: '早于 {value}' }],
  [/^within (?<value>\d+) years$/, { en: 'within {value} years', zh: '{value} 年以内' }],
  [/^(?<value>[\d-]+)\.\.$/, { en: 'on or after {value}', zh: '不早于 {value}' }],
  [/^(?<value>[\d-]+)\.\.(?<to>[\d-]+)$/, { en: 'from {value} to {to}', zh: '{value} 至 {to}' }],
];

function plain(wanted: string, signs: Signs): Text {
  for (const [sign, text] of signs) {
    const { value, to } = sign.exec(wanted)?.groups ?? {};
    if (value !== undefined) return put(text, { value: alternatives(value), to: same(to ?? '') });
  }
  return alternatives(wanted);
}

function alternatives(list: string): Text {
  return join(list.split(' | ').map(same), OR);
}
