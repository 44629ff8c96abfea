import { openAsBlob, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Api, Unexpected } from './api.js';
import { type Line, linesOf } from './comparison.js';
import type { Keys } from './furnish.js';
import type { SentFile } from './paper.js';

interface ImportAnswer {
  readonly id: string;
  readonly state: string;
  readonly rows: Readonly<Record<'read' | 'fit' | 'faulty' | 'alreadyPosted' | 'posted', number>>;
  readonly needsSecondPerson: boolean;
}

interface FaultPage {
  readonly items: readonly { readonly row: number; readonly code: string }[];
  readonly next: string | null;
}

/** How long the dry run and the commit of files took, from the receipt on. */
export interface Pace {
  rows: number;
  files: number;
  bytes: number;
  checkMs: number;
  commitMs: number;
}

/** Sends files as institutions do: upload, dry run, commit. */
export class Intake {
  readonly pace: Pace = { rows: 0, files: 0, bytes: 0, checkMs: 0, commitMs: 0 };

  constructor(private readonly api: Api) {}

  /** @returns what the bank said about the file beside what it had to say */
  async send(file: SentFile, { sender, committer }: Keys): Promise<Line[]> {
    const blob = await openAsBlob(file.path);
    const upload = { name: basename(file.path), file: blob };
    const received = await this.api.upload<ImportAnswer>(sender, '/v1/imports', upload);
    const path = `/v1/imports/${received.id}`;
    const [checked, checkMs] = await timed(() => this.#until(sender, path, 'checked'));
    const dryRun = await this.#told(sender, path, checked);
    const by = checked.needsSecondPerson ? committer : sender;
    await this.api.post(by, `${path}/commit`);
    const [committed, commitMs] = await timed(() => this.#until(sender, path, 'committed'));
    const commit = await this.#told(sender, path, committed);
    this.#note({ rows: file.rows, files: 1, bytes: blob.size, checkMs, commitMs });
    const truth = truthOf(file);
    const name = basename(file.path);
    return [
      ...linesOf(`${name} dry run`, dryRun, new Map([...truth, ['posted', '0']])),
      ...linesOf(`${name} commit`, commit, new Map([...truth, ['posted', String(file.fit)]])),
    ];
  }

  async #until(key: string, path: string, state: string): Promise<ImportAnswer> {
    const answer = await this.api.until(
      () => this.api.get<ImportAnswer>(key, path),
      (one) => one.state === state || one.state === 'failed',
    );
    if (answer.state === state) return answer;
    throw new Unexpected(`${path} never became ${state}: ${JSON.stringify(answer)}`);
  }

  async #told(key: string, path: string, { rows }: ImportAnswer): Promise<Map<string, string>> {
    const { read, fit, faulty, alreadyPosted, posted } = rows;
    const faults: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const query = after === '' ? '' : `&after=${after}`;
      const page: FaultPage = await this.api.get(key, `${path}/rows?limit=100${query}`);
      faults.push(...page.items.map(({ row, code }) => `${row} ${code}`));
      after = page.next;
    }
    return new Map([
      ['rows', String(read)],
      ['fit', String(fit)],
      ['faulty', String(faulty)],
      ['known', String(alreadyPosted)],
      ...faultLines(faults),
      ['posted', String(posted)],
    ]);
  }

  #note(one: Pace): void {
    for (const name of Object.keys(one) as (keyof Pace)[]) this.pace[name] += one[name];
  }
}

function truthOf({ rows, fit, faulty, known, faultsPath }: SentFile): Map<string, string> {
  const faults = readFileSync(faultsPath, 'utf8').split('\n').filter(Boolean);
  return new Map([
    ['rows', String(rows)],
    ['fit', String(fit)],
    ['faulty', String(faulty)],
    ['known', String(known)],
    ...faultLines(faults),
  ]);
}

/** Of each code how many rows, and which: all of their numbers in one line. */
function faultLines(faults: readonly string[]): [string, string][] {
  const rowsOf = new Map<string, number[]>();
  for (const fault of faults) {
    const [row = '', code = ''] = fault.split(' ');
    rowsOf.set(code, [...(rowsOf.get(code) ?? []), Number(row)]);
  }
  return [...rowsOf].map(([code, rows]) => [code, inShort(rows.sort((a, b) => a - b))]);
}

const MOST_SHOWN = 5;

/** Many numbers as their count, the first of them and a sum that tells all apart. */
function inShort(rows: readonly number[]): string {
  const shown = rows.slice(0, MOST_SHOWN).join(' ');
  if (rows.length <= MOST_SHOWN) return shown;
  const sum = rows.reduce((hash, row) => (Math.imul(hash, 31) + row) >>> 0, 7);
  return `${shown} … ${rows.length} rows #${sum.toString(16)}`;
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const answer = await work();
  return [answer, performance.now() - started];
}
