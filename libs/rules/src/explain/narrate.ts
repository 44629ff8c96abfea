import type { Text } from '#libs/problems';
import { put, same } from '../describe/words.js';
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
 */
export function narrate(decision: Decision): Narrative {
  return {
    granted: decision.granted.map(narrateGrant),
    refused: decision.refused.map(narrateRefused),
    pending: decision.pending.map(narratePending),
    requirements: decision.requirements.map(narrateRequirement),
    missing: decision.missing.map(narrateMissing),
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

export function narrateRefused(refused: Refused): Text {
  const { code, params, ruleTitle } = refused;
  const isCostKnown = code !== 'lot-better-used' || params.gain !== undefined;
  const sentence =
    code === 'condition-false'
      ? sayCondition(params)
      : fill(isCostKnown ? REASONS[code] : COST_UNKNOWN, params);
  const doubt = params.confirmed === 'false' ? UNCONFIRMED : { en: '', zh: '' };
  return {
    en: `${ruleTitle.en}: ${sentence.en}${doubt.en}`,
    zh: `${ruleTitle.zh}：${sentence.zh}${doubt.zh}`,
  };
}

/** The condition that is not met: what it wants in words, and what was read. */
function sayCondition(params: Refused['params']): Text {
  const { operator = '', wanted = '', read } = params;
  const condition = sayOperator(operator, wanted);
  const parts = {
    condition,
    read: read === undefined || operator === 'has' ? same('') : put(READ, { read: same(read) }),
  };
  return closeUp(put(REASONS['condition-false'], parts));
}

function sayOperator(operator: string, wanted: string): Text {
  if (isChange(operator)) {
    return put(CHANGES[operator], { wanted: sayWanted(operator, wanted), names: same(wanted) });
  }
  const sentence = CONDITIONS[operator as keyof typeof CONDITIONS] as Text | undefined;
  const isSum = operator === 'sum';
  const said = { wanted: isSum ? sayWanted('sum', wanted) : sayWanted('code', wanted) };
  return sentence ? put(sentence, said) : same(`${operator} ${wanted}`);
}

function isChange(operator: string): operator is keyof typeof CHANGES {
  return Object.hasOwn(CHANGES, operator);
}

export function narratePending(pending: Pending): Text {
  const waits = pending.waitsFor.map(narrateWaiting);
  return {
    en: `${pending.ruleTitle.en}: ${waits.map(({ en }) => en).join('; ')}.`,
    zh: `${pending.ruleTitle.zh}：${waits.map(({ zh }) => zh).join('；')}。`,
  };
}

function narrateWaiting({ what, lot, course, finding, wanted }: Waiting): Text {
  if (what !== 'finding') {
    return fill(WAITS[what], { lot: lot ?? '', course: course ?? '', finding: '', wanted });
  }
  const found = put(WAITS.finding, {
    lot: same(lot ?? ''),
    course: same(course ?? ''),
    wanted: sayWanted('finding', wanted, { finding }),
  });
  return closeUp(found);
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

export function narrateMissing({ title, changes }: Missing): Text {
  const steps = sayChanges(changes);
  return {
    en: `${title.en}: ${steps.map(({ en }) => en).join('; ')}.`,
    zh: `${title.zh}：${steps.map(({ zh }) => zh).join('；')}。`,
  };
}

function fill(text: Text, params: Readonly<Record<string, string>>): Text {
  const put = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '–');
  return { en: put(text.en), zh: put(text.zh) };
}
