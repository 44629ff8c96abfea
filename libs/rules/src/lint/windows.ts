import type { Window } from '../document/rulebook.js';
import { each } from './finding.js';

/** Rules whose days and those of their document have none in common. */
export const windows = each(({ rulebook, rules }) =>
  rules.flatMap(({ rule, path, agreement }) => {
    const own = [rule.inForce, agreement?.inForce].filter((window) => window != null);
    return own
      .filter(
        (window) => window.by === rulebook.inForce.by && !hasCommonDay(window, rulebook.inForce),
      )
      .map((window) => ({
        code: 'lint-never-in-force' as const,
        severity: 'error' as const,
        path: window === rule.inForce ? `${path}/inForce` : `${path}/under`,
        params: {
          from: window.from,
          to: window.to ?? '…',
          documentFrom: rulebook.inForce.from,
          documentTo: rulebook.inForce.to ?? '…',
        },
      }));
  }),
);

/** Whether two windows have a day in common; an open end goes on for ever. */
export function hasCommonDay(
  a: Pick<Window, 'from' | 'to'>,
  b: Pick<Window, 'from' | 'to'>,
): boolean {
  return (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
}
