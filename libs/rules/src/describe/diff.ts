import type { Text } from '#libs/problems';
import { canonicalJson } from '../canonical.js';
import type { Rulebook } from '../document/rulebook.js';
import { put, same } from './words.js';

/** One thing in which two versions of a rulebook differ. */
export interface RulebookChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** JSON pointer in the newer version, or in the older one of what was removed. */
  readonly path: string;
  /** The rule, cap or other part by its title. */
  readonly where: Text;
  /** The clause in words, for example "minimum grade". */
  readonly what: Text;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What changed from one version of a rulebook to another, by rule and clause. Parts are found again
 * by their id, whatever their place; the clauses of a condition by their place. Examples and the
 * version number are left out: they change nothing for a learner.
 */
export function diffRulebooks(older: Rulebook, newer: Rulebook): RulebookChange[] {
  const changes: RulebookChange[] = [];
  compare({ value: named(older), path: '' }, { value: named(newer), path: '' }, [], changes);
  return changes;
}

/** One change in a sentence of each language. */
export function describeChange({ kind, where, what, from, to }: RulebookChange): Text {
  const parts = { where, what, from: same(from ?? ''), to: same(to ?? '') };
  if (kind === 'added')
    return put({ en: '{where}: {what} added: {to}', zh: '{where}：新增{what}：{to}' }, parts);
  if (kind === 'removed') {
    return put({ en: '{where}: {what} removed: {from}', zh: '{where}：删除{what}：{from}' }, parts);
  }
  return put({ en: '{where}: {what} {from} -> {to}', zh: '{where}：{what} {from} -> {to}' }, parts);
}

interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** Names of the way to a value, without places in lists. */
type Way = readonly { readonly member: string; readonly title: Text | null }[];

function named(rulebook: Rulebook): unknown {
  return { ...rulebook, examples: null, version: null };
}

function compare(a: Place, b: Place, way: Way, changes: RulebookChange[]): void {
  if (isSame(a.value, b.value)) return;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (!left || !right || isLeaf(a.value) || isLeaf(b.value)) {
    report(a, b, way, changes);
    return;
  }
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [from, to] = [left.get(name), right.get(name)];
    const title = titleOf(to?.value) ?? titleOf(from?.value);
    // Places in a list of clauses say nothing to a person; ids and member names do.
    const isPlace = /^\d+$/.test(name) && !title;
    const next = isPlace ? way : [...way, { member: name, title }];
    compare(
      from ?? { value: undefined, path: `${a.path}/${name}` },
      to ?? { value: undefined, path: `${b.path}/${name}` },
      next,
      changes,
    );
  }
}

function report(a: Place, b: Place, way: Way, changes: RulebookChange[]): void {
  const [from, to] = [textOf(a.value), textOf(b.value)];
  const kind = from === null ? 'added' : to === null ? 'removed' : 'changed';
  const titled = way.findLast(({ title }) => title !== null);
  const below = titled ? way.slice(way.indexOf(titled) + 1) : way;
  changes.push({
    kind,
    path: kind === 'removed' ? a.path : b.path,
    where: titled?.title ?? { en: 'The rulebook', zh: '规则' },
    what: wordsOf((below.length > 0 ? below : way).map(({ member }) => member)),
    from,
    to,
  });
}

/** A value that is told as a whole: a text in two languages, a list of names, an amount. */
function isLeaf(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return value !== undefined;
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object');
  return 'zh' in value && 'en' in value;
}

/** Members of an object, or items of a list by their id, or by their place when they have none. */
function partsOf({ value, path }: Place): Map<string, Place> | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const entries: readonly [string, string, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [keyOf(item) ?? String(index), String(index), item])
    : Object.entries(value).map(([name, member]) => [name, name, member]);
  return new Map(
    entries.map(([name, step, member]) => [name, { value: member, path: `${path}/${step}` }]),
  );
}

function keyOf(item: unknown): string | undefined {
  if (item === null || typeof item !== 'object') return undefined;
  for (const member of ['id', 'code', 'institution']) {
    const key: unknown = Reflect.get(item, member);
    if (typeof key === 'string') return key;
  }
  return undefined;
}

/** What a part of a document is called: by its title, or by its key; null when it has neither. */
export function titleOf(value: unknown): Text | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const title: unknown = Reflect.get(value, 'title');
  if (title !== null && typeof title === 'object' && 'zh' in title) return title as Text;
  const key = keyOf(value);
  return key === undefined ? null : same(key);
}

/** Absent, null and empty all mean that nothing is said. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isSame(a: unknown, b: unknown): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  return canonicalJson(a) === canonicalJson(b);
}

function textOf(value: unknown): string | null {
  if (isNothing(value)) return null;
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value) && isLeaf(value)) return value.join(', ');
  const title = titleOf(value);
  if (title) return `${title.zh} / ${title.en}`;
  if ('zh' in value && 'en' in value) return `${String(value.zh)} / ${String(value.en)}`;
  return canonicalJson(withoutNothing(value));
}

function withoutNothing(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withoutNothing);
  const said = Object.entries(value).filter(([, member]) => !isNothing(member));
  return Object.fromEntries(said.map(([name, member]) => [name, withoutNothing(member)]));
}

/** What the members of a document are called, by the end of the way to them. */
const WORDS: Readonly<Record<string, Text>> = {
  'grade atLeast': { en: 'minimum grade', zh: '最低成绩' },
  'grade below': { en: 'grade below', zh: '成绩低于' },
  'level atLeast': { en: 'minimum level', zh: '最低等级' },
  'level exactly': { en: 'level', zh: '等级' },
  'hours atLeast': { en: 'minimum hours', zh: '最低学时' },
  'credits atLeast': { en: 'minimum credits', zh: '最低学分' },
  'attendance atLeast': { en: 'minimum attendance', zh: '最低出勤率' },
  'judged atLeast': { en: 'minimum finding', zh: '人工认定最低值' },
  'sum atLeast': { en: 'minimum sum', zh: '合计最低值' },
  'completed withinYears': { en: 'years since completion', zh: '完成后的年限' },
  'hoursPerCredit atLeast': { en: 'minimum hours of a credit', zh: '每学分最低学时' },
  'hoursPerCredit atMost': { en: 'maximum hours of a credit', zh: '每学分最高学时' },
  'max percent': { en: 'maximum share in percent', zh: '上限百分比' },
  'has codes': { en: 'outcomes', zh: '成果' },
  'inForce from': { en: 'first day', zh: '生效日期' },
  'inForce to': { en: 'last day', zh: '失效日期' },
  'inForce by': { en: 'day that decides', zh: '生效依据' },
  'expect credits': { en: 'expected credits', zh: '预期学分' },
  'ratios hours': { en: 'hours', zh: '学时' },
  'learner ageAtLeast': { en: 'minimum age', zh: '最低年龄' },
  'completed onOrAfter': { en: 'completed on or after', zh: '完成日期不早于' },
  'completed before': { en: 'completed before', zh: '完成日期早于' },
  'lots shelfLifeYears': { en: 'years of shelf life', zh: '有效年限' },
  total: { en: 'credits of the programme', zh: '专业总学分' },
  accepts: { en: 'credits accepted', zh: '认可学分' },
  atLeast: { en: 'minimum', zh: '最低值' },
  atMost: { en: 'maximum', zh: '最高值' },
  below: { en: 'upper end', zh: '上界' },
  step: { en: 'smallest amount', zh: '最小单位' },
  hours: { en: 'hours', zh: '学时' },
  from: { en: 'first day', zh: '生效日期' },
  to: { en: 'last day', zh: '失效日期' },
  max: { en: 'maximum', zh: '上限' },
  credits: { en: 'credits', zh: '学分' },
  issuer: { en: 'issuers', zh: '颁发机构' },
  remainder: { en: 'remainder', zh: '剩余学分' },
  title: { en: 'title', zh: '名称' },
  value: { en: 'value', zh: '取值' },
  rules: { en: 'rule', zh: '规则' },
  caps: { en: 'cap', zh: '上限' },
  requirements: { en: 'requirement', zh: '要求' },
  rights: { en: 'right', zh: '资格' },
  families: { en: 'family', zh: '同类成果' },
};

/** The words for the end of a way; the names of the members where there are none. */
export function wordsOf(members: readonly string[]): Text {
  const [last = ''] = members.slice(-1);
  const known = WORDS[members.slice(-2).join(' ')] ?? WORDS[last] ?? WORDS[members.at(-2) ?? ''];
  return known ?? same(members.join(' '));
}
