import type { Select } from '../document/rulebook.js';
import type { Source } from '../types.js';

/** What a cap or requirement looks at when it decides whether something counts. */
export interface Counted {
  readonly rule: string;
  readonly category: string | null;
  readonly elective: string | null;
  readonly sources: readonly Source[];
  readonly issuers: readonly string[];
  readonly course: string | null;
  /** Catalogue codes of the outcomes it rests on. */
  readonly outcomes: readonly string[];
}

/** Whether a select speaks of a grant. A grant with lots of several sources counts for each. */
export function isCounted(select: Select, counted: Counted): boolean {
  const fits = (wanted: readonly string[], values: readonly string[]): boolean =>
    wanted.length === 0 || values.some((value) => wanted.includes(value));
  const one = (value: string | null): string[] => (value === null ? [] : [value]);
  return (
    fits(select.source, counted.sources) &&
    fits(select.category, one(counted.category)) &&
    fits(select.issuer, counted.issuers) &&
    fits(select.elective, one(counted.elective)) &&
    fits(select.rule, [counted.rule]) &&
    fits(select.course ?? [], one(counted.course)) &&
    fits(select.outcome ?? [], counted.outcomes)
  );
}
