import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Cells, HEAD, type Row, type Verdict, lineOf } from './clerk.js';

const PIECE_BYTES = 64 * 1024;

/** A file as it is sent, and what must become of it. */
export interface SentFile {
  readonly house: string;
  readonly path: string;
  /** One line a faulty row: its number and the code. */
  readonly faultsPath: string;
  readonly rows: number;
  readonly fit: number;
  readonly known: number;
  readonly faulty: number;
}

/**
 * The files of all institutions, those of the first round and those of the later. Written while
 * learners are made, so that memory does not grow with the city.
 */
export class Papers {
  readonly #sets: ReadonlyMap<string, PaperSet>;

  constructor(
    houses: readonly { readonly code: string }[],
    { folder, rowsAFile }: { folder: string; rowsAFile: number },
  ) {
    this.#sets = new Map(
      (['first', 'later'] as const).flatMap((round) =>
        houses.map(({ code }): [string, PaperSet] => {
          const name = `${code}-${round}`;
          return [name, new PaperSet(join(folder, name), { house: code, rowsAFile })];
        }),
      ),
    );
  }

  /** Writes the rows about one learner. */
  write(rows: readonly Row[]): void {
    const sets = rows.map(({ house, round }) => this.#sets.get(`${house}-${round}`) as PaperSet);
    for (const set of new Set(sets)) set.turnWhenFull();
    rows.forEach(({ cells, verdict }, i) => sets[i]?.add(cells, verdict));
  }

  /** All files, those of the first round before the others. */
  close(): SentFile[] {
    return [...this.#sets.values()].flatMap((set) => set.close());
  }
}

/** Of one institution and time; a new file begins when one is full. */
class PaperSet {
  readonly #done: SentFile[] = [];
  #open: Paper | null = null;
  #next = 1;

  constructor(
    private readonly path: string,
    private readonly limits: { house: string; rowsAFile: number },
  ) {}

  /** Between learners: what repeats or contradicts a row stands in the file of that row. */
  turnWhenFull(): void {
    if (this.#open && this.#open.rows >= this.limits.rowsAFile) this.#finish();
  }

  add(cells: Cells, verdict: Verdict): void {
    this.#open ??= new Paper(`${this.path}-${this.#next++}`, this.limits.house);
    this.#open.add(cells, verdict);
  }

  close(): SentFile[] {
    this.#finish();
    return this.#done;
  }

  #finish(): void {
    if (this.#open) this.#done.push(this.#open.close());
    this.#open = null;
  }
}

class Paper {
  rows = 0;
  readonly #lines: Lines;
  readonly #faults: Lines;
  readonly #counts = { fit: 0, known: 0, faulty: 0 };

  constructor(
    path: string,
    private readonly house: string,
  ) {
    this.#lines = new Lines(`${path}.csv`);
    this.#faults = new Lines(`${path}.faults`);
    this.#lines.add(HEAD);
  }

  add(cells: Cells, verdict: Verdict): void {
    this.rows += 1;
    this.#lines.add(lineOf(cells));
    const isGood = verdict === 'fit' || verdict === 'known';
    this.#counts[isGood ? verdict : 'faulty'] += 1;
    // As a spreadsheet counts: the head line is row 1.
    if (!isGood) this.#faults.add(`${this.rows + 1} ${verdict}`);
  }

  close(): SentFile {
    const files = { path: this.#lines.close(), faultsPath: this.#faults.close() };
    return { house: this.house, rows: this.rows, ...files, ...this.#counts };
  }
}

/** Lines of a file, written piece by piece. */
class Lines {
  readonly #file: number;
  #piece = '';

  constructor(private readonly path: string) {
    this.#file = openSync(path, 'w');
  }

  add(line: string): void {
    this.#piece += `${line}\n`;
    if (this.#piece.length > PIECE_BYTES) this.#write();
  }

  close(): string {
    this.#write();
    closeSync(this.#file);
    return this.path;
  }

  #write(): void {
    if (this.#piece !== '') writeSync(this.#file, this.#piece);
    this.#piece = '';
  }
}
