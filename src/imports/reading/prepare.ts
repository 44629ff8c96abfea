import {
  type CompletionDraft,
  type DraftPerson,
  type Mapped,
  type MappedOutcome,
  type RowFault,
  maskValue,
} from '#libs/exchange';
import { documentKey, nameKey } from '#libs/identity';
import { keyedIndex } from '../../platform/crypto/cipher.js';
import type { IndexVersion } from '../../platform/crypto/keyring.js';
import { hashIdInRun } from '../../platform/ids/index.js';
import { SeenTable, keyOfDigest, keyOfId } from './seen-table.js';

/** A draft whose place in the books is known, of a person whose index is. */
export interface PreparedDraft extends CompletionDraft {
  readonly person: DraftPerson & { readonly index: string };
  readonly lotId: string;
}

/** An outcome of the file that has its key and contradicts no row before it. */
export interface PreparedOutcome extends Pick<MappedOutcome, 'rows' | 'columns'> {
  readonly draft: PreparedDraft;
  /** True when it only adds to an outcome of the same file, as another waived course does. */
  readonly isAddition: boolean;
}

export interface Prepared {
  readonly outcomes: readonly PreparedOutcome[];
  readonly faults: readonly RowFault[];
}

/** What makes the keys of a file's outcomes and people. */
export interface KeyMaking {
  readonly institutionId: string;
  /** The kind of thing that ids of outcomes are hashed as. */
  readonly idKind: string;
  /** How people are indexed. */
  readonly index: IndexVersion;
  /** Makes ids of rows that have none. */
  readonly rowKey: Buffer;
}

/** People of whom the last rows spoke; the next rows mostly speak of the same. */
const PEOPLE_KEPT = 2_048;

interface KnownPerson {
  readonly index: Buffer;
  readonly indexText: string;
  /** The first name that the file gives; undefined while it gives none. */
  nameKey?: string;
}

/**
 * Compares each outcome with those before it in the same file: a key used twice, one person with
 * two names, rows of one outcome that disagree. Forgets nothing between rows, so rows must be given
 * in file order and from the first row on.
 */
export class Preparer {
  readonly #seen: SeenTable;
  readonly #people = new Map<string, KnownPerson>();

  /** @param folder where what memory should not hold may lie */
  constructor(
    private readonly making: KeyMaking,
    folder: string,
  ) {
    this.#seen = new SeenTable(folder);
  }

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

  close(): void {
    this.#seen.close();
  }

  #outcome(outcome: MappedOutcome): PreparedOutcome | RowFault {
    const row = outcome.rows[0] ?? 0;
    const { naturalKey, rows, columns } = outcome;
    const externalId = naturalKey ? this.#keyOf(naturalKey) : outcome.draft.externalId;
    const { institutionId, idKind } = this.making;
    const lotId = hashIdInRun(idKind, institutionId, externalId);
    const earlier = this.#seen.add(keyOfId(lotId), row, naturalKey ? statedIn(outcome.draft) : '');
    if (earlier && !naturalKey) {
      const params = { firstRow: String(earlier.row) };
      return this.#fault(outcome, 'externalId', externalId, { code: 'duplicate-in-file', params });
    }
    if (earlier && !earlier.saidSame) {
      const params = { firstRow: String(earlier.row) };
      const value = outcome.draft.grade ?? '';
      return this.#fault(outcome, 'grade', value, { code: 'rows-disagree', params });
    }
    const { person } = outcome.draft;
    if (!('document' in person)) throw new Error('files name people by their documents');
    const known = this.#personOf(person);
    if (person.name !== null && this.#isOtherName(known, person.name, row)) {
      return this.#fault(outcome, 'name', person.name, { code: 'name-mismatch' });
    }
    const made = { externalId, lotId, index: known.indexText };
    const draft = withKeys(outcome.draft, person, made);
    return { rows, draft, columns, isAddition: earlier !== undefined };
  }

  /** Keyed: a natural key holds an identity number, and a plain hash of one can be guessed. */
  #keyOf(naturalKey: readonly string[]): string {
    const { rowKey, institutionId } = this.making;
    const text = JSON.stringify(['exchange-key', institutionId, ...naturalKey]);
    return keyedIndex(rowKey, text).toString('base64url');
  }

  #personOf({ document }: DraftPerson): KnownPerson {
    const key = documentKey(document, this.making.institutionId);
    let known = this.#people.get(key);
    if (!known) {
      const { key: indexKey, cipher } = this.making.index;
      const index = keyedIndex(indexKey, key, cipher);
      known = { index, indexText: index.toString('latin1') };
      if (this.#people.size >= PEOPLE_KEPT) this.#people.clear();
      this.#people.set(key, known);
    }
    return known;
  }

  #isOtherName(person: KnownPerson, name: string, row: number): boolean {
    const key = nameKey(name);
    if (person.nameKey !== undefined) return person.nameKey !== key;
    const earlier = this.#seen.add(keyOfDigest(person.index), row, key);
    if (earlier && !earlier.saidSame) return true;
    person.nameKey = key;
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

/** Written out: a spread of this many fields costs as much as reading the row. */
function withKeys(
  draft: CompletionDraft,
  { name, document }: DraftPerson,
  { externalId, lotId, index }: { externalId: string; lotId: string; index: string },
): Required<PreparedDraft> {
  return {
    externalId,
    lotId,
    person: { name, document, index },
    outcome: draft.outcome,
    startedOn: draft.startedOn ?? null,
    completedOn: draft.completedOn,
    grade: draft.grade,
    level: draft.level,
    minutes: draft.minutes,
    credits: draft.credits,
    attendancePercent: draft.attendancePercent,
    exemptions: draft.exemptions,
    note: draft.note,
    circumstances: draft.circumstances ?? null,
  };
}

/** What rows of one outcome that stand apart must say alike. */
function statedIn({ grade, credits, minutes }: CompletionDraft): string {
  return JSON.stringify([grade, String(credits), String(minutes)]);
}

/** A fault of an outcome is a fault of every row that makes it up. */
export function spread<T extends RowFault>(fault: T, rows: readonly number[]): T[] {
  return rows.map((row) => ({ ...fault, row }));
}
