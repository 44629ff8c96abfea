import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import {
  Comparison,
  type Facts,
  type Finding,
  LogCheck,
  altered,
  classify,
  firstDifference,
  upperTiles,
} from '#libs/audit';
import {
  type Checkpoint,
  HASH_BYTES,
  TILE_WIDTH,
  type VerifierKey,
  isNoteSignedBy,
  parseCheckpoint,
  parseNote,
} from '#libs/merkle';
import { type KeptCheckpoint, leavesFile, openKept } from './kept.js';
import { Owners } from './owners.js';
import { judgeReports } from './report-run.js';
import { SealRun } from './seal-run.js';
import { AuditError, type AuditSource, type StoredHead } from './source.js';

export interface AuditOptions {
  /** The log's public key, known from elsewhere; without one signatures are not judged. */
  readonly key?: VerifierKey | undefined;
  /** A file with a checkpoint kept from before. */
  readonly checkpointFile?: string | undefined;
  /** A file with a checkpoint of the log of seals kept from before. */
  readonly sealsCheckpointFile?: string | undefined;
  /** A file with a checkpoint of the log of reports kept from before. */
  readonly reportsCheckpointFile?: string | undefined;
  /** Where to keep the checkpoint of today. */
  readonly saveFile?: string | undefined;
  /** Keeps the leaves beside the checkpoint: with them a rewritten history has a first entry. */
  readonly saveLeaves?: boolean | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface AuditReport {
  readonly clean: boolean;
  readonly log: { readonly origin: string; readonly size: number; readonly root: string };
  /** Entries compared with the log. */
  readonly entries: number;
  /** Seals of all accounts that were made again; null where the books cannot be read. */
  readonly seals: number | null;
  /** Published reports that were held against their log; null where they cannot be read. */
  readonly reports: number | null;
  /** Entries booked and not in the log yet. */
  readonly waiting: number;
  /** First entry first. */
  readonly findings: readonly Finding[];
  /** What was not judged, and why. */
  readonly notes: readonly string[];
}

/**
 * Checks books and log from the outside: every entry against its leaf, every leaf against the signed
 * root, and the root against a checkpoint kept elsewhere, which alone shows a cut tail and a history
 * that was written anew.
 */
export async function audit(source: AuditSource, options: AuditOptions): Promise<AuditReport> {
  const kept = options.checkpointFile ? await openKept(options.checkpointFile) : undefined;
  try {
    const head = await source.head();
    if (!head) throw new AuditError('There is no log yet: the service signs its first checkpoint.');
    const run = new AuditRun(source, { head, kept, options });
    return await run.report();
  } finally {
    await kept?.close();
  }
}

class AuditRun {
  readonly #head: StoredHead;
  readonly #kept: KeptCheckpoint | undefined;
  readonly #options: AuditOptions;
  readonly #findings: Finding[] = [];
  readonly #notes: string[] = [];
  readonly #comparison = new Comparison();
  #saving: Saving | undefined;
  /** First leaf that is not what was kept. */
  #rewrittenAt: number | undefined;

  constructor(
    private readonly source: AuditSource,
    {
      head,
      kept,
      options,
    }: { head: StoredHead; kept: KeptCheckpoint | undefined; options: AuditOptions },
  ) {
    this.#head = head;
    this.#kept = kept;
    this.#options = options;
  }

  async report(): Promise<AuditReport> {
    const checkpoint = this.#openHead();
    const { size } = checkpoint;
    const seen = await this.#seen();
    const check = new LogCheck([0, size, ...seen.map((one) => one.checkpoint.size)]);
    const seals = await this.#beginSeals(checkpoint.origin);
    await this.#walk(check, size, seals);
    const isLogSound = check.agrees(checkpoint);
    if (!isLogSound) this.#findings.push(altered(null, size, 'the signed root'));
    await this.#judgeTiles(check);
    for (const one of seen) await this.#judgeClaim(one, check, size);
    const waiting = await this.source.compareRest(this.#comparison);
    const facts = this.#comparison.facts({ logSize: size, isLogSound });
    this.#findings.push(...classify(facts));
    await this.#endSeals(seals, firstWrong(facts));
    const reports = await this.#judgeReports();
    const clean = this.#findings.length === 0;
    await this.#keep(clean);
    return {
      clean,
      log: { origin: checkpoint.origin, size, root: checkpoint.root.toString('base64') },
      entries: this.#comparison.checked,
      seals: seals?.size ?? null,
      reports,
      waiting,
      findings: this.#findings.sort(firstEntryFirst),
      notes: this.#notes,
    };
  }

  /** The head as it is signed. What the database says beside it must be the same. */
  #openHead(): Checkpoint {
    const note = parseNote(this.#head.checkpoint);
    const checkpoint = note && parseCheckpoint(note.text);
    if (!note || !checkpoint) throw new AuditError('The head of the log is no signed checkpoint.');
    const { size, root } = this.#head;
    if (size !== checkpoint.size || (root && !root.equals(checkpoint.root))) {
      this.#findings.push(altered(null, Math.abs(size - checkpoint.size), 'the stored head'));
    }
    const { key } = this.#options;
    if (!key) this.#notes.push('The signature was not judged: no key was given (--key).');
    else if (checkpoint.origin !== key.name || !isNoteSignedBy(note, key)) {
      this.#findings.push(unsigned('the checkpoint is not signed by the given key'));
    }
    return checkpoint;
  }

  /** Checkpoints of the past: the one kept elsewhere, and those that witnesses signed. */
  async #seen(): Promise<PastCheckpoint[]> {
    const past: PastCheckpoint[] = [];
    for (const { witness, checkpoint: signed } of await this.source.seen()) {
      const note = parseNote(signed);
      const text = signed.slice(0, signed.lastIndexOf('\n\n') + 1);
      const checkpoint = parseCheckpoint(note?.text ?? text);
      if (checkpoint) past.push({ checkpoint, keptBy: `witness ${witness}`, isOwn: false });
    }
    if (!this.#kept) {
      this.#notes.push(
        'No checkpoint kept elsewhere was given (--checkpoint): a cut tail or a history written ' +
          'anew with the log’s own key would not be seen.',
      );
      return past;
    }
    const { checkpoint, note } = this.#kept;
    const { key } = this.#options;
    if (key && (checkpoint.origin !== key.name || !isNoteSignedBy(note, key))) {
      throw new AuditError('The kept checkpoint is not signed by the given key.');
    }
    const signers = new Set(parseNote(this.#head.checkpoint)?.signatures.map(signerOf));
    if (!note.signatures.some((signature) => signers.has(signerOf(signature)))) {
      this.#findings.push(unsigned('the log is signed by another key than the kept checkpoint'));
    }
    return [...past, { checkpoint, keptBy: 'you', isOwn: true }];
  }

  /** All leaves once, in stretches: into the tree, against what was kept, and against the books. */
  async #walk(check: LogCheck, size: number, seals: SealRun | undefined): Promise<void> {
    this.#saving = await Saving.begin(this.#options, this.#head.checkpoint);
    for (let start = 0; start < size; start += this.source.stretch) {
      const count = Math.min(this.source.stretch, size - start);
      const { leaves, lacking } = await this.source.leaves(start, count);
      for (const tile of lacking) {
        this.#findings.push(altered(tile * TILE_WIDTH, TILE_WIDTH, `tile 0/${tile}`));
      }
      await this.#saving?.add(leaves);
      await this.#compareKept(start, leaves);
      const stretch = { start, leaves, ...(seals ? { owners: new Owners(count) } : {}) };
      await this.source.compare(this.#comparison, stretch);
      if (seals) await seals.take(check, stretch);
      else check.append(leaves);
      this.#options.onProgress?.(start + count, size);
    }
  }

  async #beginSeals(log: string): Promise<SealRun | undefined> {
    const { key, sealsCheckpointFile: file } = this.#options;
    if (this.source.seals) return SealRun.begin(this.source.seals, log, { file, key });
    this.#notes.push('Seals of the accounts were not judged: that takes the books or an archive.');
    return undefined;
  }

  async #endSeals(seals: SealRun | undefined, booksWrongAt: number): Promise<void> {
    if (!seals) return;
    const { findings, notes } = await seals.end(booksWrongAt);
    this.#findings.push(...findings);
    this.#notes.push(...notes);
  }

  /** How many there are. */
  async #judgeReports(): Promise<number | null> {
    const { reportsCheckpointFile: file, key } = this.#options;
    if (!this.source.reports) {
      this.#notes.push('Published reports were not judged: that takes the books or an archive.');
      return null;
    }
    const { size, findings } = await judgeReports(this.source.reports, { file, key });
    this.#findings.push(...findings);
    return size;
  }

  /** Only a log in which nothing is wrong is worth keeping. */
  async #keep(clean: boolean): Promise<void> {
    if (clean) return this.#saving?.end();
    if (this.#saving) this.#notes.push('The checkpoint was not kept: something is wrong with it.');
    return this.#saving?.abandon();
  }

  async #compareKept(start: number, leaves: Buffer): Promise<void> {
    const { leaves: read, checkpoint } = this.#kept ?? {};
    if (!read || !checkpoint || this.#rewrittenAt !== undefined) return;
    const count = Math.min(leaves.length / HASH_BYTES, checkpoint.size - start);
    if (count <= 0) return;
    const old = await read(start, count);
    const at = firstDifference(old, leaves);
    if (at < count) this.#rewrittenAt = start + at;
  }

  async #judgeTiles(check: LogCheck): Promise<void> {
    const stored = await this.source.upperTiles(check.size);
    const names = new Set(upperTiles(check.size));
    for (const tile of stored) {
      if (!names.delete(`${tile.level}/${tile.index}`)) continue;
      const finding = check.judge(tile);
      if (finding) this.#findings.push(finding);
    }
    for (const name of names) this.#findings.push(altered(null, 0, `tile ${name}`));
  }

  /** The log of today must begin with the log that the checkpoint stood for. */
  async #judgeClaim(past: PastCheckpoint, check: LogCheck, size: number): Promise<void> {
    const { checkpoint, keptBy, isOwn } = past;
    const by = `the checkpoint of ${checkpoint.size} entries kept by ${keptBy}`;
    if (checkpoint.size > size) {
      const detail = `${by} goes on to number ${checkpoint.size - 1}; the log ends before`;
      const count = checkpoint.size - size;
      this.#findings.push({ ...unsigned(detail), kind: 'truncated', index: size, count });
    } else if (!check.agrees(checkpoint)) {
      const index = isOwn ? (this.#rewrittenAt ?? null) : null;
      const name = index === null ? undefined : await this.source.nameOf(index);
      const count = checkpoint.size - (index ?? 0);
      const where = index === null ? `somewhere before number ${checkpoint.size}` : 'from here on';
      const detail = `the log had another history in ${by}: ${where}`;
      this.#findings.push({ ...unsigned(detail), kind: 'rewritten', index, count, ...name });
      return;
    }
    // A log that is shorter may differ before its end as well.
    if (!isOwn || this.#rewrittenAt === undefined) return;
    const name = await this.source.nameOf(this.#rewrittenAt);
    const detail = `the log had another history in ${by}: from here on`;
    const count = Math.min(checkpoint.size, size) - this.#rewrittenAt;
    this.#findings.push({
      ...unsigned(detail),
      kind: 'rewritten',
      index: this.#rewrittenAt,
      count,
      ...name,
    });
  }
}

interface PastCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly keptBy: string;
  /** Whether the caller brought it, perhaps with its leaves. */
  readonly isOwn: boolean;
}

function unsigned(detail: string): Finding {
  const nothing = { entryId: null, postingId: null, postingPos: null };
  return { kind: 'signature', index: null, count: 0, ...nothing, detail };
}

function signerOf({ name, keyId }: { name: string; keyId: string }): string {
  return `${name}+${keyId}`;
}

/** The first place of the log that the books do not agree with. */
function firstWrong({ differing, missing }: Facts): number {
  return Math.min(Infinity, ...[...differing, ...missing].map(({ index }) => index));
}

/** Findings without a place come last; they touch the log as a whole. */
function firstEntryFirst(a: Finding, b: Finding): number {
  const [left, right] = [a.index ?? Infinity, b.index ?? Infinity];
  return left === right ? 0 : left - right;
}

/** Writes a checkpoint, and its leaves beside it, as they pass. */
class Saving {
  private constructor(
    private readonly file: string,
    private readonly signed: string,
    private readonly leaves: FileHandle | undefined,
  ) {}

  static async begin(options: AuditOptions, signed: string): Promise<Saving | undefined> {
    const { saveFile, saveLeaves = true } = options;
    if (!saveFile) return undefined;
    const leaves = saveLeaves ? await open(`${leavesFile(saveFile)}.partial`, 'w') : undefined;
    return new Saving(saveFile, signed, leaves);
  }

  async add(leaves: Buffer): Promise<void> {
    await this.leaves?.writeFile(leaves);
  }

  async abandon(): Promise<void> {
    await this.leaves?.close();
    if (this.leaves) await rm(`${leavesFile(this.file)}.partial`, { force: true });
  }

  async end(): Promise<void> {
    await this.leaves?.close();
    if (this.leaves) await rename(`${leavesFile(this.file)}.partial`, leavesFile(this.file));
    await writeFile(this.file, this.signed);
  }
}
