import { formatCredits, formatHours } from '#libs/credit';
import type { OutcomeDto } from './outcomes.dto.js';
import type { HeldOutcome } from './outcomes.js';

/** An outcome as the API shows it. */
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
    recordedAt: outcome.recordedAt.toISOString(),
  };
}
