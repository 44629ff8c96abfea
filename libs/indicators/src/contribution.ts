import { nextDay } from '#libs/credit';
import type { Contribution, OutcomeFact } from './facts.js';

/** A contribution that happens on the day of its outcome. */
export function base(
  { learnerId, lotId, institutionId, day, recordedAt }: OutcomeFact,
  measure: Contribution['measure'],
  category: string,
): Contribution {
  return {
    learnerId,
    lotId,
    measure,
    category,
    institutionId,
    day,
    until: null,
    minutes: 0n,
    recordedAt,
  };
}

/** The day after the last day on which something is valid; null when it never ends. */
export function dayAfter(validTo: string | null): string | null {
  return validTo === null ? null : nextDay(validTo);
}
