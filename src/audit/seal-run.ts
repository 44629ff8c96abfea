import { type Finding, type KeptSeal, type LogCheck, SealCheck } from '#libs/audit';
import { type Checkpoint, HASH_BYTES, type VerifierKey } from '#libs/merkle';
import { sealsKey } from '#libs/proofs';
import { readKept } from './kept.js';
import type { SealSource, Stretch } from './source.js';

/** Takes the seals in as the log passes by. */
export class SealRun {
  readonly #seals: AsyncIterator<KeptSeal>;
  readonly #check: SealCheck;
  #next: KeptSeal | undefined;

  private constructor(
    private readonly source: SealSource,
    log: string,
    private readonly kept: Checkpoint | undefined,
  ) {
    this.#seals = source.list()[Symbol.asyncIterator]();
    this.#check = new SealCheck(log, kept ? [kept.size] : []);
  }

  /** @param file with a checkpoint of the log of seals that was kept elsewhere */
  static async begin(
    source: SealSource,
    log: string,
    { file, key }: { file: string | undefined; key: VerifierKey | undefined },
  ): Promise<SealRun> {
    const own = { log: 'seals', key: key && sealsKey(key) };
    const run = new SealRun(
      source,
      log,
      file === undefined ? undefined : await readKept(file, own),
    );
    await run.#advance();
    return run;
  }

  /** How many seals were judged. */
  get size(): number {
    return this.#check.size;
  }

  /** The next stretch of the log into its tree and into the accounts, and the seals within it. */
  async take(log: LogCheck, stretch: Stretch): Promise<void> {
    const { start, leaves } = stretch;
    const end = start + leaves.length / HASH_BYTES;
    for (let seal = this.#next; seal && seal.logSize <= end; seal = this.#next) {
      this.#append(log, stretch, seal.logSize);
      this.#check.judge(seal, log.size === seal.logSize ? log.root() : undefined);
      await this.#advance();
    }
    this.#append(log, stretch, end);
  }

  /** What is wrong with the seals, once the whole log has passed by. */
  async end(booksWrongAt: number): Promise<{ findings: Finding[]; notes: string[] }> {
    for (let seal = this.#next; seal; seal = this.#next) {
      this.#check.judge(seal, undefined);
      await this.#advance();
    }
    const findings = this.#check.findings(await this.source.tiles(), booksWrongAt);
    const missing = (await this.source.signedSizes()).find(({ size }) => size > this.size);
    if (missing) findings.push(lacking(missing.size, this.size, `witness ${missing.witness}`));
    if (this.kept && this.kept.size > this.size) {
      findings.push(lacking(this.kept.size, this.size, 'you'));
    } else if (this.kept && !this.#check.agrees(this.kept)) {
      const { size } = this.kept;
      findings.push(
        another(
          `the log of seals had another history in the checkpoint of ${size} seals kept by you`,
        ),
      );
    }
    return { findings, notes: this.#notes(booksWrongAt) };
  }

  #notes(booksWrongAt: number): string[] {
    if (booksWrongAt === Infinity || this.size === 0) return [];
    const to = this.#check.comparedTo(booksWrongAt);
    return [
      `Seals of more than ${to} entries were not held against the books, which differ from the log.`,
    ];
  }

  /** Up to a size of the log. */
  #append(log: LogCheck, { start, leaves, owners }: Stretch, size: number): void {
    const from = log.size;
    if (size <= from) return;
    const part = leaves.subarray((from - start) * HASH_BYTES, (size - start) * HASH_BYTES);
    log.append(part);
    for (let index = from; index < size; index += 1) {
      const at = (index - from) * HASH_BYTES;
      const leaf = part.subarray(at, at + HASH_BYTES);
      this.#check.add(index, leaf, owners?.at(index - start));
    }
  }

  async #advance(): Promise<void> {
    const next = await this.#seals.next();
    this.#next = next.done === true ? undefined : next.value;
  }
}

function lacking(signed: number, stored: number, by: string): Finding {
  return another(`${by} kept a checkpoint of ${signed} seals; there are ${stored}`);
}

function another(detail: string): Finding {
  const nothing = { entryId: null, postingId: null, postingPos: null };
  return { kind: 'seal', seal: null, index: null, count: 0, ...nothing, detail };
}
