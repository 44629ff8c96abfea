import {
  type CompletionDraft,
  type Mapped,
  type MappedOutcome,
  type RowFault,
  SeenKeys,
  maskValue,
} from '#libs/exchange';
import { nameKey } from '#libs/identity';

/** An outcome of the file that has its key and contradicts no row before it. */
export interface PreparedOutcome extends Pick<MappedOutcome, 'rows' | 'draft' | 'columns'> {
  /** True when rows elsewhere in the file may belong to the same outcome. */
  readonly isGrouped: boolean;
  /** True when it only adds to an outcome of the same file, as another waived course does. */
  readonly isAddition: boolean;
}

export interface Prepared {
  readonly outcomes: readonly PreparedOutcome[];
  readonly faults: readonly RowFault[];
}

/**
 * Compares each outcome with those before it in the same file: a key used twice, one person with
 * two names, rows of one outcome that disagree. Forgets nothing between rows, so rows must be given
 * in file order and from the first row on.
 */
export class Preparer {
  readonly #seen = new SeenKeys();

  /** @param keyOf makes an external id from a natural key; must be keyed, the key is personal */
  constructor(private readonly keyOf: (naturalKey: readonly string[]) => string) {}

  prepare(mapped: Mapped): Prepared {
    if (mapped.outcomes.length === 0) return { outcomes: [], faults: mapped.faults };
    const outcomes: PreparedOutcome[] = [];
    const faults = [...mapped.faults];
    for (const outcome of mapped.outcomes) {
      const prepared = this.#outcome(outcome);
      if ('code' in prepared) faults.push(...spread(prepared, outcome.rows));
      else outcomes.push(prepared);
    }
    return { outcomes, faults };
  }

  #outcome(outcome: MappedOutcome): PreparedOutcome | RowFault {
    const row = outcome.rows[0] ?? 0;
    const { naturalKey } = outcome;
    const externalId = naturalKey ? this.keyOf(naturalKey) : outcome.draft.externalId;
    const earlier = this.#seen.add(`k|${externalId}`, row);
    if (earlier !== undefined && !naturalKey) {
      const params = { firstRow: String(earlier) };
      return this.#fault(outcome, 'externalId', externalId, { code: 'duplicate-in-file', params });
    }
    if (naturalKey && this.#contradicts(outcome.draft, externalId, { row, earlier })) {
      const params = { firstRow: String(earlier) };
      const value = outcome.draft.grade ?? '';
      return this.#fault(outcome, 'grade', value, { code: 'rows-disagree', params });
    }
    if (this.#isOtherName(outcome.draft, row)) {
      const name = 'name' in outcome.draft.person ? (outcome.draft.person.name ?? '') : '';
      return this.#fault(outcome, 'name', name, { code: 'name-mismatch' });
    }
    const draft = naturalKey ? { ...outcome.draft, externalId } : outcome.draft;
    const { rows, columns } = outcome;
    const isGrouped = naturalKey !== null;
    return { rows, draft, columns, isGrouped, isAddition: earlier !== undefined };
  }

  /** Rows of one outcome that stand apart must say the same about it. */
  #contradicts(
    draft: CompletionDraft,
    externalId: string,
    { row, earlier }: { row: number; earlier: number | undefined },
  ): boolean {
    const { grade, credits, minutes } = draft;
    const stated = `s|${JSON.stringify([externalId, grade, String(credits), String(minutes)])}`;
    if (earlier === undefined) this.#seen.add(stated, row);
    return !this.#seen.has(stated);
  }

  #isOtherName({ person }: CompletionDraft, row: number): boolean {
    if (!('document' in person) || person.name === null) return false;
    const document = `${person.document.kind}|${person.document.number}`;
    const named = `n|${document}|${nameKey(person.name)}`;
    if (this.#seen.add(`d|${document}`, row) !== undefined) return !this.#seen.has(named);
    this.#seen.add(named, row);
    return false;
  }

  #fault(
    outcome: MappedOutcome,
    field: 'externalId' | 'grade' | 'name',
    value: string,
    { code, params }: Pick<RowFault, 'code' | 'params'>,
  ): RowFault {
    return {
      row: outcome.rows[0] ?? 0,
      column: outcome.columns[field] ?? null,
      value: value === '' ? null : maskValue(value, field === 'name' ? 'name' : 'plain'),
      code,
      ...(params && { params }),
    };
  }
}

/** A fault of an outcome is a fault of every row that makes it up. */
export function spread<T extends RowFault>(fault: T, rows: readonly number[]): T[] {
  return rows.map((row) => ({ ...fault, row }));
}
