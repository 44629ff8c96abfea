import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Checkpoint,
  cosigners,
  formatNote,
  openCheckpoint,
  proveInclusions,
  signaturesBy,
  type SigningKey,
} from '#libs/merkle';
import type { SignedRoot } from '#libs/proofs';
import { PostingsStore } from '../ledger/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { LogIdentity } from './log.identity.js';
import { type LogPlace, LogStore } from './log.store.js';
import { tilesIn } from './tile-rows.js';

/** A signed root, and for each entry asked for its proof under that root. */
export interface ProvenPlaces {
  readonly root: SignedRoot;
  readonly proofs: readonly (readonly Buffer[])[];
}

/** Proofs for files that stand alone; who may see whose entries was checked before. */
@Injectable()
export class LogProofs {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: LogStore,
    private readonly identity: LogIdentity,
    private readonly postings: PostingsStore,
  ) {}

  /** Where the entries of a posting stand; undefined when the log does not hold it yet. */
  findPlace(tx: EntityManager, postingId: string): Promise<LogPlace | undefined> {
    return this.store.findPlace(tx, postingId);
  }

  /** Where the entries of some postings stand; those that the log does not hold yet are absent. */
  findPlaces(tx: EntityManager, postingIds: readonly string[]): Promise<LogPlace[]> {
    return this.store.findPlaces(tx, postingIds);
  }

  /**
   * Whether the log holds these postings, or some of them wait for it. Neither: it never will, and
   * somebody removed them.
   */
  async standing(
    tx: EntityManager,
    postingIds: readonly string[],
  ): Promise<'in-log' | 'log-waiting' | 'not-in-log'> {
    const wanted = [...new Set(postingIds)];
    // First those that wait: in between the log may take one in, and none leaves it.
    const waiting = new Set(await this.postings.findFed(tx, wanted));
    const places = await this.store.findPlaces(tx, wanted);
    const held = new Set(places.map(({ postingId }) => postingId));
    const others = wanted.filter((id) => !held.has(id));
    if (others.length === 0) return 'in-log';
    return others.every((id) => waiting.has(id)) ? 'log-waiting' : 'not-in-log';
  }

  /** Proves entries under the checkpoint of a size that the log once had, signed anew. */
  async proveAt(
    tx: EntityManager,
    { size, root }: Pick<Checkpoint, 'size' | 'root'>,
    indexes: readonly number[],
  ): Promise<ProvenPlaces> {
    const key = await this.identity.key(tx);
    const own = this.identity.sign({ origin: key.name, size, root });
    const found = await this.store.listCosignatures(tx, size);
    const seen = this.#opened(own + found.map(({ signature }) => signature).join(''), key);
    const plain = { key, witnesses: [], checkpoint: own };
    return {
      root: seen?.root ?? plain,
      proofs: await proveInclusions(indexes, size, tilesIn(tx, 'log_tile')),
    };
  }

  /**
   * Proves entries by their places, under the newest checkpoint that a witness has signed when that
   * covers them all, and under the newest otherwise.
   */
  async prove(tx: EntityManager, indexes: readonly number[]): Promise<ProvenPlaces> {
    const head = await this.identity.head(tx);
    const key = this.identity.keyOf(head.origin);
    const last = Math.max(...indexes);
    const seen = await this.#cosigned(tx, key);
    const { size, root } = seen && seen.size > last ? seen : this.#plain(key, head);
    return { root, proofs: await proveInclusions(indexes, size, tilesIn(tx, 'log_tile')) };
  }

  #plain(
    key: SigningKey,
    { size, checkpoint }: { size: number; checkpoint: string },
  ): { size: number; root: SignedRoot } {
    return { size, root: { key, witnesses: [], checkpoint } };
  }

  /**
   * The newest cosigned checkpoint with the lines of witnesses that are named now. One that an
   * earlier key of the log signed cannot be checked under the key of today.
   */
  async #cosigned(
    tx: EntityManager,
    key: SigningKey,
  ): Promise<{ size: number; root: SignedRoot } | undefined> {
    const found = await this.store.listCosignatures(tx);
    const lines = found.map(({ signature }) => signature).join('');
    return this.#opened((found[0]?.checkpoint ?? '') + lines, key);
  }

  /** A checkpoint with the lines of the log and of known witnesses; undefined when there is none. */
  #opened(signed: string, key: SigningKey): { size: number; root: SignedRoot } | undefined {
    const opened = openCheckpoint(signed, key);
    if (!opened.ok) return undefined;
    const { note, checkpoint } = opened;
    const witnesses = cosigners(note, this.config.logWitnesses);
    if (witnesses.length === 0) return undefined;
    const signatures = [key, ...witnesses].flatMap((one) => signaturesBy(note, one));
    const text = formatNote({ text: note.text, signatures });
    return { size: checkpoint.size, root: { key, witnesses, checkpoint: text } };
  }
}
