import { formatCredits } from '#libs/credit';
import type { Text } from '#libs/problems';
import type {
  CompiledCap,
  CompiledGrant,
  CompiledRule,
  CompiledRulebook,
} from '../compile/compiled.js';
import { formatLimit } from '../format.js';
import type { GrantClause, Requirement, Select, Window } from '../document/rulebook.js';
import { describeClause } from './condition.js';
import {
  COMMA,
  COUNT_WORDS,
  EFFECT_WORDS,
  join,
  LIST,
  OR,
  PER_WORDS,
  put,
  REMAINDER_WORDS,
  same,
  SOURCE_WORDS,
} from './words.js';

/** One part of a rulebook in a sentence. */
export interface Sentence {
  /** JSON pointer of the part. */
  readonly path: string;
  readonly text: Text;
}

/** The whole rulebook in sentences, in the order of the document: what it gives and what limits it. */
export function describeRulebook(compiled: CompiledRulebook): Sentence[] {
  const { rulebook } = compiled;
  const { target, inForce, never, families, duplicates = [], prerequisites = [] } = rulebook;
  return [
    sentence('/target', ABOUT, {
      title: target.title,
      total: same(target.total),
      step: same(target.step),
      window: describeWindow(inForce),
    }),
    ...compiled.rules.map((rule) => ({ path: rule.path, text: describeRule(rule, compiled) })),
    ...compiled.caps.map((cap) => ({ path: cap.path, text: describeCap(cap) })),
    ...never.map(({ title }, index) => sentence(`/never/${index}`, NEVER, { title })),
    ...families.map(({ id, title, outcomes }, index) =>
      sentence(`/families/${index}`, FAMILY, {
        title: title ?? same(id),
        list: join(outcomes.map(same), LIST),
      }),
    ),
    ...duplicates.map(({ id, title }, index) =>
      sentence(`/duplicates/${index}`, DUPLICATE, { title: title ?? same(id) }),
    ),
    ...prerequisites.map(({ title }, index) =>
      sentence(`/prerequisites/${index}`, PREREQUISITE, { title }),
    ),
    ...rulebook.requirements.map((requirement, index) =>
      sentence(`/requirements/${index}`, REQUIREMENT, requirementParts(requirement)),
    ),
    ...rulebook.rights.map((right, index) =>
      sentence(`/rights/${index}`, RIGHT, requirementParts(right)),
    ),
  ];
}

const ABOUT: Text = {
  en: 'Credit of {title}: {total} in all, counted in steps of {step}, {window}.',
  zh: '{title}的学分：总计 {total}，最小单位 {step}，{window}。',
};
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
  return { path, text: put(template, parts) };
}

function requirementParts(of: Requirement): Readonly<Record<string, Text>> {
  return {
    atLeast: same(of.atLeast),
    title: of.title,
    of: describeSelect(of.of),
    per: PER_WORDS[of.per ?? 'learner'],
  };
}

/** One rule in a sentence: what it gives to whom, and the terms. */
export function describeRule(
  { rule, when, grants, agreement }: CompiledRule,
  { rulebook }: CompiledRulebook,
): Text {
  const given = grants.map((grant, index) => describeGrant(grant, rule.grants[index]));
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
  return put(
    {
      en: '{title}: who has {when} gets {given}; {terms}.',
      zh: '{title}：具备 {when} 的，给予{given}；{terms}。',
    },
    {
      title: rule.title,
      when: describeClause(when),
      given: join(given, rule.take === 'all' ? { en: ' and ', zh: '和' } : OR),
      terms: join(terms, COMMA),
    },
  );
}

function describeGrant(grant: CompiledGrant, written: GrantClause | undefined): Text {
  const { effect, course, elective, value, isPartial } = grant;
  const what = course?.title ?? elective?.title ?? same(value ?? '');
  const amount = effect === 'score' || effect === 'right' ? null : describeAmount(grant, written);
  const cut: Text[] = isPartial ? [{ en: 'in part if need be', zh: '可部分认定' }] : [];
  return join([put(EFFECT_WORDS[effect], { what }), ...(amount ? [amount] : []), ...cut], COMMA);
}

function describeAmount({ amount }: CompiledGrant, written: GrantClause | undefined): Text | null {
  if (amount.kind === 'fixed') {
    if (amount.millicredits === 0n) return null;
    return put(
      { en: '{credits} credits', zh: '{credits} 学分' },
      { credits: same(formatCredits(amount.millicredits)) },
    );
  }
  if (amount.kind === 'of-lot') return { en: 'as many as it is worth', zh: '按成果学分' };
  const ratio = typeof written?.credits === 'object' ? written.credits.ratio : '';
  const max = amount.max === null ? [] : [formatCredits(amount.max)];
  return put(
    max.length > 0
      ? { en: 'by its hours ({ratio}), at most {max}', zh: '按学时折算（{ratio}），最多 {max}' }
      : { en: 'by its hours ({ratio})', zh: '按学时折算（{ratio}）' },
    { ratio: same(ratio), max: same(max.join('')) },
  );
}

/** One cap in a sentence. */
export function describeCap({ cap, limit }: CompiledCap): Text {
  const share =
    typeof cap.max === 'string'
      ? same('')
      : put(
          { en: ' ({percent} % of {of})', zh: '（{of} 的 {percent} %）' },
          { percent: same(cap.max.percent), of: same(cap.max.of) },
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
      of: describeSelect(cap.of),
      per: PER_WORDS[cap.per],
      account,
    },
  );
}

/** What a cap or requirement counts; nothing when it counts everything. */
function describeSelect(select: Select): Text {
  const lists: readonly (readonly Text[])[] = [
    select.source.map((source) => SOURCE_WORDS[source]),
    ...[
      select.category,
      select.issuer,
      select.elective,
      select.rule,
      select.course ?? [],
      select.outcome ?? [],
    ].map((names) => names.map(same)),
  ];
  const parts = lists.filter((list) => list.length > 0).map((list) => join(list, OR));
  if (parts.length === 0) return same('');
  return put({ en: ' of {list}', zh: '（{list}）' }, { list: join(parts, LIST) });
}

/** From when to when something holds. */
export function describeWindow({ from, to, by }: Window): Text {
  const day =
    by === 'application'
      ? { en: 'day of the application', zh: '申请日期' }
      : { en: 'day of completion', zh: '完成日期' };
  return put(
    to === null
      ? { en: 'from {from} on ({day})', zh: '自 {from} 起（{day}）' }
      : { en: 'from {from} to {to} ({day})', zh: '{from} 至 {to}（{day}）' },
    { from: same(from), to: same(to ?? ''), day },
  );
}
