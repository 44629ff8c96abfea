import { daysOfSpan } from '#libs/credit';
import { each, type LintContext, type LocalFinding } from './finding.js';

const LAPSE_DAYS = 90;

/** Documents and rules that have ended or are about to. */
export const lapsing = each(({ rulebook }, context) => [
  ...endOf(rulebook.id, rulebook.inForce.to, '/inForce/to', context),
  ...(rulebook.agreements ?? []).flatMap(({ id, inForce }, index) =>
    endOf(id, inForce.to, `/agreements/${index}/inForce/to`, context),
  ),
  ...rulebook.rules.flatMap(({ id, inForce }, index) =>
    endOf(id, inForce?.to ?? null, `/rules/${index}/inForce/to`, context),
  ),
]);

/** Says that something ends soon or has ended; nothing when it goes on. */
export function endOf(
  name: string,
  to: string | null,
  path: string,
  { today, lapseDays = LAPSE_DAYS }: LintContext,
): LocalFinding[] {
  if (to === null) return [];
  if (to < today) return [{ code: 'lint-lapsed', severity: 'warning', path, params: { name, to } }];
  const days = daysOfSpan(today, to) - 1;
  if (days > lapseDays) return [];
  const params = { name, to, days: String(days) };
  return [{ code: 'lint-lapses-soon', severity: 'warning', path, params }];
}
