import type { Text } from '#libs/problems';
import { sayChanges } from './missing-words.js';
import { COST_UNKNOWN, REASONS, UNCONFIRMED, WAITS } from './sentences.js';
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
  const lots = grant.lots.join(', ');
  const by = (en: string, zh: string): Text => ({
    en: `${grant.ruleTitle.en}: ${en}${lots ? ` (${lots})` : ''}.`,
    zh: `${grant.ruleTitle.zh}：${zh}${lots ? `（${lots}）` : ''}。`,
  });
  if (effect === 'right') return by(`opens the right "${what}"`, `取得资格“${what}”`);
  if (effect === 'score') return by(`gives the score ${what}`, `折算成绩 ${what}`);
  if (effect === 'exemption') {
    return by(
      `exempt from ${name.en}, ${credits} credits`,
      `免修/免考 ${name.zh}，${credits} 学分`,
    );
  }
  return by(`${credits} credits for ${name.en}`, `${name.zh} 计 ${credits} 学分`);
}

export function narrateRefused(refused: Refused): Text {
  const { code, params, ruleTitle } = refused;
  const isCostKnown = code !== 'lot-better-used' || params.gain !== undefined;
  const sentence = fill(isCostKnown ? REASONS[code] : COST_UNKNOWN, params);
  const doubt = params.confirmed === 'false' ? UNCONFIRMED : { en: '', zh: '' };
  return {
    en: `${ruleTitle.en}: ${sentence.en}${doubt.en}`,
    zh: `${ruleTitle.zh}：${sentence.zh}${doubt.zh}`,
  };
}

export function narratePending(pending: Pending): Text {
  const waits = pending.waitsFor.map(narrateWaiting);
  return {
    en: `${pending.ruleTitle.en}: ${waits.map(({ en }) => en).join('; ')}.`,
    zh: `${pending.ruleTitle.zh}：${waits.map(({ zh }) => zh).join('；')}。`,
  };
}

function narrateWaiting({ what, lot, course, finding, wanted }: Waiting): Text {
  const params = { lot: lot ?? '', course: course ?? '', finding: finding ?? '', wanted };
  return fill(WAITS[what], params);
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
