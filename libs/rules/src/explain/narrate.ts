import type { Text } from '#libs/problems';
import { OR, put, same } from '../describe/words.js';
import { DECISION_CODES, type DecisionNames, fill, sayAll, sayParams } from './decision-names.js';
import { sayChanges } from './missing-words.js';
import {
  CHANGES,
  CONDITIONS,
  COST_UNKNOWN,
  READ,
  REASONS,
  UNCONFIRMED,
  WAITS,
} from './sentences.js';
import { closeUp, sayWanted } from './wanted.js';
import type {
  Decision,
  Grant,
  Missing,
  Pending,
  Refused,
  RequirementState,
  Waiting,
} from '../types.js';

/** The sentences of a decision, each list in the order of the decision's own. */
export interface Narrative {
  readonly granted: readonly Text[];
  readonly refused: readonly Text[];
  readonly pending: readonly Text[];
  readonly requirements: readonly Text[];
  readonly missing: readonly Text[];
}

/**
 * Says a decision in words. Sentences are made from the data when they are read, so a better wording
 * changes no stored decision.
 *
 * @param names what the reader calls what the decision names by code
 */
export function narrate(decision: Decision, names: DecisionNames = DECISION_CODES): Narrative {
  return {
    granted: decision.granted.map(narrateGrant),
    refused: decision.refused.map((refused) => narrateRefused(refused, names)),
    pending: decision.pending.map((pending) => narratePending(pending, names)),
    requirements: decision.requirements.map(narrateRequirement),
    missing: decision.missing.map((missing) => narrateMissing(missing, names)),
  };
}

export function narrateGrant(grant: Grant): Text {
  const { credits, courseTitle, course, elective, effect, value } = grant;
  const what = value ?? course ?? elective ?? '';
  const name = courseTitle ?? { en: what, zh: what };
  const { lots } = grant;
  const by = (en: string, zh: string): Text => ({
    en: `${grant.ruleTitle.en}: ${en}${lots.length > 0 ? ` (${lots.join(', ')})` : ''}.`,
    zh: `${grant.ruleTitle.zh}：${zh}${lots.length > 0 ? `（${lots.join('、')}）` : ''}。`,
  });
  if (effect === 'right') return by(`opens the right "${what}"`, `取得资格“${what}”`);
  if (effect === 'score') return by(`gives the score ${what}`, `折算成绩 ${what}`);
  if (effect === 'exemption') {
    return by(
      `exempt from ${name.en}, ${creditsOf(credits)}`,
      `免修/免考 ${name.zh}，${credits} 学分`,
    );
  }
  // The code of a pool is a word of the rulebook; a decision does not keep its title.
  if (course === null && elective !== null) {
    return by(creditsOf(credits, 'elective '), `计选修 ${credits} 学分`);
  }
  return by(`${creditsOf(credits)} for ${name.en}`, `${name.zh} 计 ${credits} 学分`);
}

function creditsOf(credits: string, kind = ''): string {
  return credits === '1' ? `1 ${kind}credit` : `${credits} ${kind}credits`;
}

export function narrateRefused(refused: Refused, names: DecisionNames = DECISION_CODES): Text {
  const { code, params, ruleTitle } = refused;
  const isCostKnown = code !== 'lot-better-used' || params.gain !== undefined;
  const sentence =
    code === 'condition-false'
      ? sayCondition(params, names)
      : fill(isCostKnown ? REASONS[code] : COST_UNKNOWN, sayParams(params, names));
  const doubt = params.confirmed === 'false' ? UNCONFIRMED : { en: '', zh: '' };
  return {
    en: `${ruleTitle.en}: ${sentence.en}${doubt.en}`,
    zh: `${ruleTitle.zh}：${sentence.zh}${doubt.zh}`,
  };
}

/** The condition that is not met: what it wants in words, and what was read. */
function sayCondition(params: Refused['params'], names: DecisionNames): Text {
  const { operator = '', wanted = '', read } = params;
  const condition = sayOperator(operator, wanted, names);
  const parts = {
    condition,
    read: read === undefined || operator === 'has' ? same('') : put(READ, { read: same(read) }),
  };
  return closeUp(put(REASONS['condition-false'], parts));
}

function sayOperator(operator: string, wanted: string, names: DecisionNames): Text {
  if (isChange(operator)) {
    const isCourse = operator === 'recognised';
    const said = isCourse ? names.course(wanted) : sayWanted(operator, wanted);
    return put(CHANGES[operator], { wanted: said, names: same(wanted) });
  }
  const sentence = CONDITIONS[operator as keyof typeof CONDITIONS] as Text | undefined;
  if (!sentence) return same(`${operator} ${wanted}`);
  if (operator === 'has') {
    return put(sentence, { wanted: sayAll(wanted.split(' | '), names.outcome, OR) });
  }
  return put(sentence, { wanted: sayWanted(operator === 'sum' ? 'sum' : 'code', wanted) });
}

function isChange(operator: string): operator is keyof typeof CHANGES {
  return Object.hasOwn(CHANGES, operator);
}

export function narratePending(pending: Pending, names: DecisionNames = DECISION_CODES): Text {
  const waits = pending.waitsFor.map((waiting) => narrateWaiting(waiting, names));
  return {
    en: `${pending.ruleTitle.en}: ${waits.map(({ en }) => en).join('; ')}.`,
    zh: `${pending.ruleTitle.zh}：${waits.map(({ zh }) => zh).join('；')}。`,
  };
}

function narrateWaiting(waiting: Waiting, names: DecisionNames): Text {
  const { what, lot, course, finding, wanted } = waiting;
  const parts = {
    lot: same(lot ?? ''),
    course: course === null ? same('') : names.course(course),
    finding: same(''),
  };
  if (what !== 'finding') {
    const said = what === 'recognised' ? names.course(wanted) : same(wanted);
    return fill(WAITS[what], { ...parts, wanted: said });
  }
  const found = { ...parts, wanted: sayWanted('finding', wanted, { finding }) };
  return closeUp(put(WAITS.finding, found));
}

export function narrateRequirement(state: RequirementState): Text {
  const { title, needed, have, short, met } = state;
  return met
    ? {
        en: `${title.en}: ${have} of ${needed}, met.`,
        zh: `${title.zh}：${have}/${needed}，已满足。`,
      }
    : {
        en: `${title.en}: ${have} of ${needed}, ${short} short.`,
        zh: `${title.zh}：${have}/${needed}，还差 ${short}。`,
      };
}

export function narrateMissing(
  { title, changes }: Missing,
  names: DecisionNames = DECISION_CODES,
): Text {
  const steps = sayChanges(changes, names);
  return {
    en: `${title.en}: ${steps.map(({ en }) => en).join('; ')}.`,
    zh: `${title.zh}：${steps.map(({ zh }) => zh).join('；')}。`,
  };
}
