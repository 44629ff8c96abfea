import { formatCredits } from '#libs/credit';
import type { Text } from '#libs/problems';
import type {
  CompiledCap,
  CompiledGrant,
  CompiledRule,
  CompiledRulebook,
} from '../compile/compiled.js';
import { formatLimit } from '../format.js';
import type { GrantClause, Requirement, Rulebook, Select, Window } from '../document/rulebook.js';
import { closeUp } from '../explain/wanted.js';
import { describeClause } from './condition.js';
import {
  CODES,
  COMMA,
  COUNT_WORDS,
  EFFECT_WORDS,
  isOfCredit,
  join,
  LIST,
  type Names,
  OR,
  PER_WORDS,
  put,
  REMAINDER_WORDS,
  same,
  sayCategory,
  sayDay,
  SOURCE_WORDS,
} from './words.js';

/** One part of a rulebook in a sentence. */
export interface Sentence {
  /** JSON pointer of the part. */
  readonly path: string;
  readonly text: Text;
}

/** The whole rulebook in sentences, in the order of the document: what it gives and what limits it. */
export function describeRulebook(compiled: CompiledRulebook, names: Names = CODES): Sentence[] {
  const { rulebook } = compiled;
  const { target, inForce, never, families, duplicates = [], prerequisites = [] } = rulebook;
  return [
    sentence('/target', isOfCredit(target) ? ABOUT : ABOUT_ADMISSION, {
      title: target.title,
      total: same(target.total),
      step: same(target.step),
      window: describeWindow(inForce),
    }),
    ...compiled.rules.map((rule) => ({
      path: rule.path,
      text: describeRule(rule, compiled, names),
    })),
    ...compiled.caps.map((cap) => ({ path: cap.path, text: describeCap(cap, rulebook, names) })),
    ...never.map(({ title }, index) => sentence(`/never/${index}`, NEVER, { title })),
    ...families.map(({ id, title, outcomes }, index) =>
      sentence(`/families/${index}`, FAMILY, {
        title: title ?? same(id),
        list: join(outcomes.map(names.outcome), LIST),
      }),
    ),
    ...duplicates.map(({ id, title }, index) =>
      sentence(`/duplicates/${index}`, DUPLICATE, { title: title ?? same(id) }),
    ),
    ...prerequisites.map(({ title }, index) =>
      sentence(`/prerequisites/${index}`, PREREQUISITE, { title }),
    ),
    ...rulebook.requirements.map((requirement, index) =>
      sentence(
        `/requirements/${index}`,
        REQUIREMENT,
        requirementParts(requirement, rulebook, names),
      ),
    ),
    ...rulebook.rights.map((right, index) =>
      sentence(`/rights/${index}`, RIGHT, requirementParts(right, rulebook, names)),
    ),
  ];
}

const ABOUT: Text = {
  en: '{title}: {total} credits in all, counted in steps of {step}, {window}.',
  zh: '{title}：专业总学分 {total}，最小计分单位 {step} 学分，{window}。',
};
/** Documents of admission give no credit, so they have neither a total nor a step of it. */
const ABOUT_ADMISSION: Text = { en: '{title}: {window}.', zh: '{title}：{window}。' };
const NEVER: Text = { en: 'Never: {title}.', zh: '一律不予：{title}。' };
const FAMILY: Text = { en: '{title}: of {list} one counts.', zh: '{title}：{list} 只计一项。' };
const DUPLICATE: Text = {
  en: '{title}: outcomes whose names say the same count once.',
  zh: '{title}：名称相同的成果只计一项。',
};
const PREREQUISITE: Text = { en: 'First: {title}.', zh: '先修：{title}。' };
const REQUIREMENT: Text = {
  en: 'The award wants at least {atLeast} credits{of}{per}: {title}.',
  zh: '授予条件：{title}，至少 {atLeast} 学分{of}{per}。',
};
const RIGHT: Text = {
  en: 'From {atLeast} credits{of} on: {title}.',
  zh: '满 {atLeast} 学分{of}：{title}。',
};

function sentence(path: string, template: Text, parts: Readonly<Record<string, Text>>): Sentence {
  return { path, text: closeUp(put(template, parts)) };
}

function requirementParts(
  of: Requirement,
  rulebook: Rulebook,
  names: Names,
): Readonly<Record<string, Text>> {
  return {
    atLeast: same(of.atLeast),
    title: of.title,
    of: describeSelect(of.of, rulebook, names),
    per: PER_WORDS[of.per ?? 'learner'],
  };
}

/** One rule in a sentence: what it gives to whom, and the terms. */
export function describeRule(
  { rule, when, grants, agreement }: CompiledRule,
  { rulebook }: CompiledRulebook,
  names: Names = CODES,
): Text {
  const given = grants.map((grant, index) => describeGrant(grant, rule.grants[index], rulebook));
  const pool = rulebook.target.electives.find(({ code }) => code === rule.remainderTo)?.title;
  const terms = [
    put(REMAINDER_WORDS[rule.remainder], { pool: pool ?? same(rule.remainderTo ?? '') }),
    ...(rule.shortfall === 'allow'
      ? [{ en: 'an outcome worth less is accepted', zh: '成果学分不足也可认定' }]
      : []),
    ...(rule.inForce ? [describeWindow(rule.inForce)] : []),
    ...(agreement
      ? [put({ en: 'under "{title}"', zh: '依据“{title}”' }, { title: agreement.title })]
      : []),
  ];
  const text = put(
    {
      en: '{title}: who has {when} gets {given}; {terms}.',
      zh: '{title}：具备 {when} 的，{given}；{terms}。',
    },
    {
      title: rule.title,
      when: describeClause(when, names),
      given: join(given, rule.take === 'all' ? { en: ' and ', zh: '，并' } : OR),
      terms: join(terms, COMMA),
    },
  );
  return closeUp(text);
}

function describeGrant(
  grant: CompiledGrant,
  written: GrantClause | undefined,
  rulebook: Rulebook,
): Text {
  const { effect, course, elective, value, isPartial } = grant;
  const what = course?.title ?? elective?.title ?? same(value ?? '');
  const isAmount = effect === 'credit' || effect === 'exemption';
  const amount = isAmount ? describeAmount(grant, written, rulebook) : null;
  const cut: Text[] = isPartial ? [{ en: 'in part if need be', zh: '可部分认定' }] : [];
  const isFixed = grant.amount.kind === 'fixed';
  const given = join(
    [put(EFFECT_WORDS[effect], { what }), ...(amount ? [amount] : [])],
    isFixed ? { en: ', ', zh: ' ' } : COMMA,
  );
  return join([given, ...cut], COMMA);
}

function describeAmount(
  { amount }: CompiledGrant,
  written: GrantClause | undefined,
  { ratios }: Rulebook,
): Text | null {
  if (amount.kind === 'fixed') {
    if (amount.millicredits === 0n) return null;
    return put(
      { en: '{credits} credits', zh: '{credits} 学分' },
      { credits: same(formatCredits(amount.millicredits)) },
    );
  }
  if (amount.kind === 'of-lot') return { en: 'as many as it is worth', zh: '学分按成果计' };
  const name = typeof written?.credits === 'object' ? written.credits.ratio : '';
  const ratio = Object.hasOwn(ratios, name) ? ratios[name] : undefined;
  const max = amount.max === null ? [] : [formatCredits(amount.max)];
  return put(
    max.length > 0
      ? {
          en: 'by its hours ({hours} hours to {credits}), at most {max}',
          zh: '按学时折算（每 {hours} 学时计 {credits} 学分），最多 {max} 学分',
        }
      : {
          en: 'by its hours ({hours} hours to {credits})',
          zh: '按学时折算（每 {hours} 学时计 {credits} 学分）',
        },
    {
      hours: same(ratio?.hours ?? '?'),
      credits: same(ratio?.credits ?? '?'),
      max: same(max.join('')),
    },
  );
}

/** One cap in a sentence. */
export function describeCap(
  { cap, limit }: CompiledCap,
  rulebook: Rulebook,
  names: Names = CODES,
): Text {
  const share =
    typeof cap.max === 'string'
      ? same('')
      : put(
          { en: ' ({percent} % of {of})', zh: '（{of}的 {percent}%）' },
          { percent: same(cap.max.percent), of: wholeOf(cap.max.of) },
        );
  const account =
    cap.account === undefined
      ? same('')
      : put(
          { en: ', counted with other programmes ({name})', zh: '，与其他专业合并计算（{name}）' },
          { name: same(cap.account) },
        );
  return put(
    {
      en: '{title}: at most {limit} {counts}{share}{of}{per}{account}.',
      zh: '{title}：最多 {limit} {counts}{share}{of}{per}{account}。',
    },
    {
      title: cap.title ?? same(cap.id),
      limit: same(formatLimit(cap.counts, limit)),
      counts: COUNT_WORDS[cap.counts],
      share,
      of: describeSelect(cap.of, rulebook, names),
      per: PER_WORDS[cap.per],
      account,
    },
  );
}

/** What a share is a share of: the programme, or the courses of a category. */
function wholeOf(of: string): Text {
  if (of === 'total') return { en: 'all credits of the programme', zh: '专业总学分' };
  return put({ en: 'the credits of "{of}"', zh: '“{of}”学分' }, { of: sayCategory(of) });
}

/** What a cap or requirement counts; nothing when it counts everything. */
function describeSelect(select: Select, { target, rules }: Rulebook, names: Names): Text {
  const elective = titlesOf(target.electives, ({ code }) => code);
  const course = titlesOf(target.courses, ({ code }) => code);
  const rule = titlesOf(rules, ({ id }) => id);
  const lists: readonly (readonly Text[])[] = [
    select.source.map((source) => SOURCE_WORDS[source]),
    select.category.map(sayCategory),
    select.issuer.map(names.institution),
    select.elective.map(elective),
    select.rule.map(rule),
    (select.course ?? []).map(course),
    (select.outcome ?? []).map(names.outcome),
  ];
  const parts = lists.filter((list) => list.length > 0).map((list) => join(list, OR));
  if (parts.length === 0) return same('');
  return put({ en: ' of {list}', zh: '（{list}）' }, { list: join(parts, LIST) });
}

/** Parts of a document by the titles it gives them. */
function titlesOf<T extends { readonly title: Text }>(
  parts: readonly T[],
  keyOf: (part: T) => string,
): (key: string) => Text {
  const titles = new Map(parts.map((part) => [keyOf(part), part.title]));
  return (key) => titles.get(key) ?? same(key);
}

/** From when to when something holds. */
export function describeWindow({ from, to, by }: Window): Text {
  const day =
    by === 'application'
      ? { en: 'by the day of the application', zh: '以申请日期为准' }
      : { en: 'by the day of completion', zh: '以完成日期为准' };
  return put(
    to === null
      ? { en: 'from {from} on ({day})', zh: '自{from}起（{day}）' }
      : { en: 'from {from} to {to} ({day})', zh: '{from}至{to}（{day}）' },
    { from: sayDay(from), to: sayDay(to ?? ''), day },
  );
}
