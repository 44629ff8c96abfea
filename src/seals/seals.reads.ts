import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  EMPTY_ROOT,
  type SigningKey,
  cosigners,
  formatNote,
  openCheckpoint,
  parseNote,
  proveConsistency,
  proveInclusion,
  rootFromTiles,
  signCheckpoint,
  signaturesBy,
  signingKey,
} from '#libs/merkle';
import {
  type BalanceProofParts,
  type Seal,
  accountKey,
  accountSiblings,
  sealsName,
} from '#libs/proofs';
import { Clock } from '../platform/clock/index.js';
import { CONFIG, type Config } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { refusal } from '../platform/http/index.js';
import {
  type AcceptedCosignaturesDto,
  type ConsistencyProofDto,
  LogIdentity,
  LogProofs,
  notOurs,
  requireCosigned,
  tilesIn,
  toAcceptedDto,
} from '../transparency/index.js';
import { SealsStore, type StoredSeal } from './seals.store.js';

/** A rival may seal between two statements; more often than this nobody does. */
const MOST_ATTEMPTS = 5;

/** What a balance proof takes from the newest seal; undefined before the first one. */
export type SealedAccount = Pick<BalanceProofParts, 'seal' | 'account' | 'sealPath' | 'sealRoot'>;

/** What the log of seals says: to anybody, except the ways of single accounts. */
@Injectable()
export class SealsReads {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly store: SealsStore,
    private readonly identity: LogIdentity,
    private readonly log: LogProofs,
    private readonly clock: Clock,
  ) {}

  /** The newest checkpoint of the log of seals, signed, with the cosignatures it has. */
  checkpoint(): Promise<string> {
    return this.database.read(async (tx) => {
      const { checkpoint } = await this.#signed(tx, await this.store.findLast(tx));
      return checkpoint;
    });
  }

  /** One seal, by its number from 0. */
  seal(number: number): Promise<Seal> {
    return this.database.read(async (tx) => {
      const found = await this.store.find(tx, number);
      const last = await this.store.findLast(tx);
      if (!found) throw refusal('beyond-the-log', { size: String(sizeOf(last)) });
      return toSeal(found);
    });
  }

  /** The proof that the log of seals of size `to` only added to that of size `from`. */
  consistency(from: number, to: number): Promise<ConsistencyProofDto> {
    return this.database.read(async (tx) => {
      const size = sizeOf(await this.store.findLast(tx));
      if (to > size) throw refusal('beyond-the-log', { size: String(size) });
      if (from > to) throw refusal('malformed-request', { reason: '"from" is at most "to"' });
      const hashes = await proveConsistency(from, to, tilesIn(tx, 'seal_tile'));
      return { from, to, hashes: hashes.map((hash) => hash.toString('base64')) };
    });
  }

  /** Adds the signatures of known witnesses that a checkpoint of the log of seals carries. */
  cosign(signed: string): Promise<AcceptedCosignaturesDto> {
    return this.database.transaction(async (tx) => {
      const opened = openCheckpoint(signed, await this.#key(tx));
      if (!opened.ok) throw notOurs(opened.fault);
      const { size, root } = opened.checkpoint;
      if (size > sizeOf(await this.store.findLast(tx))) {
        throw refusal('checkpoint-of-another-history');
      }
      const ours = await rootFromTiles(size, tilesIn(tx, 'seal_tile'));
      if (!ours.equals(root)) throw refusal('checkpoint-of-another-history');
      const now = this.clock.now();
      const found = requireCosigned(opened.note, this.config.logWitnesses, now);
      for (const one of found) await this.store.insertCosignature(tx, { ...one, size }, now);
      return { accepted: found.map((one) => toAcceptedDto({ ...one, size })) };
    });
  }

  /** The newest seal, and the way of a learner's account to it; who may see it was checked before. */
  async accountOf(tx: EntityManager, learnerId: string): Promise<SealedAccount | undefined> {
    const key = accountKey(learnerId);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const last = await this.store.findLast(tx);
      if (!last) return undefined;
      const around = await this.store.surroundings(tx, key);
      if (around.sealNumber !== last.number) continue;
      if (!around.group.some((account) => account.key.equals(key))) return undefined;
      const toMap = (nodes: readonly { prefix: number; hash: Buffer }[]): Map<number, Buffer> =>
        new Map(nodes.map(({ prefix, hash }) => [prefix, hash]));
      const { group } = around;
      const rows = { lower: toMap(around.lower), upper: toMap(around.upper) };
      const { number } = last;
      return {
        seal: toSeal(last),
        account: accountSiblings(key, { group, ...rows }),
        sealPath: await proveInclusion(number, number + 1, tilesIn(tx, 'seal_tile')),
        sealRoot: await this.#signed(tx, last),
      };
    }
    throw new Error('seals come faster than an account can be read');
  }

  /** The log's own checkpoint at the size of a seal, and proofs of entries under it. */
  proveAt(
    tx: EntityManager,
    seal: Seal,
    indexes: readonly number[],
  ): ReturnType<LogProofs['proveAt']> {
    const { logSize: size, logRoot } = seal;
    return this.log.proveAt(tx, { size, root: Buffer.from(logRoot, 'base64') }, indexes);
  }

  /** Signed anew with the key of today: the same text has the same signature. */
  async #signed(
    tx: EntityManager,
    last: StoredSeal | undefined,
  ): Promise<SealedAccount['sealRoot']> {
    const key = await this.#key(tx);
    const size = sizeOf(last);
    const root = last?.treeRoot ?? EMPTY_ROOT;
    const own = formatNote(signCheckpoint({ origin: key.name, size, root }, key));
    const signed = own + (await this.store.listCosignatures(tx, size)).join('');
    const note = parseNote(signed);
    if (!note) throw new Error('a stored cosignature is no signature line');
    const witnesses = cosigners(note, this.config.logWitnesses);
    const signatures = [key, ...witnesses].flatMap((one) => signaturesBy(note, one));
    return { witnesses, checkpoint: formatNote({ text: note.text, signatures }) };
  }

  async #key(tx: EntityManager): Promise<SigningKey> {
    const { name, seed } = await this.identity.key(tx);
    return signingKey(sealsName(name), seed);
  }
}

function sizeOf(last: StoredSeal | undefined): number {
  return (last?.number ?? -1) + 1;
}

function toSeal(stored: StoredSeal): Seal {
  const { number, log, logSize, logRoot, accounts, root, sealedAt } = stored;
  return { number, log, logSize, logRoot, accounts, root, sealedAt };
}
