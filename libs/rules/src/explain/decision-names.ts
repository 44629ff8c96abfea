import type { Text } from '#libs/problems';
import type { Rulebook } from '../document/rulebook.js';
import { CODES, type Names, join, same } from '../describe/words.js';

type Called = (code: string) => Text;

/** What a reader calls the things that a decision names by code. */
export interface DecisionNames extends Names {
  readonly course: Called;
  readonly rule: Called;
  readonly cap: Called;
  readonly never: Called;
  readonly agreement: Called;
}

/** Without a catalogue and a rulebook: the codes. */
export const DECISION_CODES: DecisionNames = {
  ...CODES,
  course: same,
  rule: same,
  cap: same,
  never: same,
  agreement: same,
};

/** Courses, rules and limits by the titles that the rulebook gives them, the others by `names`. */
export function decisionNames(rulebook: Rulebook, names: Names): DecisionNames {
  const { target, rules, caps, agreements = [] } = rulebook;
  const limits = [
    ...rulebook.never,
    ...(rulebook.exclusions ?? []),
    ...(rulebook.prerequisites ?? []),
  ];
  return {
    ...names,
    course: byTitle(target.courses.map(({ code, title }) => [code, title])),
    rule: byTitle(rules.map(({ id, title }) => [id, title])),
    cap: byTitle(caps.map(({ id, title }) => [id, title])),
    never: byTitle(limits.map(({ id, title }) => [id, title])),
    agreement: byTitle(agreements.map(({ id, title }) => [id, title])),
  };
}

function byTitle(titles: readonly (readonly [string, Text | null])[]): Called {
  const known = new Map(titles);
  return (code) => known.get(code) ?? same(code);
}

/** Several of one kind; two that are called the same are said once. */
export function sayAll(codes: readonly string[], called: Called, joint: Text): Text {
  const texts = codes.map(called);
  const distinct = new Map(texts.map((text) => [`${text.zh}\n${text.en}`, text]));
  return join([...distinct.values()], joint);
}

/** The numbers and words of a refusal, with what it names by code in words. */
export function sayParams(
  params: Readonly<Record<string, string>>,
  names: DecisionNames,
): Record<string, Text> {
  const called: Readonly<Record<string, Called>> = {
    course: (courses) => sayAll(courses.split(' + '), names.course, same(' + ')),
    by: (rules) => sayAll(rules.split(', '), names.rule, same(', ')),
    cap: names.cap,
    never: names.never,
    agreement: names.agreement,
  };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      return [name, Object.hasOwn(called, name) ? (called[name] as Called)(value) : same(value)];
    }),
  );
}

/** Puts texts into the places `{name}` of a sentence; what is not known is left open. */
export function fill(sentence: Text, parts: Readonly<Record<string, Text>>): Text {
  const one = (language: keyof Text): string =>
    sentence[language].replace(/\{(\w+)\}/g, (_, name: string) => parts[name]?.[language] ?? '–');
  return { en: one('en'), zh: one('zh') };
}
