import type { Text } from '#libs/problems';
import { canonicalJson, sha256Hex } from '#libs/rules';
import type { ApplicationEvent, Vote } from './application.js';
import type { ApplicationState } from './application-states.js';
import type { ApplicationDto } from './conversions.dto.js';
import type { DecisionDto } from './decision.dto.js';
import type { DecisionLetterDto, LetterAppealDto } from './letter.dto.js';

/** States in which there is a decision to write about. */
const VERDICTS = {
  booked: 'granted',
  rejected: 'rejected',
  returned: 'returned',
  refused: 'refused',
  revoked: 'reversed',
} as const satisfies Partial<Record<ApplicationState, DecisionLetterDto['verdict']>>;

const TITLES: Record<DecisionLetterDto['verdict'], Text> = {
  granted: { en: 'Recognition of learning outcomes', zh: '学习成果认定决定书' },
  rejected: { en: 'Rejection of an application', zh: '学习成果认定申请驳回决定书' },
  returned: { en: 'Return of an application', zh: '学习成果认定申请退回通知书' },
  refused: { en: 'No recognition under the rules', zh: '学习成果不予认定通知书' },
  reversed: { en: 'Reversal of a recognition', zh: '学习成果认定冲正通知书' },
};

/** What a letter is made of. */
export interface LetterParts {
  readonly application: ApplicationDto;
  readonly programmeTitle: Text;
  /** Every step, oldest first. */
  readonly events: readonly ApplicationEvent[];
  /** What panels said that are through, oldest first. */
  readonly votes: readonly Vote[];
}

export function verdictOf(state: ApplicationState): DecisionLetterDto['verdict'] | undefined {
  return (VERDICTS as Partial<Record<ApplicationState, DecisionLetterDto['verdict']>>)[state];
}

/**
 * The decision as a letter tells it. Made of rows that never change and of nothing that depends on
 * the day it is read; its hash is the SHA-256 of its canonical JSON without the hash.
 *
 * @param verdict of {@link verdictOf}
 */
export function letterOf(
  { application, programmeTitle, events, votes }: LetterParts,
  verdict: DecisionLetterDto['verdict'],
): DecisionLetterDto {
  const { decision } = application;
  const letter: Omit<DecisionLetterDto, 'hash'> = {
    format: 'credit-bank-decision-letter/1',
    applicationId: application.id,
    verdict,
    title: TITLES[verdict],
    parties: {
      learnerId: application.learnerId,
      learnerName: application.learnerName,
      institution: application.institution,
      requestedBy: application.requestedBy,
    },
    asked: { programme: application.programme, title: programmeTitle, on: application.on },
    credits: verdict === 'granted' ? (decision?.credits ?? '0') : '0',
    granted: verdict === 'granted' && decision ? grantedOf(decision) : [],
    refused: decision ? refusedOf(decision) : [],
    requirements: decision ? decision.requirements.map(({ text, met }) => ({ text, met })) : [],
    reasons: reasonsOf(events, votes),
    rulebook: decision && { ...decision.rulebook },
    engine: decision?.engine ?? null,
    decisionHash: application.decisionHash,
    submittedAt: timeOf(events, 'submit'),
    evaluatedAt: application.decidedAt,
    decidedAt: events.at(-1)?.recordedAt.toISOString() ?? application.changedAt,
    appeal: appealOf(application),
  };
  // Members in the order of canonical JSON, so that what is sent can be hashed as it is.
  const hash = sha256Hex(canonicalJson(letter));
  return JSON.parse(canonicalJson({ ...letter, hash })) as DecisionLetterDto;
}

function grantedOf({ granted }: DecisionDto): DecisionLetterDto['granted'] {
  return granted.map(({ text, rule, basis, credits, course, courseTitle, grade, lots }) => ({
    text,
    rule,
    basis,
    credits,
    course,
    courseTitle,
    grade,
    outcomes: [...lots],
  }));
}

/** Each refusal with the nearest change that would turn it. */
function refusedOf({ refused, missing }: DecisionDto): DecisionLetterDto['refused'] {
  return refused.map(({ text, rule, basis, code }) => ({
    text,
    rule,
    basis,
    code,
    nearestChange: missing.find((one) => one.rule === rule)?.text ?? null,
  }));
}

/**
 * What people wrote who decided: each vote, or what was written before votes were kept; and of whoever
 * closed it because it could not be evaluated.
 */
function reasonsOf(
  events: readonly ApplicationEvent[],
  votes: readonly Vote[],
): DecisionLetterDto['reasons'] {
  const round = events.some(({ action }) => action === 'appeal') ? 2 : 1;
  const voted = votes.map((vote) => ({
    round: vote.round,
    verdict: vote.verdict,
    note: vote.note,
    at: vote.recordedAt.toISOString(),
  }));
  const said = events.flatMap(({ action, note, recordedAt }) => {
    const at = recordedAt.toISOString();
    if (action === 'close') return [{ round, verdict: 'return' as const, note, at }];
    const isDecision = action === 'approve' || action === 'reject' || action === 'return';
    return isDecision && votes.length === 0 ? [{ round: 1, verdict: action, note, at }] : [];
  });
  return [...voted, ...said];
}

function appealOf({ state, appealUntil, appeal }: ApplicationDto): LetterAppealDto | null {
  if (appealUntil !== null) {
    return {
      until: appealUntil,
      text: {
        en: `You may appeal once, until ${appealUntil}. A second panel decides, nobody of which took part in this decision; what it decides is final.`,
        zh: `如有异议，可在 ${appealUntil} 前（含当日）申诉一次，由未参加本次认定的另一评审组复审，复审决定为最终决定。`,
      },
    };
  }
  if (appeal === null || (state !== 'rejected' && state !== 'booked')) return null;
  return {
    until: null,
    text: {
      en: 'This was decided on appeal and is final.',
      zh: '本决定经申诉复审作出，为最终决定。',
    },
  };
}

function timeOf(events: readonly ApplicationEvent[], action: string): string | null {
  return events.find((event) => event.action === action)?.recordedAt.toISOString() ?? null;
}
