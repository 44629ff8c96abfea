import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type SigningKey,
  cosigners,
  formatNote,
  parseNote,
  proveInclusion,
  signCheckpoint,
  signaturesBy,
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
  endOf,
  openOurs,
  proveGrowth,
  requireCosigned,
  tilesIn,
  toAcceptedDto,
} from '../transparency/index.js';
import type { StoredSeal } from './seal-row.js';
import { SealsStore } from './seals.store.js';

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
      if (!found) throw refusal('beyond-the-log', { size: String(endOf(last).size) });
      return toSeal(found);
    });
  }

  /** The proof that the log of seals of size `to` only added to that of size `from`. */
  consistency(from: number, to: number): Promise<ConsistencyProofDto> {
    return this.database.read(async (tx) => {
      const { size } = endOf(await this.store.findLast(tx));
      return proveGrowth(tx, { table: 'seal_tile', size }, { from, to });
    });
  }

  /** Adds the signatures of known witnesses that a checkpoint of the log of seals carries. */
  cosign(signed: string): Promise<AcceptedCosignaturesDto> {
    return this.database.transaction(async (tx) => {
      const log = { ...endOf(await this.store.findLast(tx)), tiles: tilesIn(tx, 'seal_tile') };
      const { note, checkpoint } = await openOurs(signed, await this.#key(tx), log);
      const { size } = checkpoint;
      const now = this.clock.now();
      const found = requireCosigned(note, this.config.logWitnesses, now);
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
    const end = endOf(last);
    const own = formatNote(signCheckpoint({ origin: key.name, ...end }, key));
    const signed = own + (await this.store.listCosignatures(tx, end.size)).join('');
    const note = parseNote(signed);
    if (!note) throw new Error('a stored cosignature is no signature line');
    const witnesses = cosigners(note, this.config.logWitnesses);
    const signatures = [key, ...witnesses].flatMap((one) => signaturesBy(note, one));
    return { witnesses, checkpoint: formatNote({ text: note.text, signatures }) };
  }

  #key(tx: EntityManager): Promise<SigningKey> {
    return this.identity.keyBeside(tx, sealsName);
  }
}

function toSeal(stored: StoredSeal): Seal {
  const { number, log, logSize, logRoot, accounts, root, sealedAt } = stored;
  return { number, log, logSize, logRoot, accounts, root, sealedAt };
}
