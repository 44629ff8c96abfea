import type { Text } from '#libs/problems';
import type { CompiledRule, CompiledRulebook } from '../compile/compiled.js';
import { isMeant } from '../lint/catalogue.js';
import type { LintOutcome } from '../lint/finding.js';
import { lotsOfRule } from '../lint/walk.js';
import { isOfCredit, put, same } from './words.js';

/** What a rulebook is about, in one sentence. */
export function summarise({ rulebook, caps }: CompiledRulebook): Text {
  const { target, rules } = rulebook;
  return put(isOfCredit(target) ? SUMMARY : ADMISSION, {
    title: target.title,
    total: same(target.total),
    rules: same(String(rules.length)),
    caps: same(String(caps.length)),
  });
}

const SUMMARY: Text = {
  en: 'What counts towards {title} ({total} credits): {rules} rules, {caps} limits.',
  zh: '哪些学习成果可以转换为“{title}”（共 {total} 学分）的学分：{rules} 条规则、{caps} 项上限。',
};

const ADMISSION: Text = {
  en: 'What it takes for {title}: {rules} rules.',
  zh: '符合“{title}”的条件：{rules} 条规则。',
};

/** The rules of a document whose conditions speak of an outcome, in their order. */
export function rulesAbout(compiled: CompiledRulebook, outcome: LintOutcome): CompiledRule[] {
  return compiled.rules.filter(({ rule }, index) =>
    lotsOfRule(rule, index).some(({ has: { has: select } }) =>
      select.codes.length > 0 ? select.codes.includes(outcome.code) : isMeant(select, outcome),
    ),
  );
}
