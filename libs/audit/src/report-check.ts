import { GrowingTree, type Tile } from '#libs/merkle';
import { reportHash, reportLeaf } from '#libs/reports';
import type { Finding } from './findings.js';
import { firstWrongTile } from './kept-tiles.js';
import type { Claim } from './log-check.js';

/** A published report as it is kept, with the root of the log of reports that ends with it. */
export interface KeptReport {
  readonly number: number;
  readonly id: string;
  readonly period: string;
  /** The signed bytes (RFC 8785). */
  readonly body: string;
  readonly hash: Buffer;
  readonly treeRoot: Buffer;
}

/**
 * Makes the log of reports again from the reports, and names the first that is not what it was. Who
 * signed a report is not judged here: that takes the publisher's keys (`creditbank verify`).
 */
export class ReportCheck {
  readonly #tree = GrowingTree.empty();
  readonly #roots = new Map<number, Buffer>();
  #wrong: Finding | undefined;

  /** @param sizes of the log of reports at which a root will be asked for */
  constructor(private readonly sizes: readonly number[]) {
    this.#roots.set(0, this.#tree.root());
  }

  /** Reports that were taken in. */
  get size(): number {
    return this.#tree.size;
  }

  /** Judges the next report, in the order of their numbers. */
  judge(report: KeptReport): void {
    const expected = this.#tree.size;
    const hash = reportHash(report.body);
    this.#tree.append(reportLeaf(report.number, hash));
    if (this.sizes.includes(this.size)) this.#roots.set(this.size, this.#tree.root());
    const fault = this.#faultOf(report, { expected, hash });
    if (fault !== undefined) this.#wrong ??= wrong(`report ${report.number} ${fault}`);
  }

  /** Whether the log of reports, as it is, had this root at this size. */
  agrees({ size, root }: Claim): boolean {
    return this.#roots.get(size)?.equals(root) ?? false;
  }

  /**
   * What is wrong with the reports.
   *
   * @param stored tiles of the log of reports
   */
  findings(stored: readonly Tile[]): Finding[] {
    if (this.#wrong) return [this.#wrong];
    const logged = stored
      .filter(({ level }) => level === 0)
      .reduce((sum, { width }) => sum + width, 0);
    if (logged > this.size) {
      return [wrong(`the log of reports goes on to number ${logged - 1}; there are ${this.size}`)];
    }
    const tile = firstWrongTile(this.#tree.takeTiles(), stored);
    if (!tile) return [];
    return [wrong(`tile ${tile.name} of the log of reports is not what the reports make`)];
  }

  #faultOf(
    { number, id, period, body, hash, treeRoot }: KeptReport,
    made: { readonly expected: number; readonly hash: Buffer },
  ): string | undefined {
    if (number !== made.expected) return `stands where number ${made.expected} should`;
    if (!made.hash.equals(hash)) return 'does not read as it was signed';
    if (!this.#tree.root().equals(treeRoot)) {
      return 'and those before it do not make the root of the log of reports that is kept with it';
    }
    const said = headIn(body);
    if (said?.number !== number || said.id !== id || said.period !== period) {
      return 'is kept under another number, id or period than it says';
    }
    return undefined;
  }
}

interface Head {
  readonly number: unknown;
  readonly id: unknown;
  readonly period: unknown;
}

/** What a report says of itself; undefined for what is no report. */
function headIn(body: string): Head | undefined {
  try {
    const { number, id, period } = JSON.parse(body) as Record<string, unknown>;
    return { number, id, period: (period as { id?: unknown } | undefined)?.id };
  } catch {
    return undefined;
  }
}

function wrong(detail: string): Finding {
  const nothing = { entryId: null, postingId: null, postingPos: null };
  return { kind: 'report', index: null, count: 0, ...nothing, detail };
}
