import { formatCredits, formatHours } from '#libs/credit';
import { parseCircumstances } from '#libs/indicators';
import { type Principal, isSelf } from '../platform/auth/index.js';
import type { CircumstancesDto, OutcomeDto } from './outcomes.dto.js';
import type { HeldOutcome } from './outcomes.js';

/** An outcome as the API shows it to everybody who may see it. */
export function toOutcomeDto({ outcome, definition, lot, state }: HeldOutcome): OutcomeDto {
  return {
    id: outcome.lotId,
    learnerId: outcome.learnerId,
    code: definition.code,
    title: definition.title,
    kind: definition.kind,
    category: definition.category.code,
    institutionId: outcome.institutionId,
    institution: definition.institution,
    externalId: outcome.externalId,
    startedOn: outcome.startedOn,
    completedOn: outcome.completedOn,
    grade: outcome.grade,
    level: outcome.level,
    hours: outcome.minutes === null ? null : formatHours(outcome.minutes),
    attendancePercent: outcome.attendancePercent,
    credits: lot ? formatCredits(lot.deposited) : null,
    available: formatCredits(lot?.available ?? 0n),
    held: formatCredits(lot?.held ?? 0n),
    used: formatCredits(lot?.used ?? 0n),
    noCreditReason: outcome.noCreditReason,
    state,
    expiresOn: lot?.expiresOn ?? null,
    circumstances: null,
    recordedAt: outcome.recordedAt.toISOString(),
  };
}

/** {@link toOutcomeDto} with what concerns the learner alone and the school that stated it. */
export function toOutcomeDtoFor(principal: Principal, held: HeldOutcome): OutcomeDto {
  const { learnerId, institutionId, circumstances } = held.outcome;
  const mayKnow = isSelf(principal, learnerId) || principal.institutionId === institutionId;
  const shown = toOutcomeDto(held);
  return mayKnow && circumstances ? { ...shown, circumstances: saidOf(circumstances) } : shown;
}

/** Only what was said: an absent field is one of which nothing is known. */
function saidOf(text: string): CircumstancesDto {
  const { groups, trainingKind, subsidised, employment, origin } = parseCircumstances(text);
  return {
    ...(groups && { groups: [...groups] }),
    ...(trainingKind && { trainingKind }),
    ...(subsidised !== null && { subsidised }),
    ...(employment && { employment }),
    ...(origin !== null && { origin }),
  };
}
